/**
 * What the digests say, before any word is chosen: plain figures and names in both languages, ready to be stored as the
 * data of a message and shown in either language.
 *
 * The committee's digest reads in half a minute (screens.md): one sentence of what changed, four numbers each beside its
 * counterpart, one chart, the entities that need a word. Only signals of a process-behaviour chart count as a change.
 */
import { shiftDate } from "../calendar/civil-days.js";
import type { Bilingual } from "../text/text.js";
import { wilson } from "./compare-rates.js";
import { type FiguresAt, kpis } from "./kpi.js";
import { leastPoints, signals } from "./process-behaviour.js";

/** A share and what it is a share of; `rate` is null for 0/0. */
export interface Share {
  readonly numerator: number;
  readonly denominator: number;
  readonly rate: number | null;
}

/** The figures of one period that a digest shows: a part of what `diwan kpi` prints. */
export type DigestFigures = FiguresAt<"committeeDigest">;

/** One week and its figures; `from`–`to` are civil dates, `to` exclusive. */
export interface DigestWeek {
  readonly from: string;
  readonly to: string;
  readonly figures: DigestFigures;
}

export interface EntityFigures {
  readonly code: string;
  readonly name: Bilingual;
  readonly onTimeResolution: Share;
  readonly delayed: number;
}

/** What changed: nothing unusual, too little history to tell, or the signals. */
export interface Headline {
  readonly kind: "nothing" | "tooEarly" | "changed";
  readonly signals: readonly HeadlineSignal[];
}
export interface HeadlineSignal {
  readonly figure: "onTime" | "delayed" | "received" | "satisfaction";
  readonly direction: "up" | "down";
  readonly value: number;
  /** The usual range that the value left, or null when a run of weeks gave the signal. */
  readonly range: { readonly lower: number; readonly upper: number } | null;
}

export interface CommitteeDigest {
  readonly programme: Bilingual;
  readonly from: string;
  readonly to: string;
  /** Report time: what is delayed is delayed then. */
  readonly at: string;
  readonly headline: Headline;
  readonly now: DigestFigures;
  readonly before: DigestFigures;
  readonly chart: TrendChart;
  readonly entities: readonly EntityFigures[];
  /** First day of the weeks over which the entities were compared. */
  readonly entitiesFrom: string;
  /** At least so many came to the programme so far and are in no figure, in full tens; null: fewer than ten. Letters of before say nothing. */
  readonly confidentialCases?: number | null;
}

