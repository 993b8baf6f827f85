/** Why a case is where it is and due when it is: the rule, the facts, the arithmetic of time, in words. */

import React, { useState } from "react";
import { Link } from "react-router-dom";
import type { ExplainedSection } from "../../../engine/explain/explained-section.js";
import { msg } from "../../../engine/text/msg.js";
import type { RecordAnswer } from "../../../platform/admin/resource-view.js";
import { Button, Dialog, ProblemBox, Spinner, useText, useView } from "../../../platform/ui/kit.js";
import type { ExplainedCase } from "./explain-case.js";

/** The sections of an explanation, in their order. */
const sections = { classification: 1, entity: 2, deadline: 3, escalation: 4 } as const;
/** The last of them: what happens if nothing is done. */
const next = 5;
export type WhySection = keyof typeof sections;

/** What it names of the register is a link to it. */
function Line({ text, cited }: { text: string; cited: NonNullable<ExplainedSection["cited"]> }) {
  const named = cited.find(({ words: its }) => text.includes(its));
  if (named === undefined) return <>{text}</>;
  const [before, after] = text.split(named.words);
  const query = new URLSearchParams({ programme: named.programme, code: named.code });
  return (
    <>
      {before}
      <Link to={`/admin/pages/instructions?${query}`}>{named.words}</Link>
      {after}
    </>
  );
}

/** Lines set in by spaces belong to the one above. */
function Lines({ lines, cited = [] }: Pick<ExplainedSection, "lines" | "cited">) {
  return (
    <ul className="why-lines">
      {lines.map((line, at) => {
        const depth = Math.floor((line.length - line.trimStart().length) / 2);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines never move, and two may read the same
          <li key={at} className={depth > 0 ? "why-deeper" : undefined} style={{ marginInlineStart: `${depth}rem` }}>
            <Line text={line.trim()} cited={cited} />
          </li>
        );
      })}
    </ul>
  );
}

export function WhyDialog({
  reference,
  section,
  onClose,
}: {
  reference: string;
  section: WhySection;
  onClose: () => void;
}) {
  const { t, language } = useText();
  const [whole, setWhole] = useState(false);
  const { view, problem } = useView<RecordAnswer>(`resources/cases/records/${reference}/why`);
  const explained = (view?.view as ExplainedCase | undefined)?.[language] ?? [];
  // What waits for a deadline or a step of the ladder asks what comes next as well.
  const also = section === "deadline" || section === "escalation" ? next : null;
  const shown = whole ? explained : explained.filter((_, at) => at === sections[section] || at === also);
  return (
    <Dialog title={msg("cases-page.whyDialog.why")} onClose={onClose} wide>
      <ProblemBox problem={problem} />
      {view === null && problem === null && <Spinner />}
      <div className="stack-small why">
        {shown.map(({ title, lines, cited }) => (
          <section key={title}>
            <h3>{title}</h3>
            <Lines lines={lines} cited={cited} />
          </section>
        ))}
        {!whole && explained.length > 0 && (
          <div>
            <Button small kind="quiet" icon="plus" onClick={() => setWhole(true)}>
              {t(msg("cases-page.whyDialog.all"))}
            </Button>
          </div>
        )}
      </div>
    </Dialog>
  );
}
