/** Of how many cases each key figure is, and the figures of groups as those get them who read none of the cases one by one. */

import { codesOf } from "../registry.js";
import { type KpiCode, type KpiFigures, kpis } from "./kpi.js";
import { type Hidden, hiddenCells, hiddenInGroups, hiddenParts, hiddenTogether } from "./small-cells.js";

/** Numbers of cases by name; a name is the same number in each figure, and hidden in all of them or in none. */
type Counts = Readonly<Record<string, number>>;

const named = (name: string, counts: Counts): Counts =>
  Object.fromEntries(Object.entries(counts).map(([key, n]) => [`${name} ${key}`, n]));
const received = (f: KpiFigures): Counts => ({ received: f.received });
const resolved = (f: KpiFigures): Counts => ({ resolved: f.resolved });
const firstResolved = (f: KpiFigures): Counts => ({ firstResolved: f.reopened.denominator });
const resolutionDueMet = (f: KpiFigures): Counts => ({ resolutionDueMet: f.onTimeAmongResolved.denominator });
const open = (f: KpiFigures): Counts => ({ open: f.backlog.open });

/** Which numbers of cases a figure shows, or is made of so that they can be reckoned from it and from others. */
const bases: Readonly<Record<KpiCode, (figures: KpiFigures) => Counts>> = {
  received,
  resolved,
  closed: (f) => ({ closed: f.closed }),
  rejected: received,
  onTimeResolution: (f) => ({ resolutionDue: f.onTimeResolution.denominator }),
  onTimeAmongResolved: resolutionDueMet,
  firstResponse: (f) => ({ responseDue: f.firstResponse.denominator }),
  delayed: (f) => ({ delayed: f.delayed }),
  delayedByWorkingDays: (f) => ({ delayed: f.delayed, ...named("delayed", f.delayedByWorkingDays) }),
  medianResolutionWorkingSeconds: firstResolved,
  p90ResolutionWorkingSeconds: firstResolved,
  reopened: firstResolved,
  appealed: firstResolved,
  settledAtFirstAnswer: firstResolved,
  satisfaction: (f) => ({
    ratings: f.satisfaction.denominator,
    invitations: f.satisfaction.responseRate.denominator,
  }),
  satisfactionByTelephone: (f) => ({ phoneRatings: f.satisfactionByTelephone.denominator }),
  satisfactionByScale: (f) =>
    named("scale", Object.fromEntries(Object.entries(f.satisfactionByScale).map(([scale, { n }]) => [scale, n]))),
  escalated: (f) => ({ openInPeriod: Object.values(f.escalated)[0]?.denominator ?? 0 }),
  backlog: open,
  casesPerFocalPoint: open,
  clearance: (f) => ({ ...resolved(f), ...received(f) }),
  misrouted: received,
  // Of working time; of the cases that were answered.
  pauseShare: resolutionDueMet,
  lettersReached: (f) => ({ ...received(f), ...firstResolved(f) }),
  // Text messages, each of one case.
  smsSent: (f) => ({ smsWritten: f.smsSent.denominator }),
  smsDelivered: (f) => ({ smsSent: f.smsDelivered.denominator }),
  smsFailed: (f) => ({ smsWritten: f.smsFailed.denominator }),
  smsSegments: (f) => ({ smsSent: f.smsDelivered.denominator }),
};

/**
 * Counts of a whole and of each entity that its oversight sees however few they are. They are of the cases that are not confidential, and so is
 * every other figure of who does not handle confidential ones: no difference tells of these. Where cases are open, how long they are it is hidden.
 */
const shownCounts = {
  received: ({ received: n }) => n,
  resolved: ({ resolved: n }) => n,
  delayed: ({ delayed: n }) => n,
  backlog: ({ backlog }) => ({ ...backlog, medianWorkingSeconds: null, p90WorkingSeconds: null }),
} as const satisfies { readonly [Code in KpiCode]?: (figures: KpiFigures) => KpiFigures[Code] };

type ShownCount = keyof typeof shownCounts;
export const isShownCount = (code: KpiCode): code is ShownCount => code in shownCounts;

export interface Withheld {
  /** `few`: of fewer than ten cases; `kept`: such a number could be reckoned from it. */
  readonly withheld: Hidden;
}
/** Each figure, or why it is not shown. */
export type SharedFigures = { readonly [Code in KpiCode]: KpiFigures[Code] | Withheld };

export type FigureMarks = Readonly<Record<KpiCode, Hidden | null>>;

/** What is hidden of a count, by its name. */
type ByName<Mark> = ReadonlyMap<string, Mark>;

const numbersOf = (figures: KpiFigures): Counts =>
  Object.assign({}, ...codesOf(kpis).map((code) => bases[code](figures)));

