/** When a call would come, before somebody asks for it: the agent says it while the person is on the line. */

import React, { useEffect, useState } from "react";
import { msg } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { NoticeBox, send, useText } from "../../../platform/ui/kit.js";

const words = {
  before: msg("contact-centre.askForCaller.before"),
  changed: msg("contact-centre.askForCaller.changed"),
};

/**
 * @param isChange something else is promised already
 * @param at the wish; null: as soon as may be. Of a time that cannot be, the field says why once it is sent.
 */
export function CallForeseen(a: { programme: string; at: string | null; isChange?: boolean }) {
  const { programme, at, isChange = false } = a;
  const { t } = useText();
  const [said, setSaid] = useState<readonly Bilingual[]>([]);
  useEffect(() => {
    let isLatest = true;
    send<{ readonly say: readonly Bilingual[] }>("pages/call-backs", { do: "foresee", programme, at })
      .then(({ say }) => isLatest && setSaid(say))
      .catch(() => isLatest && setSaid([]));
    return () => {
      isLatest = false;
    };
  }, [programme, at]);
  return (
    <div role="status">
      {said.length > 0 && (
        <NoticeBox title={isChange ? words.changed : words.before} tone={said.length > 1 ? "warning" : undefined}>
          <p>{said.map((one) => t(one)).join(" ")}</p>
        </NoticeBox>
      )}
    </div>
  );
}
