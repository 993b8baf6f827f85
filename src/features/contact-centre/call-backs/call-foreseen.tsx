/** When a call would come, before somebody asks for it: the agent says it while the person is on the line. */

import React, { useEffect, useRef, useState } from "react";
import { msg } from "../../../engine/text/msg.js";
import type { Bilingual, Language } from "../../../engine/text/text.js";
import { NoticeBox, problemOf, send, useText } from "../../../platform/ui/kit.js";
import { SaidWords } from "../calls/read-out-words.js";

const words = {
  before: msg("contact-centre.askForCaller.before"),
  changed: msg("contact-centre.askForCaller.changed"),
};

interface Foreseen {
  readonly programme: string;
  /** The language of the person on the line. */
  readonly language: Language;
  /** The wish; null: as soon as may be. Of a time that cannot be, why. */
  readonly at: string | null;
  /** What is said where `at` is null: known before anything is asked. */
  readonly soon?: readonly Bilingual[];
  /** Something else is promised already. */
  readonly isChange?: boolean;
}

const unasked: readonly Bilingual[] = [];

/** What is there at first is read as the page is; only what comes of another wish speaks up. */
export function CallForeseen({ programme, language, at, soon = unasked, isChange = false }: Foreseen) {
  const { t } = useText();
  const first = useRef(at);
  const [isTouched, setTouched] = useState(soon.length === 0);
  const [wished, setWished] = useState<readonly Bilingual[]>([]);
  const [fault, setFault] = useState<Bilingual | null>(null);
  useEffect(() => {
    if (at !== first.current) setTouched(true);
  }, [at]);
  useEffect(() => {
    setFault(null);
    if (!isTouched || at === null) return setWished([]);
    let isLatest = true;
    send<{ readonly say: readonly Bilingual[] }>("pages/call-backs", { do: "foresee", programme, at })
      .then(({ say }) => isLatest && setWished(say))
      .catch((error: unknown) => {
        if (!isLatest) return;
        setWished([]);
        setFault(problemOf(error).faults.find(({ field }) => field === "/at")?.reason ?? null);
      });
    return () => {
      isLatest = false;
    };
  }, [programme, at, isTouched]);
  const said = at === null ? soon : wished;
  const box = said.length > 0 && (
    <NoticeBox title={isChange ? words.changed : words.before} tone={said.length > 1 ? "warning" : undefined}>
      <SaidWords say={said} language={language} />
    </NoticeBox>
  );
  return (
    <>
      {!isTouched && !isChange && box}
      <div role="status">
        {fault !== null && (
          <NoticeBox tone="warning">
            <p>{t(fault)}</p>
          </NoticeBox>
        )}
        {isTouched && box}
      </div>
    </>
  );
}
