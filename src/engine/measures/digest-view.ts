/**
 * What the digests say, before any word is chosen: plain figures and names in both languages, ready to be stored as the
 * data of a message and shown in either language.
 *
 * The committee's digest reads in half a minute (screens.md): one sentence of what changed, four numbers each beside its
 * counterpart, one chart, the entities that need a word. Only signals of a process-behaviour chart count as a change.
 */
import { shiftDate } from "../calendar/civil-days.js";
import type { Bilingual } from "../text/text.js";
import { type FiguresAt, kpis } from "./kpi.js";

// Process-behaviour (XmR) chart: which values are news and which are the usual coming and going.
// Limits and detection rules after D. J. Wheeler, "Understanding Variation" (1993) and "Making Sense of Data" (2003):
// natural limits lie 2.66 average moving ranges from the average (2.66 = 3 / d2 with d2 = 1.128 for ranges of two).

type XmrRule =
  /** Outside the natural limits. */
  | "outside-limits"
  /** Three of four successive values nearer to the same limit than to the average. */
  | "near-limit"
  /** Eight successive values on the same side of the average. */
  | "run-of-eight";

interface XmrPoint {
  readonly signal: boolean;
  readonly rule: XmrRule | null;
}

/** `mean` and limits are null where there is no value at all; limits equal the mean where there is no variation. */
interface XmrChart {
  readonly mean: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** One a value, in order; a value that is missing is no signal. */
  readonly points: readonly XmrPoint[];
}

const scale = 2.66;
const quiet: XmrPoint = { signal: false, rule: null };
/** Sums of rates carry rounding noise: what is closer than this to a line lies on it. */
const tolerance = 1e-9;

interface Line {
  readonly mean: number;
  readonly half: number;
}

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const sideOf = (value: number, { mean }: Line): number =>
  Math.abs(value - mean) <= tolerance ? 0 : Math.sign(value - mean);

/** Which side's limit a value is nearer to than to the average; 0 for neither. */
function nearerLimit(value: number, line: Line): number {
  return line.half > tolerance && Math.abs(value - line.mean) > line.half / 2 + tolerance ? sideOf(value, line) : 0;
}

/** The rule by which the value at `i` is a signal: a run is one from its last member on. */
function ruleAt(values: readonly number[], i: number, line: Line): XmrRule | null {
  const value = values[i] as number;
  if (Math.abs(value - line.mean) > line.half + tolerance) return "outside-limits";
  const near = nearerLimit(value, line);
  if (near !== 0 && i >= 3) {
    const four = values.slice(i - 3, i + 1);
    if (four.filter((v) => nearerLimit(v, line) === near).length >= 3) return "near-limit";
  }
  const side = sideOf(value, line);
  if (side !== 0 && i >= 7 && values.slice(i - 7, i).every((v) => sideOf(v, line) === side)) return "run-of-eight";
  return null;
}

/** Average, natural limits and signals of a series; missing values (nothing fell due that week) are passed over. */
export function signals(values: readonly (number | null)[]): XmrChart {
  const known = values.filter((value): value is number => value !== null);
  if (known.length === 0) return { mean: null, lower: null, upper: null, points: values.map(() => quiet) };
  const ranges = known.slice(1).map((value, i) => Math.abs(value - (known[i] as number)));
  const mean = average(known);
  const half = ranges.length === 0 ? 0 : scale * average(ranges);
  const line = { mean, half };
  // One value alone has no usual range to leave.
  const rules = known.map((_, i) => (known.length < 2 ? null : ruleAt(known, i, line)));
  let next = 0;
  const points = values.map((value) => {
    const rule = value === null ? null : (rules[next++] ?? null);
    return rule === null ? quiet : { signal: true, rule };
  });
  return { mean, lower: mean - half, upper: mean + half, points };
}

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
/** Fewer points than this make no limits worth the name (Wheeler, "Understanding Variation": five or six). */
const leastPoints = 6;

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
        e.onTimeResolution.denominator >= kpis.onTimeResolution.leastN && wilsonUpper(e.onTimeResolution) < overall,
    )
    .sort((a, b) => shortfall(b) - shortfall(a) || (a.code < b.code ? -1 : 1))
    .slice(0, maxEntities);
}

function wilsonUpper({ numerator, denominator: n }: Share): number {
  const z = 1.96;
  const p = numerator / n;
  return (p + (z * z) / (2 * n) + z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
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
