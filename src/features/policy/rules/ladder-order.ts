/** The steps of the ladder along time: by what they are measured, then moment by moment. */
import type { Budget } from "../../../engine/calendar/budget.js";
import { isRecord } from "./condition-query.js";
import { type Facts, verdictOf } from "./condition-verdict.js";
import type { RuleView } from "./rule-model.js";

export interface LadderMoment {
  /** As it is written, so that equal moments stand together. */
  readonly key: string;
  readonly when: unknown;
  /** Before, at or after the due time; null for time without action. */
  readonly side: "before" | "due" | "after" | null;
  readonly steps: readonly RuleView[];
}
export interface LadderLane {
  /** A target, or `idle`. */
  readonly clock: string;
  readonly moments: readonly LadderMoment[];
}

const lanes = ["idle", "acknowledgement", "firstResponse", "resolution"];
/** Enough to put moments into their order; the calendar says how long they really are. */
const hoursOf: Readonly<Record<Budget["unit"], number>> = { workingDays: 34, workingHours: 34 / 7, calendarHours: 1 };

function hours(budget: unknown): number {
  if (!isRecord(budget)) return 0;
  return Number(budget.amount) * (hoursOf[budget.unit as Budget["unit"]] ?? 1);
}

/** Where a moment stands among those of its lane; due is 100. */
function placeOf(when: unknown): number {
  if (!isRecord(when)) return 0;
  if ("idle" in when) return hours(when.idle);
  return "after" in when ? 1_000_000 + hours(when.after) : Number(when.percent);
}

function sideOf(when: unknown): LadderMoment["side"] {
  if (!isRecord(when) || "idle" in when) return null;
  if ("after" in when) return "after";
  const percent = Number(when.percent);
  return percent < 100 ? "before" : percent === 100 ? "due" : "after";
}

const laneOf = (when: unknown): string =>
  !isRecord(when) || "idle" in when ? "idle" : String(when.clock ?? "resolution");

/** The rules whose steps a case may get of which this much is known. */
export const stepsFor = (rules: readonly RuleView[], facts: Facts): RuleView[] =>
  rules.filter((rule) => verdictOf(rule.conditions, facts) !== false);

export function ladderOf(rules: readonly RuleView[]): LadderLane[] {
  const known = new Set([...lanes, ...rules.map(({ params }) => laneOf(params.when))]);
  return [...known].flatMap((clock): LadderLane[] => {
    const own = rules.filter(({ params }) => laneOf(params.when) === clock);
    const moments = new Map<string, RuleView[]>();
    for (const rule of own) {
      const key = JSON.stringify(rule.params.when);
      moments.set(key, [...(moments.get(key) ?? []), rule]);
    }
    const sorted = [...moments].map(([key, steps]): LadderMoment => {
      const when = steps[0]?.params.when;
      const byLevel = [...steps].sort((a, b) => Number(a.params.level) - Number(b.params.level));
      return { key, when, side: sideOf(when), steps: byLevel };
    });
    sorted.sort((a, b) => placeOf(a.when) - placeOf(b.when));
    return sorted.length === 0 ? [] : [{ clock, moments: sorted }];
  });
}
