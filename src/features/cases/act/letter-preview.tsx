/** The letter to the applicant as it will look, in the applicant's language, before anything is sent. */

import React, { useEffect, useState } from "react";
import type { PreviewedLetter } from "../../../engine/letters/letter-look.js";
import type { RecordAnswer } from "../../../platform/admin/resource-view.js";
import {
  Dialog,
  LetterFrame,
  NoticeBox,
  type ProblemBody,
  ProblemBox,
  problemOf,
  Spinner,
  send,
  useText,
} from "../../../platform/ui/kit.js";
import type { DraftFields } from "./draft-sync.js";

const words = {
  title: { en: "The letter as it will look", ar: "الرسالة كما ستظهر" },
  unsent: { en: "Nothing has been sent.", ar: "لم يُرسل شيء." },
  unreachable: {
    en: "The applicant left no e-mail address. They read it on the page of their application, with reference and code.",
    ar: "لم يترك مقدم الطلب بريدًا إلكترونيًا، ويقرؤه في صفحة طلبه بالرقم والرمز.",
  },
  withheld: {
    en: "The case is confidential: the letter does not carry your text. The applicant reads it with reference and code.",
    ar: "المعاملة سرّية: لا تحمل الرسالة نصك، ويقرؤه مقدم الطلب بالرقم والرمز.",
  },
};

export function LetterPreview(a: { reference: string; action: string; fields: DraftFields; onClose: () => void }) {
  const { t } = useText();
  const { reference, action, fields } = a;
  const [letter, setLetter] = useState<PreviewedLetter | null>(null);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  useEffect(() => {
    send<RecordAnswer>(`resources/cases/records/${reference}/preview`, { action, fields })
      .then((answer) => setLetter(answer.view as PreviewedLetter))
      .catch((error: unknown) => setProblem(problemOf(error)));
  }, [reference, action, fields]);
  return (
    <Dialog title={words.title} onClose={a.onClose} wide>
      <div className="stack-small">
        <ProblemBox problem={problem} />
        {letter === null && problem === null && <Spinner />}
        {letter && (
          <>
            {!letter.reachable && <NoticeBox>{t(words.unreachable)}</NoticeBox>}
            {letter.withheld && <NoticeBox>{t(words.withheld)}</NoticeBox>}
            <p className="small muted">{t(words.unsent)}</p>
            <p className="letter-subject" dir="auto">
              <strong>{letter.subject}</strong>
            </p>
            <LetterFrame {...letter} />
          </>
        )}
      </div>
    </Dialog>
  );
}
