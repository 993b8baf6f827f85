/** What is counted for the key figures, and how a share is written. How each is counted: `features/reports/kpi-queries.ts`. */

import type { MessageTemplate } from "../letters/message-kinds.js";

/** A share with what it is a share of, so that nobody reads a percentage of three. `rate` is null for 0/0: no data, neither 0 nor 100 %. */
export interface Ratio {
  readonly numerator: number;
  readonly denominator: number;
  readonly rate: number | null;
}

/** A share as the two numbers that it is of. */
export type Counted = Pick<Ratio, "numerator" | "denominator">;

/** Of places, or periods, that have no case in common. */
export const addCounted = (counts: readonly Counted[]): Counted => ({
  numerator: counts.reduce((sum, { numerator }) => sum + numerator, 0),
  denominator: counts.reduce((sum, { denominator }) => sum + denominator, 0),
});

export const ratio = (numerator: number, denominator: number): Ratio => ({
  numerator,
  denominator,
  rate: denominator === 0 ? null : numerator / denominator,
});

/** Messages to applicants, by email or as text messages, that are receipts, and those that are answers. */
export const receipts: readonly MessageTemplate[] = [
  "applicant-received",
  "applicant-split",
  "sms-received",
  "sms-split",
];
export const answers: readonly MessageTemplate[] = ["applicant-answered", "sms-answered"];

/** Working days late: whole days begun since the due moment. */
export const delayBands = ["0", "1-2", "3-5", "6-10", "11+"] as const;
export type DelayBand = (typeof delayBands)[number];

/** What the database counted for a programme or one of its groups. Seconds are working seconds. */
export interface KpiCounts {
  /** Received in P. */
  readonly received: number;
  /** Of those, transferred at least once. */
  readonly transferred: number;
  /** Cases answered with effect in P. */
  readonly resolved: number;
  /** Cases that reached a final state in P. */
  readonly closed: number;
  /** Cases rejected in P. */
  readonly rejected: number;
  /** Cases answered with effect for the first time in P, and of those reopened within the window. */
  readonly firstResolved: number;
  readonly reopened: number;
  /** Of those, appealed against by t; and neither reopened nor appealed against by t. */
  readonly appealed: number;
  readonly settledAtFirst: number;
  readonly medianResolution: number | null;
  readonly p90Resolution: number | null;
  /** Resolution targets that fell due in P; met by t; met in time. Each cycle of a case is an obligation of its own. */
  readonly resolutionDue: number;
  readonly resolutionDueMet: number;
  readonly resolutionOnTime: number;
  readonly responseDue: number;
  readonly responseOnTime: number;
  readonly medianResponse: number | null;
  readonly p90Response: number | null;
  /** Open at t and past due, by working days late, in the order of `delayBands`. */
  readonly delayed: readonly number[];
  /** Ratings that applicants gave themselves in P, of those 4 or 5, and answers of P that their applicants may rate from then on. */
  readonly ratings: number;
  readonly goodRatings: number;
  /** Cases that have such a rating, each once. */
  readonly ratedCases: number;
  /** Ratings that an agent took down by telephone in P, and of those 4 or 5. */
  readonly phoneRatings: number;
  readonly goodPhoneRatings: number;
  /** By scale: how often it was given in P, and the sum of what was given. */
  readonly scales: Readonly<Record<string, { readonly n: number; readonly sum: number }>>;
  readonly invitations: number;
  /** Cases received in P whose receipt, and first answered in P whose answer, was sent to the applicant by t. */
  readonly receiptsReached: number;
  readonly answersReached: number;
  /** Text messages of cases written in P; of those, by t taken by the gateway, delivered, failed for good; and the segments of those taken. */
  readonly smsWritten: number;
  readonly smsSent: number;
  readonly smsDelivered: number;
  readonly smsFailed: number;
  readonly smsSegments: number;
  /** Level → cases that first reached it or a higher one in P. */
  readonly escalated: Readonly<Record<string, number>>;
  /** Cases open at any time in P. */
  readonly openInPeriod: number;
  /** Open at t, and their working age. */
  readonly open: number;
  /** People who hold a position of focal point at t; 0 for a group that is not an entity. */
  readonly focalPoints: number;
  readonly medianAge: number | null;
  readonly p90Age: number | null;
  /** Over the resolution targets met in P: time from start to end, and the part of it paused. */
  readonly pausedSeconds: number;
  readonly workingSeconds: number;
}

/** What a period counts in which nothing happened. */
export const noCounts: KpiCounts = {
  received: 0,
  transferred: 0,
  resolved: 0,
  closed: 0,
  rejected: 0,
  scales: {},
  firstResolved: 0,
  reopened: 0,
  appealed: 0,
  settledAtFirst: 0,
  p90Resolution: null,
  receiptsReached: 0,
  answersReached: 0,
  smsWritten: 0,
  smsSent: 0,
  smsDelivered: 0,
  smsFailed: 0,
  smsSegments: 0,
  focalPoints: 0,
  medianResolution: null,
  resolutionDue: 0,
  resolutionDueMet: 0,
  resolutionOnTime: 0,
  responseDue: 0,
  responseOnTime: 0,
  medianResponse: null,
  p90Response: null,
  delayed: [],
  ratings: 0,
  goodRatings: 0,
  ratedCases: 0,
  phoneRatings: 0,
  goodPhoneRatings: 0,
  invitations: 0,
  escalated: {},
  openInPeriod: 0,
  open: 0,
  medianAge: null,
  p90Age: null,
  pausedSeconds: 0,
  workingSeconds: 0,
};
