/** All faults of a form above it, each a way to its field; it takes focus when it appears. */

import React, { useEffect, useRef } from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import { fieldId, Icon, type ProblemBody, useText, type Words } from "../../../platform/ui/kit.js";

const words = {
  one: msg("setup.errorSummary.one"),
  at: { en: "{label}: {reason}", ar: "{label}: {reason}" },
  many: pattern("setup.errorSummary.many"),
};

/** `/nameAr` → the input of that name; `/fields/2/code` → the group of fields. */
const targetOf = (pointer: string): HTMLElement | null => document.getElementById(fieldId(pointer.split("/")[1] ?? ""));

interface SummaryProps {
  readonly problem: ProblemBody | null;
  /** What fields are called, by the first part of a pointer, in the order in which they stand. */
  readonly labels?: ReadonlyMap<string, Words>;
}

export function ErrorSummary({ problem, labels }: SummaryProps) {
  const { t } = useText();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!problem) return;
    box.current?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: "start" });
  }, [problem]);
  if (!problem) return null;
  const stands = [...(labels?.keys() ?? [])];
  const placeOf = (pointer: string): number => stands.indexOf(pointer.split("/")[1] ?? "");
  const faults = [...problem.faults].sort((a, b) => placeOf(a.field) - placeOf(b.field));
  const labelled = (pointer: string, reason: string): string => {
    const label = labels?.get(pointer.split("/")[1] ?? "");
    return label === undefined ? reason : t(words.at, { label: t(label), reason });
  };
  const title =
    faults.length === 0 ? t(problem.title) : faults.length === 1 ? t(words.one) : t(words.many, { n: faults.length });
  return (
    <div className="notice notice-danger" role="alert" tabIndex={-1} ref={box}>
      <Icon name="alert" size={20} />
      <div className="notice-body">
        <p className="notice-title">{title}</p>
        {faults.length === 0 && <p>{t(problem.detail)}</p>}
        {faults.length > 0 && (
          <ul className="bullets">
            {faults.map(({ field, reason }) => (
              <li key={field + reason.en}>
                <a
                  href={`#${fieldId(field.split("/")[1] ?? "")}`}
                  onClick={(event) => {
                    event.preventDefault();
                    const target = targetOf(field);
                    target?.scrollIntoView({ block: "center" });
                    target?.focus({ preventScroll: true });
                  }}
                >
                  {labelled(field, t(reason))}
                </a>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
