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
  faultAt,
  Moment,
  type ProblemBody,
  ProblemBox,
  problemOf,
  send,
  TextField,
  useText,
} from "../../../platform/ui/kit.js";
import { caseAddress } from "../page/case-address.js";
import { StateBadge } from "../page/case-words.js";
import type { ApplicantFound } from "./find-applicant.js";

const words = {
  title: msg("cases-list.applicantSearch.searchByApplicant"),
  label: msg("cases-list.applicantSearch.whoIsIt"),
  help: msg("cases-list.applicantSearch.help"),
  go: msg("cases-list.applicantSearch.go"),
  none: pattern("cases-list.applicantSearch.none"),
  found: pattern("cases-list.applicantSearch.found"),
  more: msg("cases-list.applicantSearch.more"),
  inTexts: msg("cases-list.applicantSearch.inTexts"),
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
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const results = useRef<HTMLDivElement>(null);
  const ask = async (before: Answer, question: () => Promise<Partial<Answer>>) => {
    setBusy(true);
    setProblem(null);
    setAnswer(before);
    try {
      const more = await question();
      setAnswer({ ...before, ...more });
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
  };
  const asked = useRef("");
  const search = () => {
    asked.current = typed;
    return ask(nothingYet, async () => {
      const { view } = await send<ActionAnswer>("resources/cases/actions/applicant", { applicant: typed });
      return { byApplicant: view as ApplicantFound };
    });
  };
  const searchTexts = () =>
    ask(answer, async () => {
      const { view } = await send<ActionAnswer>("resources/cases/actions/suggest", { search: typed });
      return { inTexts: view as readonly FoundCase[] };
    });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was handed over is looked for once
  useEffect(() => {
    // People who open it without a number want to type.
    form.current?.querySelector("input")?.focus();
    if (begun.trim() !== "") void search();
  }, []);
  const { byApplicant: found, inTexts } = answer;
  // Enter opens the first of what was found, unless the number is being corrected meanwhile.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each answer
  useEffect(() => {
    if (typed === asked.current) results.current?.querySelector("a")?.focus();
  }, [found]);
  const who = found === null ? "" : `⁨${found.masked}⁩`;
  return (
    <Dialog title={words.title} onClose={onClose} wide>
      <form
        ref={form}
        noValidate
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void search();
        }}
      >
        {problem !== null && problem.faults.length === 0 && <ProblemBox problem={problem} />}
        <TextField
          label={words.label}
          help={words.help}
          dir="auto"
          value={typed}
          onChange={setTyped}
          fault={faultAt(problem, "/applicant")}
        />
        <div className="form-actions">
          <Button type="submit" kind="primary" icon="search" busy={busy}>
            {t(words.go)}
          </Button>
        </div>
      </form>
      <div ref={results} role="status" className="stack-small">
        {found !== null && (
          <p className="small muted">
            {found.cases.length === 0 ? t(words.none, { who }) : t(words.found, { who, n: found.cases.length })}
          </p>
        )}
        {found !== null && <FoundList cases={found.cases} onGone={onClose} />}
        {found?.more && <p className="small muted">{t(words.more)}</p>}
        {inTexts !== null && (
          <p className="small muted">
            {inTexts.length === 0 ? t(words.noTexts) : t(words.textsFound, { n: inTexts.length })}
          </p>
        )}
        {inTexts !== null && <FoundList cases={inTexts} onGone={onClose} />}
      </div>
      {found?.cases.length === 0 && inTexts === null && (
        <div className="form-actions">
          <Button icon="list" busy={busy} onClick={() => void searchTexts()}>
            {t(words.inTexts)}
          </Button>
        </div>
      )}
    </Dialog>
  );
}
