/**
 * When a sweep of deadlines asks before it acts. What was foreseen passes: a moment that is enforced within half an hour
 * of its coming was known the day before, however many share it, as all those do that fall on the opening of a working
 * week. A sweep that finds many moments that passed longer ago comes after something went wrong (a clock, jobs that stood
 * still, deadlines moved into the past), and what it would write cannot be taken back.
 */
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";

export interface NamedCode {
  readonly code: string;
  readonly name: Bilingual;
}

/** What holds where a programme says nothing. */
export const defaultSweepHold = { sweepHoldPercent: 5, sweepHoldLeast: 200 };

/** A moment enforced no later than this after it came was foreseen. */
export const foreseenMs = 30 * 60_000;

/** How long what was released may take; then it is asked again. */
export const releaseMs = 24 * 3_600_000;

export const longestReleaseReason = 500;

type HoldSettings = { readonly [Name in keyof typeof defaultSweepHold]?: number | undefined };

const settingsOf = (settings: HoldSettings) => ({
  percent: settings.sweepHoldPercent ?? defaultSweepHold.sweepHoldPercent,
  least: settings.sweepHoldLeast ?? defaultSweepHold.sweepHoldLeast,
});

/** On how many open cases a sweep may act late without asking, among so many. */
export function maxUnasked(settings: HoldSettings, open: number): number {
  const { percent, least } = settingsOf(settings);
  return Math.max(least, Math.floor((open * percent) / 100));
}

/** Among so many open cases `late` ones are few enough, so that nobody need count further; 0: whatever their number. */
export function openEnough(settings: HoldSettings, late: number): number {
  const { percent, least } = settingsOf(settings);
  return late <= least ? 0 : Math.ceil((late * 100) / percent);
}

/** A sweep that holds, for people. Moments are ISO. */
export interface HeldSweepView {
  readonly id: number;
  readonly programme: NamedCode;
  readonly since: string;
  /** The moment that the sweep took for now when it looked last, and what the database's clock said then. */
  readonly asOf: string;
  readonly databaseAt: string;
  /** Open cases whose moment passed more than half an hour ago, of how many, and beyond how many it asks; confidential ones not counted. */
  readonly cases: number;
  readonly openCases: number;
  readonly most: number;
  /** About how many letters would be written, and how many of the cases be escalated. */
  readonly letters: number;
  readonly escalated: number;
  readonly oldestDueAt: string;
  /** Null while nobody let it go on. */
  readonly released: { readonly at: string; readonly by: string; readonly reason: string } | null;
  /** Whether the reader may let it go on. */
  readonly mayRelease: boolean;
}

/** @param a moments are written as people read them, in the programme's zone */
export function heldSweepWords(a: {
  programme: Bilingual;
  cases: number;
  openCases: number;
  most: number;
  letters: number;
  escalated: number;
  oldestDueAt: Bilingual;
  asOf: Bilingual;
  databaseAt: Bilingual;
}): Bilingual {
  const { openCases: open, ...more } = a;
  return msg("lifecycle.heldSweep.deadlinesOfOfOpenCases", { open, ...more });
}
