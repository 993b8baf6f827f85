/** Below the last message: what is written next. It stays in sight while one reads, on a telephone too. */

import React from "react";
import type { ComposedAction } from "../../../engine/lifecycle/views/case-view.js";
import { msg } from "../../../engine/text/msg.js";
import { Button, useText } from "../../../platform/ui/kit.js";

/** What is written to the applicant, then a note; the other actions are above, and the one to do first stands out there. */
const ranks: readonly ((one: ComposedAction) => boolean)[] = [
  ({ letter, usual }) => letter && usual,
  ({ deed }) => deed === "note",
];

export function ReplyBar(a: {
  actions: readonly ComposedAction[];
  /** Actions for which something is typed and not sent. */
  drafts: ReadonlySet<string>;
  onOpen: (action: ComposedAction) => void;
}) {
  const { t } = useText();
  const allowed = a.actions.filter((one) => one.allowed);
  const shown = [...new Set(ranks.flatMap((rank) => allowed.filter(rank)))];
  if (shown.length === 0) return null;
  return (
    <fieldset className="case-reply" aria-label={t(msg("cases-act.replyBar.label"))}>
      {shown.map((one) => (
        <Button key={one.action} icon={one.letter ? "reply" : "edit"} onClick={() => a.onOpen(one)}>
          {t(one.name)}
          {a.drafts.has(one.action) && <span className="draft-mark">{t(msg("cases-act.caseActions.draft"))}</span>}
        </Button>
      ))}
    </fieldset>
  );
}
