/**
 * What a digest of figures says, before any word is chosen: plain figures and names in both languages, ready to be stored as the
 * data of a message and shown in either language.
 *
 * It reads in half a minute (screens.md): one sentence of what changed, what is asked, what got worse and why, four numbers each beside
 * its counterpart, one chart, the entities that need a word. Only signals of a process-behaviour chart count as a change.
 */
import { shiftDate } from "../calendar/civil-days.js";
import type { Bilingual } from "../text/text.js";
import { wilson } from "./compare-rates.js";
import type { Asked } from "./digest-asked.js";
import type { DigestChanges, DigestPlace, DigestThresholds, DigestUnit, FigureChange } from "./digest-changes.js";
import type { DigestFigures, Withheld } from "./digest-figures.js";
import type { Followed, NamedPlace } from "./digest-followed.js";
import type { DigestOrders } from "./digest-orders.js";
import type { AnswerQuality, CriticalAt, PlaceApart, Wave } from "./digest-state.js";
import type { DigestWhy, Latest } from "./digest-story.js";
import { type KpiCode, kpis } from "./kpi.js";
import type { DelayBand } from "./kpi-counts.js";
import { leastPoints, signals } from "./process-behaviour.js";
import type { AgainstTarget } from "./shown-kpis.js";
import type { Guarded } from "./small-cells.js";
import type { UrgentCase } from "./urgent-cases.js";
import {
  type HeadlineSignal,
  sideOf,
  type UsualOf,
  usualRanges,
  usualSignals,
  type WatchedFigure,
} from "./usual-signals.js";

/** A share and what it is a share of; `rate` is null for 0/0. */
export interface Share {
  readonly numerator: number;
  readonly denominator: number;
  readonly rate: number | null;
}

/** One period and its figures; `from`–`to` are civil dates, `to` exclusive. */
export interface DigestStep {
  readonly from: string;
  readonly to: string;
  readonly figures: DigestFigures;
  /** Overdue when the letter of this period was written; null: nobody counted then. */
  readonly overdue: number | null;
  /** What of the figures the reader is not shown. */
  readonly withheld?: Withheld;
}

export interface EntityFigures {
  readonly code: string;
  readonly name: Bilingual;
  readonly onTimeResolution: Share;
  readonly delayed: Guarded;
}

/** What changed: nothing unusual, too little history to tell, or the signals. */
export interface Headline {
  readonly kind: "nothing" | "tooEarly" | "changed";
  readonly signals: readonly HeadlineSignal[];
}

/** Of which cases a digest tells, and what its reader may look up. */
export interface DigestScope {
  /** Null: all of the programme. */
  readonly place: DigestPlace | null;
  /** It is of one entity alone. */
  readonly alone: boolean;
  /** The reader's scope on the figures page; null: the reader has none of these figures there. */
  readonly figures: string | null;
  /** The reader may read the cases that are counted. */
  readonly readsCases: boolean;
  /** The reader may read those of some of its entities. */
  readonly insider?: boolean;
  /** What their list is narrowed to, as an address has it; letters of before have none. */
  readonly within?: { readonly under?: string; readonly entity?: string };
}

/** What stands beside the numbers of a digest. Letters of earlier versions have none of it. */
export interface DigestStory {
  readonly unit: DigestUnit;
  readonly thresholds: DigestThresholds;
  readonly changes: DigestChanges;
  readonly latest: Latest | null;
  /** Where it is not told which entity is latest: how many are overdue in all, and on which day the oldest of them fell due. */
  readonly oldest?: { readonly count: Guarded; readonly due: string };
  /** Those with overdue cases after the latest, the most first. Letters of before name none. */
  readonly next?: readonly (DigestPlace & { readonly count: number })[];
  /** For readers who may read them. */
  readonly urgent?: readonly UrgentCase[];
  readonly whys: readonly DigestWhy[];
  readonly ageing: Readonly<Record<DelayBand, Guarded>>;
  readonly named: readonly NamedPlace[];
  /** What is critical and overdue, who is behind, who does well, what came in more often, how good answers are. Letters of before have none. */
  readonly critical?: readonly CriticalAt[];
  /** The highest importance level: of it these are. */
  readonly criticalLevel?: Bilingual | null;
  readonly behind?: readonly PlaceApart[];
  readonly ahead?: readonly PlaceApart[];
  readonly waves?: readonly Wave[] | null;
  readonly quality?: AnswerQuality | null;
  /** The one entity of several that has all cases. */
  readonly single?: string;
}

