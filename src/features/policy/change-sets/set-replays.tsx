/** What a change-set would have decided of past cases, all that it holds together. */

import React, { useMemo } from "react";
import { msg } from "../../../engine/text/msg.js";
import { Panel, useText } from "../../../platform/ui/kit.js";
import { ReplayRuns } from "../replay/replay-part.js";
import type { ReplayedThing } from "../replay/use-replays.js";

export function SetReplays({ programme, id }: { programme: string; id: number }) {
  const { t } = useText();
  const thing = useMemo((): ReplayedThing => ({ page: "pages/change-set", asked: { programme, id } }), [programme, id]);
  return (
    <Panel title={msg("policy-change-sets.openedChangeSet.replayTitle")} id="set-replay">
      <div className="stack replay">
        <p className="muted">{t(msg("policy-change-sets.openedChangeSet.replayLead"))}</p>
        <ReplayRuns thing={thing} />
      </div>
    </Panel>
  );
}
