/** Cases by who sent them. Each search is on record, so it is an act of its own and no filter of a list. */

import React, { useEffect, useRef, useState } from "react";
import { Link } from "react-router-dom";
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
};

export function ApplicantSearch({ typed: begun, onClose }: { typed: string; onClose: () => void }) {
  const { t } = useText();
  const [typed, setTyped] = useState(begun);
  const [found, setFound] = useState<ApplicantFound | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const form = useRef<HTMLFormElement>(null);
  // Whoever opens it wants to type, or to press Enter on what came along.
  useEffect(() => {
    form.current?.querySelector("input")?.focus();
  }, []);
  const search = async () => {
    setBusy(true);
    setProblem(null);
    setFound(null);
    try {
      const { view } = await send<ActionAnswer>("resources/cases/actions/applicant", { applicant: typed });
      setFound(view as ApplicantFound);
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
  };
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
      <div role="status" className="stack-small">
        {found !== null && (
          <p className="small muted">
            {found.cases.length === 0 ? t(words.none, { who }) : t(words.found, { who, n: found.cases.length })}
          </p>
        )}
        {found !== null && (
          <ul className="related-list">
            {found.cases.map((one) => (
              <li key={one.reference}>
                <Link to={caseAddress(one.reference)} onClick={onClose}>
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
        )}
        {found?.more && <p className="small muted">{t(words.more)}</p>}
      </div>
    </Dialog>
  );
}