/** What of a digest is its receiver's own. */
export interface DigestForReader {
  readonly scope: DigestScope;
  /** How the figures lie to the targets of the reader's role. */
  readonly targets: Readonly<Partial<Record<WatchedFigure, AgainstTarget>>>;
  readonly asked: readonly Asked[];
  /** Null: there was no letter before this one. */
  readonly followed: readonly Followed[] | null;
  /** What the next letter follows. Letters of before have none: there the story's own names are followed. */
  readonly named?: readonly NamedPlace[];
  /** The oldest overdue case that the last letter named, for those who read it. */
  readonly oldestThen?: { readonly reference: string; readonly isOverdue: boolean };
  /** What became of what the reader asked; left out: nothing was. */
  readonly orders?: DigestOrders;
  /** What the reader's alerts said of these cases in the period. Letters of before have none. */
  readonly alerts?: readonly DigestAlert[];
}

/** An alert about a figure that held in the period. */
export interface DigestAlert {
  /** "Answered on time: below 80%, for 2 weeks in a row" */
  readonly sentence: Bilingual;
  readonly figure: KpiCode;
  /** First day of the first period in which it held, and of the one in which it no longer did; null: it goes on. */
  readonly since: string;
  readonly ended: string | null;
}

export interface FiguresDigest {
  readonly programme: Bilingual;
  readonly from: string;
  readonly to: string;
  /** Report time: what is delayed is delayed then. */
  readonly at: string;
  /** A preview of a moment that was over: which cases were overdue then is not in it. */
  readonly past?: boolean;
  readonly headline: Headline;
  /** Where each number usually lies; none of one that was hidden in a period, or has too few. Letters of before have none. */
  readonly usual?: Readonly<Partial<Record<WatchedFigure, UsualOf>>>;
  readonly now: DigestFigures;
  /** Null: there is no whole period before, see `figuresBegin`. */
  readonly before: DigestFigures | null;
  /** What of these is hidden from the reader; there they are 0. Missing: nothing. */
  readonly withheld?: { readonly now: Withheld; readonly before: Withheld };
  readonly chart: TrendChart;
  readonly entities: readonly EntityFigures[];
  /** First day of the weeks over which the entities were compared. */
  readonly entitiesFrom: string;
  /** At least so many came to the programme so far and are in no figure, in full tens; null: fewer than ten. Letters of before say nothing. */
  readonly confidentialCases?: number | null;
  readonly story?: DigestStory;
  readonly reader?: DigestForReader;
}