/** On-time resolution week by week, rates 0–1; null where nothing fell due. */
export interface TrendChart {
  readonly points: readonly {
    readonly week: string;
    readonly rate: number | null;
    readonly amongResolved: number | null;
    readonly signal: boolean;
  }[];
  readonly mean: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** Weeks that a digest looks back over: a quarter. */
export const digestWeeks = 13;
const maxEntities = 5;

/** The last whole week, Sunday to Saturday, before a civil date. `to` is exclusive. */
export function weekBefore(today: string): { from: string; to: string } {
  const weekday = new Date(`${today}T00:00:00Z`).getUTCDay();
  const to = shiftDate(today, -weekday);
  return { from: shiftDate(to, -7), to };
}

/**
 * The committee's digest from figures that `kpi` counted.
 * @param weeks the weeks in order, the reported one last; at least one
 * @param entities figures of each entity over all these weeks
 */
export function committeeDigest(a: {
  programme: Bilingual;
  at: Date;
  weeks: readonly DigestWeek[];
  entities: readonly EntityFigures[];
  confidentialCases: number | null;
}): CommitteeDigest {
  const last = a.weeks.at(-1);
  const first = a.weeks[0];
  if (!last || !first) throw new Error("A digest needs at least one week");
  const onTime = a.weeks.map((week) => week.figures.onTimeResolution.rate);
  const chart = signals(onTime);
  const limited = onTime.filter((rate) => rate !== null).length >= leastPoints;
  return {
    programme: a.programme,
    from: last.from,
    to: last.to,
    at: a.at.toISOString(),
    headline: headlineOf(a.weeks),
    now: last.figures,
    before: (a.weeks.at(-2) ?? last).figures,
    chart: {
      points: a.weeks.map((week, i) => ({
        week: week.from,
        rate: onTime[i] ?? null,
        amongResolved: week.figures.onTimeAmongResolved.rate,
        signal: limited && (chart.points[i]?.signal ?? false),
      })),
      mean: limited ? chart.mean : null,
      lower: limited && chart.lower !== null ? Math.max(0, chart.lower) : null,
      upper: limited && chart.upper !== null ? Math.min(1, chart.upper) : null,
    },
    entities: entitiesInNeed(a.entities),
    entitiesFrom: first.from,
    confidentialCases: a.confidentialCases,
  };
}

const watched: Record<HeadlineSignal["figure"], (figures: DigestFigures) => number | null> = {
  onTime: (figures) => figures.onTimeResolution.rate,
  delayed: (figures) => figures.delayed,
  received: (figures) => figures.received,
  satisfaction: (figures) => figures.satisfaction.rate,
};

/** Signals in the reported week; a week that merely differs from the one before is no news. */
function headlineOf(weeks: readonly DigestWeek[]): Headline {
  let judged = false;
  const found: HeadlineSignal[] = [];
  for (const [figure, read] of Object.entries(watched) as [HeadlineSignal["figure"], (typeof watched)["onTime"]][]) {
    const values = weeks.map((week) => read(week.figures));
    const value = values.at(-1) ?? null;
    if (value === null || values.filter((v) => v !== null).length < leastPoints) continue;
    judged = true;
    const chart = signals(values);
    const point = chart.points.at(-1);
    if (!point?.signal || chart.mean === null || chart.lower === null || chart.upper === null) continue;
    found.push({
      figure,
      direction: value > chart.mean ? "up" : "down",
      value,
      range: point.rule === "outside-limits" ? { lower: Math.max(0, chart.lower), upper: chart.upper } : null,
    });
  }
  if (found.length > 0) return { kind: "changed", signals: found };
  return { kind: judged ? "nothing" : "tooEarly", signals: [] };
}

/**
 * Entities with at least 30 cases whose on-time rate lies below that of all by more than chance explains, the largest
 * shortfall of cases first. Chance: the upper end of Wilson's interval at 95 % (E. B. Wilson, JASA 22, 1927).
 */
export function entitiesInNeed(entities: readonly EntityFigures[]): EntityFigures[] {
  const total = entities.reduce((sum, e) => sum + e.onTimeResolution.denominator, 0);
  const onTime = entities.reduce((sum, e) => sum + e.onTimeResolution.numerator, 0);
  if (total === 0) return [];
  const overall = onTime / total;
  const shortfall = ({ onTimeResolution: s }: EntityFigures) => overall * s.denominator - s.numerator;
  return entities
    .filter(
      (e) =>
        e.onTimeResolution.denominator >= kpis.onTimeResolution.leastN &&
        (wilson(e.onTimeResolution)?.upper ?? 1) < overall,
    )
    .sort((a, b) => shortfall(b) - shortfall(a) || (a.code < b.code ? -1 : 1))
    .slice(0, maxEntities);
}

/** A case as a focal point's digest lists it. Confidential cases are named by their reference only: `subject` is null. */
export interface DigestCase {
  readonly reference: string;
  readonly subject: string | null;
  readonly importance: Bilingual | null;
  readonly dueAt: string | null;
  /** Until it falls due; negative when late; null when no clock runs. Working seconds, or of the wall where `wall`. */
  readonly secondsLeft: number | null;
  readonly wall?: boolean;
  /** How many of these seconds make a day; letters of earlier versions say it once for all cases. */
  readonly daySeconds?: number | null;
  readonly reopened: boolean;
}

export interface FocalPointDigest {
  readonly programme: Bilingual;
  readonly date: string;
  readonly at: string;
  readonly entities: readonly Bilingual[];
  /** Only in letters of earlier versions: for all cases. */
  readonly daySeconds?: number;
  /** Three groups without overlap: late, due today, otherwise reopened. */
  readonly groups: readonly {
    readonly name: FocalGroup;
    readonly count: number;
    readonly cases: readonly DigestCase[];
  }[];
  /** What else waited for the morning of the receiver, as a gathered letter says it (`engine/letters/gather-letters.ts`). */
  readonly gathered?: Readonly<Record<string, unknown>>;
}
export const focalGroups = ["late", "dueToday", "reopened"] as const;
export type FocalGroup = (typeof focalGroups)[number];

/** Cases of a group that are listed; the rest is counted. */
export const maxListed = 8;

/** What one entity has in one group: how many, and the most pressing of them. */
export interface EntityGroup {
  readonly group: FocalGroup;
  readonly count: number;
  readonly cases: readonly DigestCase[];
}

/** Null when there is nothing to say: nobody is written to for that. */
export function focalPointDigest(a: {
  programme: Bilingual;
  date: string;
  at: Date;
  entities: readonly Bilingual[];
  groups: readonly EntityGroup[];
}): FocalPointDigest | null {
  const groups = focalGroups.map((name) => {
    const parts = a.groups.filter(({ group }) => group === name);
    const cases = parts.flatMap((part) => part.cases).sort(byUrgency);
    return { name, count: parts.reduce((sum, { count }) => sum + count, 0), cases: cases.slice(0, maxListed) };
  });
  if (groups.every(({ count }) => count === 0)) return null;
  return {
    programme: a.programme,
    date: a.date,
    at: a.at.toISOString(),
    entities: a.entities,
    groups,
  };
}

function byUrgency(a: DigestCase, b: DigestCase): number {
  const left = (theCase: DigestCase) => theCase.secondsLeft ?? Number.POSITIVE_INFINITY;
  return left(a) === left(b) ? (a.reference < b.reference ? -1 : 1) : left(a) - left(b);
}