/** @param mark what is to be hidden of a count, by the numbers that it has in each of the figures */
function byName<Mark>(all: readonly KpiFigures[], mark: (name: string) => Mark): ByName<Mark> {
  const names = new Set(all.flatMap((figures) => Object.keys(numbersOf(figures))));
  return new Map([...names].map((name) => [name, mark(name)]));
}

/** What of a count is to be hidden, of parts of a known whole. */
export type Hides = (counts: readonly number[], name: string) => readonly (Hidden | null)[];

/** Count by count, of parts of a known whole. */
function hiddenOf(
  parts: readonly KpiFigures[],
  hides: Hides = (counts) => hiddenParts(counts),
): ByName<readonly (Hidden | null)[]> {
  const numbers = parts.map(numbersOf);
  return byName(parts, (name) =>
    hides(
      numbers.map((one) => one[name] ?? 0),
      name,
    ),
  );
}

/**
 * Services are parts of the entities that provide them too, whose counts are shown, and other numbers where they are not hidden.
 * @param members of each entity its services, by their places
 */
export function hidesServices(entities: readonly KpiFigures[], members: readonly (readonly number[])[]): Hides {
  const ofEntities = hiddenOf(entities);
  return (counts, name) => {
    const isHidden = (i: number) => !isShownSum(name, entities) && ofEntities.get(name)?.[i] != null;
    return hiddenInGroups(
      counts,
      members.map((own, i) => ({ members: own, hidden: isHidden(i) })),
    );
  };
}

/** A figure is hidden where one of its counts is. @param all the figures beside it: a group without a rating has no scale of its own */
function marksAmong(all: readonly KpiFigures[]): (mark: (name: string) => Hidden | null) => FigureMarks {
  const names = codesOf(kpis).map(
    (code) => [code, [...new Set(all.flatMap((figures) => Object.keys(bases[code](figures))))]] as const,
  );
  return (mark) =>
    Object.fromEntries(names.map(([code, some]) => [code, hiddenTogether(some.map(mark))])) as FigureMarks;
}

/** What has to be hidden of figures that are parts of a known whole. A figure alone is a whole of one part. @param hides of what else they are parts */
export function marksOfParts(parts: readonly KpiFigures[], hides?: Hides): FigureMarks[] {
  const [marksOf, hidden] = [marksAmong(parts), hiddenOf(parts, hides)];
  return parts.map((_, i) => marksOf((name) => hidden.get(name)?.[i] ?? null));
}

/** What is a sum of such a table, and shown however few it is. */
const isShownSum = (name: string, sums: readonly KpiFigures[]): boolean =>
  codesOf(shownCounts).some((code) => sums.some((figures) => name in bases[code](figures)));

const places = (marks: readonly (Hidden | null)[] = []): ReadonlySet<number> =>
  new Set(marks.flatMap((mark, i) => (mark === null ? [] : [i])));

/**
 * The same of a table by entity, whose sums of rows and columns are known but for those that are hidden.
 * @param cells a line an entity; null: no case
 * @param sums the figures of each row and of each column; `hides`: of what else columns are parts
 */
export function marksOfCells(
  cells: readonly (readonly (KpiFigures | null)[])[],
  sums: { readonly rows: readonly KpiFigures[]; readonly columns: readonly KpiFigures[]; readonly hides?: Hides },
): FigureMarks[][] {
  const [rows, columns] = [hiddenOf(sums.rows), hiddenOf(sums.columns, sums.hides)];
  const table = cells.map((line) => line.map((cell) => (cell === null ? {} : numbersOf(cell))));
  const all = [...sums.rows, ...sums.columns];
  const hidden = byName(all, (name) =>
    hiddenCells(
      table.map((line) => line.map((counts: Counts) => counts[name] ?? 0)),
      {
        known: () => false,
        hiddenRows: isShownSum(name, sums.rows) ? new Set() : places(rows.get(name)),
        hiddenColumns: places(columns.get(name)),
      },
    ),
  );
  const marksOf = marksAmong(all);
  return cells.map((line, row) =>
    line.map((_, column) => marksOf((name) => hidden.get(name)?.[row]?.[column] ?? null)),
  );
}

/** @param counts they are of a whole or of an entity, and not of another part */
export function sharedFigures(figures: KpiFigures, marks: FigureMarks, counts: boolean): SharedFigures {
  const shown = codesOf(kpis).map((code) => {
    const withheld = marks[code];
    if (withheld === null) return [code, figures[code]];
    return [code, counts && isShownCount(code) ? shownCounts[code](figures) : { withheld }];
  });
  return Object.fromEntries(shown) as SharedFigures;
}