/** On-time resolution period by period, rates 0–1; null where nothing fell due. */
export interface TrendChart {
  readonly points: readonly {
    /** First day of the period. */
    readonly week: string;
    readonly rate: number | null;
    readonly amongResolved: number | null;
    readonly signal: boolean;
  }[];
  readonly mean: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** Periods that a digest looks back over: of weeks a quarter, of months a year and the one that it tells of. */
export const digestSteps = 13;
const maxEntities = 5;

/** The last whole week, Sunday to Saturday, before a civil date. `to` is exclusive. */
export function weekBefore(today: string): { from: string; to: string } {
  const weekday = new Date(`${today}T00:00:00Z`).getUTCDay();
  const to = shiftDate(today, -weekday);
  return { from: shiftDate(to, -7), to };
}

/**
 * A digest from figures that `kpi` counted.
 * @param steps the periods in order, the told one last; at least one
 * @param entities those that need a word, see `entitiesInNeed`
 */
export function figuresDigest(a: {
  programme: Bilingual;
  at: Date;
  steps: readonly DigestStep[];
  entities: readonly EntityFigures[];
  confidentialCases: number | null;
  story?: DigestStory;
}): FiguresDigest {
  const last = a.steps.at(-1);
  const first = a.steps[0];
  if (!last || !first) throw new Error("A digest needs at least one period");
  const before = a.steps.at(-2) ?? null;
  const onTime = a.steps.map((step) => step.figures.onTimeResolution.rate);
  const chart = signals(onTime);
  const limited = onTime.filter((rate) => rate !== null).length >= leastPoints;
  return {
    programme: a.programme,
    from: last.from,
    to: last.to,
    at: a.at.toISOString(),
    headline: headlineOf(a.steps, a.story),
    usual: shownUsual(a.steps),
    now: last.figures,
    before: before && { ...before.figures, delayed: before.overdue ?? before.figures.delayed },
    ...(last.withheld && { withheld: { now: last.withheld, before: before?.withheld ?? {} } }),
    chart: {
      points: a.steps.map((step, i) => ({
        week: step.from,
        rate: onTime[i] ?? null,
        amongResolved: step.figures.onTimeAmongResolved.rate,
        signal: limited && (chart.points[i]?.signal ?? false),
      })),
      mean: limited ? chart.mean : null,
      lower: limited && chart.lower !== null ? Math.max(0, chart.lower) : null,
      upper: limited && chart.upper !== null ? Math.min(1, chart.upper) : null,
    },
    entities: a.entities,
    entitiesFrom: first.from,
    confidentialCases: a.confidentialCases,
    ...(a.story && { story: a.story }),
  };
}

const kept: Readonly<Record<WatchedFigure, keyof Withheld>> = {
  onTime: "onTimeResolution",
  delayed: "delayed",
  received: "received",
  satisfaction: "satisfaction",
};

/** Of a figure that its reader was not shown in one of the periods no range is told either. */
function shownUsual(steps: readonly DigestStep[]): NonNullable<FiguresDigest["usual"]> {
  const isHidden = (figure: WatchedFigure) => steps.some(({ withheld }) => withheld?.[kept[figure]] !== undefined);
  return Object.fromEntries(
    Object.entries(usualRanges(steps)).filter(([figure]) => !isHidden(figure as WatchedFigure)),
  );
}

/** What chance does not explain in the told period, the worse first: what the charts say, and of a figure too young for one what the story says. */
function headlineOf(steps: readonly DigestStep[], story: DigestStory | undefined): Headline {
  const verdicts = usualSignals(steps);
  const { worse = [], better = [] } = story?.changes ?? {};
  const young = [...worse, ...better].flatMap(signalOfYoung);
  const signals = Object.entries(verdicts)
    .flatMap(([figure, verdict]) =>
      typeof verdict === "object" ? verdict.signal : young.filter((one) => one.figure === figure),
    )
    .sort((a, b) => sideOf(a) - sideOf(b));
  if (signals.length > 0) return { kind: "changed", signals };
  const isJudged = Object.values(verdicts).some((verdict) => verdict !== "tooEarly");
  return { kind: isJudged ? "nothing" : "tooEarly", signals };
}

const numberOf = (value: FigureChange["now"]): number =>
  typeof value === "number" ? value : value.numerator / value.denominator;

/** A change of the whole that was compared with what was before, as there is no usual range yet. */
function signalOfYoung({ figure, place, now, before, signal }: FigureChange): HeadlineSignal[] {
  if (place !== null || signal !== undefined || before === null) return [];
  const [value, was] = [numberOf(now), numberOf(before)];
  const direction = value > was ? "up" : "down";
  return [{ figure: figure === "overdue" ? "delayed" : figure, direction, value, range: null, before: was }];
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
