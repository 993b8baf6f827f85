/**
 * Cases by who sent them. Each search is on record, so it is an act of its own and no filter of a list. What was typed may as well
 * stand in a text (the number of a bill): that search is offered where this one finds nothing, here, and in no address either.
 */

import React, { useEffect, useRef, useState } from "react";
import { Link } from "react-router-dom";
import type { FoundCase } from "../../../engine/search/case-search.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { ActionAnswer } from "../../../platform/admin/resource-view.js";
import {
  Bidi,
  Button,
  Dialog,
  Moment,
  SendForm,
  send,
  TextField,
  useSending,
  useText,
} from "../../../platform/ui/kit.js";
import { caseAddress } from "../page/case-address.js";
import { StateBadge } from "../page/case-words.js";
import type { ApplicantFound } from "./find-applicant.js";

const words = {
  label: msg("cases-list.applicantSearch.whoIsIt"),
  none: pattern("cases-list.applicantSearch.none"),
  found: pattern("cases-list.applicantSearch.found"),
  textsFound: pattern("cases-list.applicantSearch.textsFound"),
  noTexts: msg("cases-list.applicantSearch.noTexts"),
};

function FoundList({ cases, onGone }: { cases: readonly FoundCase[]; onGone: () => void }) {
  const { t } = useText();
  return (
    <ul className="related-list">
      {cases.map((one) => (
        <li key={one.reference}>
          <Link to={caseAddress(one.reference)} onClick={onGone}>
            <Bidi>{one.subject}</Bidi>
          </Link>
          <span className="related-line small muted">
            <Bidi ltr>{one.reference}</Bidi>
            <Moment at={one.receivedAt} dayOnly />
            <StateBadge state={one.state} />
            {one.entity !== null && <span>{t(one.entity.name)}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}

interface Answer {
  readonly byApplicant: ApplicantFound | null;
  readonly inTexts: readonly FoundCase[] | null;
}
const nothingYet: Answer = { byApplicant: null, inTexts: null };

/** @param typed what was handed over; it was chosen to be looked for, so that is done at once */
export function ApplicantSearch({ typed: begun, onClose }: { typed: string; onClose: () => void }) {
  const { t } = useText();
  const [typed, setTyped] = useState(begun);
  const [answer, setAnswer] = useState<Answer>(nothingYet);
  const sending = useSending();
  const form = useRef<HTMLFormElement>(null);
  const results = useRef<HTMLDivElement>(null);
  const asked = useRef("");
  const search = async () => {
    asked.current = typed;
    setAnswer(nothingYet);
    const { view } = await send<ActionAnswer>("resources/cases/actions/applicant", { applicant: typed });
    setAnswer({ ...nothingYet, byApplicant: view as ApplicantFound });
  };
  const searchTexts = async () => {
    const { view } = await send<ActionAnswer>("resources/cases/actions/suggest", { search: typed });
    setAnswer({ ...answer, inTexts: view as readonly FoundCase[] });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was handed over is looked for once
  useEffect(() => {
    // People who open it without a number want to type.
    form.current?.querySelector("input")?.focus();
    if (begun.trim() !== "") void sending.run(search);
  }, []);
  const { byApplicant: found, inTexts } = answer;
  // Enter opens the first of what was found, unless the number is being corrected meanwhile.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each answer
  useEffect(() => {
    if (typed === asked.current) results.current?.querySelector("a")?.focus();
  }, [found]);
  const who = found === null ? "" : `⁨${found.masked}⁩`;
  return (
    <Dialog title={msg("cases-list.applicantSearch.searchByApplicant")} onClose={onClose} wide>
      <SendForm formRef={form} sending={sending} onSend={search} fields={new Map([["applicant", words.label]])}>
        <TextField
          name="applicant"
          label={words.label}
          help={msg("cases-list.applicantSearch.help")}
          dir="auto"
          value={typed}
          onChange={setTyped}
          fault={sending.faultAt("/applicant")}
        />
        <div className="form-actions">
          <Button type="submit" kind="primary" icon="search" busy={sending.busy}>
            {t(msg("cases-list.applicantSearch.go"))}
          </Button>
        </div>
      </SendForm>
      <div ref={results} role="status" className="stack-small">
        {found !== null && (
          <p className="small muted">
            {found.cases.length === 0 ? t(words.none, { who }) : t(words.found, { who, n: found.cases.length })}
          </p>
        )}
        {found !== null && <FoundList cases={found.cases} onGone={onClose} />}
        {found?.more && <p className="small muted">{t(msg("cases-list.applicantSearch.more"))}</p>}
        {inTexts !== null && (
          <p className="small muted">
            {inTexts.length === 0 ? t(words.noTexts) : t(words.textsFound, { n: inTexts.length })}
          </p>
        )}
        {inTexts !== null && <FoundList cases={inTexts} onGone={onClose} />}
      </div>
      {found?.cases.length === 0 && inTexts === null && (
        <div className="form-actions">
          <Button icon="list" busy={sending.busy} onClick={() => void sending.run(searchTexts)}>
            {t(msg("cases-list.applicantSearch.inTexts"))}
          </Button>
        </div>
      )}
    </Dialog>
  );
}
