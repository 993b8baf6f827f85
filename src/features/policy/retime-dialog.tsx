/** Moving deadlines that run by an earlier calendar: counted first, done only when confirmed, with an event on each case. */

import React, { useEffect, useState } from "react";
import type { RecalculatedDueDates } from "../../engine/lifecycle/migration-views.js";
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

const words = {
  title: { en: "Count deadlines by the published calendar", ar: "احتساب المواعيد بالتقويم المنشور" },
  counted: {
    en: "Of {cases} open cases, {moved} would get another deadline: {earlier} earlier, {later} later.",
    ar: "من أصل {cases} معاملة مفتوحة يتغيّر موعد {moved}: {earlier} إلى أبكر و{later} إلى أبعد.",
  },
  none: { en: "No deadline that is counted here would move.", ar: "لن يتحرك أي موعد من المحتسبة هنا." },
  event: {
    en: "Confidential cases are not counted; their deadlines move too. It is written down on each case.",
    ar: "لا تُحتسب المعاملات السرّية، وتتحرك مواعيدها أيضًا. يُسجَّل ذلك على كل معاملة.",
  },
  reason: { en: "Why?", ar: "لماذا؟" },
  act: { en: "Move the deadlines", ar: "تحريك المواعيد" },
  done: { en: "Deadlines moved: {n}", ar: "عدد المعاملات التي تحركت مواعيدها: {n}" },
};

interface RetimeDialogProps {
  readonly programme: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function RetimeDialog({ programme, onClose, onDone }: RetimeDialogProps) {
  const { t, number } = useText();
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
    toast(t(words.done, { n: number(done.moved) }));
    onDone();
  };
  return (
    <Confirm
      title={words.title}
      action={words.act}
      onClose={onClose}
      onConfirm={confirm}
      disabled={counted === null || reason.trim() === ""}
    >
      <ProblemBox problem={problem} />
      {counted === null && problem === null && <Spinner />}
      {counted !== null && (
        <p>
          {counted.moved === 0
            ? t(words.none)
            : t(words.counted, {
                cases: number(counted.cases),
                moved: number(counted.moved),
                earlier: number(counted.earlier),
                later: number(counted.later),
              })}{" "}
          <span className="muted">{t(words.event)}</span>
        </p>
      )}
      <TextArea label={words.reason} name="reason" required rows={2} value={reason} onChange={setReason} />
    </Confirm>
  );
}
