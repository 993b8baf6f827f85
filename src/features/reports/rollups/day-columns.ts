/** What the sums have a column for, and of which facts of cases each is the sum. The table `rollup_days` has these columns. */

import type { KpiCounts } from "../../../engine/measures/kpi-counts.js";
import { codesOf } from "../../../engine/registry.js";
import { snakeCase } from "../../../engine/setup/tables/setup-registry.js";

/** What is noted of a case, each with the day on which it counts. */
export type FactKind =
  | "received"
  | "resolved"
  | "closed"
  | "rejected"
  /** Answered for the first time; `value`: the working seconds that took. */
  | "first"
  /** A target of the final answer and of the first reply fell due; `value` of a reply: the working seconds that it took. */
  | "due"
  | "reply"
  /** A target of the final answer was met: working seconds from its start, and of these paused. */
  | "met"
  | "paused"
  | "rated"
  /** A day on which its applicant rated it. */
  | "ratedCase"
  /** Taken down by an agent: counted apart. */
  | "phoneRated"
  | "scale"
  | "invited"
  | "level"
  /** A receipt or an answer that was not sent by then, where no other of them was: whatever becomes of it, it may be sent one day. */
  | "waiting"
  /** A text message, by the day on which it was written; `value`: its segments, once the gateway took it. */
  | "sms"
  /** First and last day of a time during which it was open. */
  | "opened"
  | "ended"
  /** Open now, by the day of its receipt; late now, by the working day of its deadline. */
  | "open"
  | "late";

interface DayColumn {
  readonly kind: FactKind;
  /** Only facts with this flag. */
  readonly flag?: number;
  /** The sum of their values, and not their number. */
  readonly values?: true;
}

type Counted = Exclude<
  keyof KpiCounts,
  | "medianResolution"
  | "p90Resolution"
  | "medianResponse"
  | "p90Response"
  | "delayed"
  | "scales"
  | "escalated"
  | "openInPeriod"
  | "open"
  | "focalPoints"
  | "medianAge"
  | "p90Age"
>;

/** Flags of facts, as the statement that finds them sets them. */
export const flags = {
  transferred: 1,
  receiptReached: 2,
  reopened: 1,
  appealed: 2,
  settled: 4,
  answerReached: 8,
  met: 1,
  onTime: 2,
  good: 1,
  sent: 1,
  delivered: 2,
  failed: 4,
} as const;

export const dayColumns: Readonly<Record<Counted | "opened" | "ended", DayColumn>> = {
  received: { kind: "received" },
  transferred: { kind: "received", flag: flags.transferred },
  resolved: { kind: "resolved" },
  closed: { kind: "closed" },
  rejected: { kind: "rejected" },
  firstResolved: { kind: "first" },
  reopened: { kind: "first", flag: flags.reopened },
  appealed: { kind: "first", flag: flags.appealed },
  settledAtFirst: { kind: "first", flag: flags.settled },
  resolutionDue: { kind: "due" },
  resolutionDueMet: { kind: "due", flag: flags.met },
  resolutionOnTime: { kind: "due", flag: flags.onTime },
  responseDue: { kind: "reply" },
  responseOnTime: { kind: "reply", flag: flags.onTime },
  ratings: { kind: "rated" },
  goodRatings: { kind: "rated", flag: flags.good },
  ratedCases: { kind: "ratedCase" },
  phoneRatings: { kind: "phoneRated" },
  goodPhoneRatings: { kind: "phoneRated", flag: flags.good },
  invitations: { kind: "invited" },
  receiptsReached: { kind: "received", flag: flags.receiptReached },
  answersReached: { kind: "first", flag: flags.answerReached },
  smsWritten: { kind: "sms" },
  smsSent: { kind: "sms", flag: flags.sent },
  smsDelivered: { kind: "sms", flag: flags.delivered },
  smsFailed: { kind: "sms", flag: flags.failed },
  smsSegments: { kind: "sms", values: true },
  opened: { kind: "opened" },
  ended: { kind: "ended" },
  pausedSeconds: { kind: "paused", values: true },
  workingSeconds: { kind: "met", values: true },
};
export const dayColumnCodes = codesOf(dayColumns);
/** As the table has them. */
export const dayColumnNames: readonly string[] = dayColumnCodes.map(snakeCase);
