/** Who sent it: masked until somebody asks, and each look is on record. */

import React, { useState } from "react";
import type { CasePageView } from "../../../engine/lifecycle/views/case-view.js";
import type { PersonalData } from "../../../engine/text/mask-personal.js";
import { msg, pattern } from "../../../engine/text/msg.js";
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
  emailProven: msg("cases-page.applicantPanel.emailProven"),
  phoneProven: msg("cases-page.applicantPanel.phoneProven"),
  links: pattern("cases-page.applicantPanel.links"),
  endLinks: msg("cases-page.applicantPanel.endLinks"),
};

/** Links in messages that open the case, and the way to end them: an address may turn out to be somebody else's. */
function OpenLinks(a: { reference: string; count: number; mayEnd: boolean; onEnded: () => void }) {
  const { t } = useText();
  const sending = useSending();
  const end = async () => {
    await send<RecordAnswer>(`resources/cases/records/${a.reference}/endLinks`);
    a.onEnded();
  };
  return (
    <div className="stack-small">
      <p className="small">{t(words.links, { n: a.count })}</p>
      <ProblemBox problem={sending.problem} />
      {a.mayEnd && (
        <div>
          <Button small busy={sending.busy} onClick={() => void sending.run(end)}>
            {t(words.endLinks)}
          </Button>
        </div>
      )}
    </div>
  );
}

export function ApplicantPanel(a: {
  reference: string;
  view: Pick<CasePageView, "applicant" | "mayUnmask" | "proven" | "openLinks" | "mayEndLinks">;
  onShown: () => void;
}) {
  const { t } = useText();
  const [whole, setWhole] = useState<PersonalData | null>(null);
  const sending = useSending();
  const data = whole ?? a.view.applicant;
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
        {a.view.proven.includes("email") && <p className="small muted">{t(words.emailProven)}</p>}
        {a.view.proven.includes("sms") && <p className="small muted">{t(words.phoneProven)}</p>}
        {a.view.openLinks > 0 && (
          <OpenLinks reference={a.reference} count={a.view.openLinks} mayEnd={a.view.mayEndLinks} onEnded={a.onShown} />
        )}
        <ProblemBox problem={sending.problem} />
        {whole !== null && <p className="small muted">{t(words.shown)}</p>}
        {whole === null && a.view.mayUnmask && (
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
