/** Why a case is before its reader: it stands before all else on the page of an executive. */
import React from "react";
import type { CasePageView } from "../../../engine/lifecycle/views/case-view.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { NoticeBox, useText } from "../../../platform/ui/kit.js";

export function EscalationNotice({ view: { escalation, clocks } }: { view: CasePageView }) {
  const { t, moment, list } = useText();
  if (escalation === null) return null;
  const { to, level, at, reason, before } = escalation;
  const answer = clocks.find(
    ({ target, cycle }) => target === "resolution" && clocks.every((one) => one.cycle <= cycle),
  );
  const due = answer?.dueAt ?? null;
  const nameOf = (step: { to: typeof to; level: number }): string =>
    t(step.to) || t(pattern("cases-page.escalationNotice.level"), { n: step.level });
  return (
    <NoticeBox
      tone="warning"
      title={t(pattern("cases-page.escalationNotice.title"), { as: nameOf({ to, level }), at: moment(at) })}
    >
      <p>{t(pattern("cases-page.escalationNotice.reason"), { rule: t(reason) })}</p>
      {due !== null && (
        <p>
          {answer?.state === "late"
            ? t(pattern("cases-page.escalationNotice.wasDue"), { due: moment(due) })
            : t(pattern("cases-page.escalationNotice.due"), { due: moment(due) })}
        </p>
      )}
      <p>
        {before.length === 0
          ? t(msg("cases-page.escalationNotice.first"))
          : t(pattern("cases-page.escalationNotice.before"), {
              steps: list(before.map((step) => `${nameOf(step)} (${moment(step.at)})`)),
            })}
      </p>
    </NoticeBox>
  );
}
