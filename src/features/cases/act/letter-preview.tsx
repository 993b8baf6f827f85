/** The letter to the applicant as it will look, in the applicant's language, before anything is sent. */

import React, { useEffect, useState } from "react";
import type { PreviewedLetter } from "../../../engine/letters/letter-look.js";
import { msg } from "../../../engine/text/msg.js";
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
    <Dialog title={msg("cases-act.letterPreview.theLetterAsItWill")} onClose={a.onClose} wide>
      <div className="stack-small">
        <ProblemBox problem={problem} />
        {letter === null && problem === null && <Spinner />}
        {letter && (
          <>
            {!letter.reachable && <NoticeBox>{t(msg("cases-act.letterPreview.unreachable"))}</NoticeBox>}
            {letter.withheld && <NoticeBox>{t(msg("cases-act.letterPreview.withheld"))}</NoticeBox>}
            <p className="small muted">{t(msg("cases-act.letterPreview.unsent"))}</p>
            {letter.sms === null && (
              <p className="letter-subject" dir="auto">
                <strong>{letter.subject}</strong>
              </p>
            )}
            <LetterFrame {...letter} />
          </>
        )}
      </div>
    </Dialog>
  );
}
