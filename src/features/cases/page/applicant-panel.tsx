/** Who sent it: masked until somebody asks, and each look is on record. */

import React, { useState } from "react";
import type { PersonalData } from "../../../engine/text/mask-personal.js";
import { msg } from "../../../engine/text/msg.js";
import type { RecordAnswer } from "../../../platform/admin/resource-view.js";
import { Bidi, Button, Facts, Panel, ProblemBox, send, useSending, useText } from "../../../platform/ui/kit.js";
import type { ReadApplicant } from "./read-applicant.js";

const words = {
  title: msg("cases-page.applicantPanel.title"),
  anonymous: msg("cases-page.applicantPanel.anonymous"),
  show: msg("cases-page.applicantPanel.show"),
  shown: msg("cases-page.applicantPanel.shown"),
  name: msg("cases-page.applicantPanel.name"),
  nationalNumber: msg("cases-page.applicantPanel.nationalNumber"),
  phone: msg("cases-page.applicantPanel.phone"),
  email: msg("cases-page.applicantPanel.email"),
};

export function ApplicantPanel(a: {
  reference: string;
  masked: PersonalData | null;
  mayUnmask: boolean;
  onShown: () => void;
}) {
  const { t } = useText();
  const [whole, setWhole] = useState<PersonalData | null>(null);
  const sending = useSending();
  const data = whole ?? a.masked;
  const show = async () => {
    const answer = await send<RecordAnswer>(`resources/cases/records/${a.reference}/unmask`);
    setWhole((answer.view as ReadApplicant).applicant);
    a.onShown();
  };
  return (
    <Panel title={words.title}>
      <div className="stack-small">
        {data === null ? (
          <p className="muted">{t(words.anonymous)}</p>
        ) : (
          <Facts
            rows={(["name", "nationalNumber", "phone", "email"] as const).map((key) =>
              data[key] === null ? null : { label: words[key], value: <Bidi ltr={key !== "name"}>{data[key]}</Bidi> },
            )}
          />
        )}
        <ProblemBox problem={sending.problem} />
        {whole !== null && <p className="small muted">{t(words.shown)}</p>}
        {whole === null && a.mayUnmask && (
          <div>
            <Button small icon="eye" busy={sending.busy} onClick={() => void sending.run(show)}>
              {t(words.show)}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}
