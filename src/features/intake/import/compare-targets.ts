/** Would our calendar and our rules have set the targets that the other system set? Counted a type. */
import { civilDate } from "../../../engine/calendar/civil-days.js";
import type { RuleSetRunner } from "../../../engine/rules/compile-rule-set.js";
import { applicationFacts, type Facts } from "../../../engine/rules/fact-catalogue.js";
import type { ClassificationOutcome, SlaOutcome } from "../../../engine/rules/outcomes.js";
import {
  type DecidedClassification,
  decidedClassification,
  nothingDecided,
  settleClassification,
} from "../../../engine/rules/settle-classification.js";
import type { Policy } from "../../../engine/setup/policy.js";
import type { HistoryRow } from "./history-row.js";

/** Other systems cut seconds off. */
const toleranceMs = 60_000;

export interface ReproducedTargets {
  /** The type's English name. */
  readonly type: string;
  /** Within 60 seconds; on the same day where the other system named a day alone. */
  readonly reproduced: number;
  /** Rows of the type that have an imported target. */
  readonly total: number;
}

function classifiedBy(runner: RuleSetRunner, facts: Facts): DecidedClassification {
  const { outcome, ruleIds } = runner.decideCompiled(facts);
  return decidedClassification({ outcome: outcome as ClassificationOutcome, ruleIds }, runner.definition);
}

/** The resolution target that the published rules and calendar would set for this row today; null where they promise nothing. */
function derivedDue({ application }: HistoryRow, policy: Policy): Date | null {
  const { setup, calendar } = policy;
  const sla = policy.runner("sla");
  if (sla === null) return null;
  const facts = applicationFacts(application, setup, calendar);
  const runner = policy.runner("classification");
  const { pillar, importance, confidential } = settleClassification(
    { ...application, confidential: facts.confidential === true },
    runner === null ? nothingDecided : classifiedBy(runner, facts),
    setup,
  );
  const decided = { ...facts, pillar, importance, confidential };
  const { resolution } = sla.decideCompiled(decided).outcome as SlaOutcome;
  return resolution === null || resolution === undefined ? null : calendar.add(application.receivedAt, resolution).due;
}

function isReproduced(row: HistoryRow & { readonly dueAt: Date }, policy: Policy): boolean {
  const due = derivedDue(row, policy);
  if (due === null) return false;
  const { timeZone } = policy.calendar;
  if (!row.dueIsDay) return Math.abs(due.getTime() - row.dueAt.getTime()) <= toleranceMs;
  return civilDate(due, timeZone) === civilDate(row.dueAt, timeZone);
}

/** Counts as rows come by; `lines` are in the order of the set-up's types, those without any target left out. */
export function compareTargets(): {
  add(rows: readonly HistoryRow[], policy: Policy): void;
  lines(policy: Policy): ReproducedTargets[];
} {
  const counted = new Map<string, { reproduced: number; total: number }>();
  return {
    add(rows, policy) {
      for (const row of rows) {
        const { dueAt } = row;
        if (dueAt === null) continue;
        const count = counted.get(row.application.type) ?? { reproduced: 0, total: 0 };
        counted.set(row.application.type, count);
        count.total += 1;
        if (isReproduced({ ...row, dueAt }, policy)) count.reproduced += 1;
      }
    },
    lines: ({ setup }) =>
      [...setup.types.values()].flatMap(({ code, name }) => {
        const count = counted.get(code);
        return count === undefined ? [] : [{ type: name.en, ...count }];
      }),
  };
}
