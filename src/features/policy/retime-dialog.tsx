/** Moving deadlines that run by an earlier calendar: counted first, done only when confirmed, with an event on each case. */

import React, { useEffect, useState } from "react";
import type { RecalculatedDueDates } from "../../engine/lifecycle/views/migration-views.js";
import { msg, pattern } from "../../engine/text/msg.js";
import {
  Confirm,
  type ProblemBody,
  ProblemBox,
  problemOf,
  Spinner,
  send,
  TextArea,
  toast,
  useText,
} from "../../platform/ui/kit.js";

interface RetimeDialogProps {
  readonly programme: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function RetimeDialog({ programme, onClose, onDone }: RetimeDialogProps) {
  const { t } = useText();
  const [counted, setCounted] = useState<RecalculatedDueDates | null>(null);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const [reason, setReason] = useState("");
  useEffect(() => {
    send<RecalculatedDueDates>("pages/calendar", { do: "retime", programme })
      .then(setCounted)
      .catch((error: unknown) => setProblem(problemOf(error)));
  }, [programme]);
  const confirm = async () => {
    const done = await send<RecalculatedDueDates>("pages/calendar", {
      do: "retime",
      programme,
      reason,
      confirmed: true,
    });
    toast(t(pattern("policy.retimeDialog.done"), { n: done.moved }));
    onDone();
  };
  return (
    <Confirm
      title={msg("policy.retimeDialog.countDeadlinesByThePublished")}
      action={msg("policy.retimeDialog.act")}
      onClose={onClose}
      onConfirm={confirm}
      disabled={counted === null || reason.trim() === ""}
    >
      <ProblemBox problem={problem} />
      {counted === null && problem === null && <Spinner />}
      {counted !== null && (
        <p>
          {counted.moved === 0
            ? t(msg("policy.retimeDialog.none"))
            : t(pattern("policy.retimeDialog.counted"), {
                cases: counted.cases,
                moved: counted.moved,
                earlier: counted.earlier,
                later: counted.later,
              })}{" "}
          <span className="muted">{t(msg("policy.retimeDialog.event"))}</span>
        </p>
      )}
      <TextArea
        label={msg("policy.retimeDialog.why")}
        name="reason"
        required
        rows={2}
        value={reason}
        onChange={setReason}
      />
    </Confirm>
  );
}
