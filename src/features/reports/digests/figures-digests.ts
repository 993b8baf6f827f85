/** Letters of figures: what was counted once becomes the letter of each scope, and what is its receiver's own is added. */

import type { RoleCode } from "../../../engine/access/roles.js";
import { civilDate } from "../../../engine/calendar/civil-days.js";
import { askedAgain, askedOf, type EscalatedTo } from "../../../engine/measures/digest-asked.js";
import {
  changesOf,
  type DigestChanges,
  type DigestPlace,
  type DigestThresholds,
  type DigestUnit,
  type FigureChange,
  type PlaceSeries,
} from "../../../engine/measures/digest-changes.js";
import { addFigures, guardedStep } from "../../../engine/measures/digest-figures.js";
import {
  carriedOn,
  followedOf,
  type NamedPlace,
  namedIn,
  type PlaceNow,
} from "../../../engine/measures/digest-followed.js";
import type { DigestOrders, OrderAct } from "../../../engine/measures/digest-orders.js";
import { stateFigures } from "../../../engine/measures/digest-state.js";
import { type DigestWhy, type Latest, latestOf, reasonsOf } from "../../../engine/measures/digest-story.js";
import {
  type DigestForReader,
  type DigestStory,
  type EntityFigures,
  entitiesInNeed,
  type FiguresDigest,
  figuresDigest,
} from "../../../engine/measures/digest-view.js";
import { type DigestGuard, digestGuard, guardedAgeing, hidesGroup } from "../../../engine/measures/guard-digest.js";
import { againstTarget, targetOf } from "../../../engine/measures/shown-kpis.js";
import { isFew, isHidden } from "../../../engine/measures/small-cells.js";
import { usualSignals } from "../../../engine/measures/usual-signals.js";
import type { Setup } from "../../../engine/setup/setup.js";
import type { ScopeAlert } from "../alerts/figure-alerts.service.js";
import { type CountedDigest, type CountedStep, type CountingParts, countGroups, scopedStep } from "./count-digest.js";
import { answersFor, type Digest, type ReaderScope } from "./digest-receivers.js";
import { stateIn } from "./scope-state.js";

const maxWhys = 3;

/** The entities of a scope that have cases. */
function placesIn({ setup, steps }: CountedDigest, entities: readonly string[] | null) {
  const own = entities === null ? null : new Set(entities);
  const codes = new Set(steps.flatMap(({ groups }) => [...groups.keys()]));
  return [...codes].sort().flatMap((code) => {
    const entity = setup.entities.get(code);
    return entity === undefined || (own !== null && !own.has(code)) ? [] : [{ code, name: entity.name }];
  });
}

function seriesOf(
  counted: CountedDigest,
  place: PlaceSeries["place"],
  entities: readonly string[] | null,
): PlaceSeries {
  const steps = counted.steps.map((step) => scopedStep(step, entities));
  return {
    place,
    periods: steps.map(({ figures }) => figures),
    overdue: steps.at(-1)?.overdue ?? 0,
    overdueBefore: steps.at(-2)?.overdue ?? null,
    open: steps.at(-1)?.open ?? 0,
  };
}

const entityFigures = (
  { steps }: CountedDigest,
  { code, name }: { code: string; name: EntityFigures["name"] },
): EntityFigures => {
  const all = addFigures(steps.flatMap(({ groups }) => groups.get(code) ?? []));
  return { code, name, onTimeResolution: all.onTimeResolution, delayed: steps.at(-1)?.groups.get(code)?.delayed ?? 0 };
};

/** Why something changed, and why the latest is late: what carries it. */
async function whysOf(
  parts: CountingParts,
  counted: CountedDigest,
  a: { scope: ReaderScope; worse: readonly FigureChange[]; latest: Latest | null; guard: DigestGuard | null },
): Promise<DigestWhy[]> {
  const { guard } = a;
  const from = counted.steps.map(({ period }) => period.from);
  const last = counted.steps.at(-1)?.period;
  if (last === undefined) return [];
  const entitiesOf = (place: FigureChange["place"]) => (place === null ? a.scope.entities : [place.code]);
  const reasonsFor = async (why: Omit<DigestWhy, "reasons" | "since">, since: string | null): Promise<DigestWhy> => {
    const start = since === null ? from.length - 1 : from.indexOf(since);
    // What left its usual range is compared with what is usual; what moved with as many periods as there are since.
    const first = why.usual === true ? 0 : Math.max(0, 2 * start - from.length);
    const window = {
      before: { from: from[first] ?? last.from, to: from[start] ?? last.from },
      after: { from: from[start] ?? last.from, to: last.to },
    };
    const groups = await countGroups(parts, {
      counted,
      entities: entitiesOf(why.place),
      wrong: why.figure,
      ...(why.figure === "overdue" ? { before: null, after: last } : window),
    });
    const isSilent = guard?.silent === true && why.place === null;
    const found = isSilent ? [] : reasonsOf(groups, guard === null ? undefined : hidesGroup(why.figure));
    // Which service or type it is, the reasons of the entity that carries it say, by its own cases.
    const carrier = why.place === null ? found.filter(({ dimension }) => dimension === "entity") : [];
    const reasons = carrier.length > 0 ? carrier : found;
    const isHiddenHere = guard !== null && reasons.length === 0 && reasonsOf(groups).length > 0;
    return { ...why, since, reasons, ...(isHiddenHere && { hidden: true }) };
  };
  // Of an entity rather than of all: that all got worse is explained by it.
  const changes = [...a.worse].sort((x, y) => Number(x.place === null) - Number(y.place === null));
  const whys: DigestWhy[] = [];
  for (const { figure, place, since, signal } of changes.slice(0, maxWhys))
    whys.push(await reasonsFor({ figure, place, ...(signal && since === null && { usual: true }) }, since));
  const { latest } = a;
  if (
    latest !== null &&
    // Where nothing open is in time, no service can be late more often than the others.
    latest.count !== latest.open &&
    !changes.some(({ place, figure }) => place?.code === latest.code && figure !== "satisfaction")
  ) {
    whys.push(await reasonsFor({ figure: "overdue", place: { code: latest.code, name: latest.name } }, null));
  }
  return whys;
}

const maxNext = 3;
/** Who else has overdue cases, the most first: what is overdue of an entity is told to each reader. */
const nextAfter = (
  { overdue }: CountedDigest,
  { latest, places }: { latest: Latest | null; places: readonly DigestPlace[] },
): NonNullable<DigestStory["next"]> =>
  [...overdue]
    .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1))
    .flatMap(({ code, count }) => {
      const place = places.find((one) => one.code === code);
      return place === undefined || code === latest?.code ? [] : [{ ...place, count }];
    })
    .slice(0, maxNext);

/** Since when it answers late is told where its share is. */
const shownLatest = (latest: Latest, guard: DigestGuard): Latest =>
  guard.onTime(latest.code) === null ? latest : { ...latest, since: null, onTime: null };

/** What a letter says of a scope to all of its readers; and the figures of its entities, so that an earlier letter can be followed up. */
export interface ScopedDigest {
  readonly setup: Setup;
  readonly digest: FiguresDigest;
  readonly now: ReadonlyMap<string, PlaceNow>;
}

/** Where one entity has all cases, the whole is this entity: what is asked and followed up names it. */
function changesAt(place: DigestPlace, { worse, better }: DigestChanges): DigestChanges {
  const there = (changes: readonly FigureChange[]) => changes.map((change) => ({ ...change, place }));
  return { worse: there(worse), better: there(better) };
}

export async function scopedDigest(
  parts: CountingParts,
  counted: CountedDigest,
  a: { digest: Digest; scope: ReaderScope },
): Promise<ScopedDigest> {
  const { setup, now } = counted;
  const { entities } = a.scope;
  const from = counted.steps.map(({ period }) => period.from);
  const thresholds: DigestThresholds = { leastChange: a.digest.leastChange, leastCases: a.digest.leastCases };
  const unit: DigestUnit = a.digest.period;
  const places = placesIn(counted, entities);
  const whole = seriesOf(counted, null, entities);
  const each = places.map((place) => seriesOf(counted, place, [place.code]));
  const series = places.length === 1 ? [whole] : [whole, ...each];
  const steps = counted.steps.map((step) => scopedStep(step, entities));
  const single = entities?.length === 1;
  // As on the figures page: who reads none of these cases is shown no number of few of them.
  const guard = a.scope.scope.readsCases
    ? null
    : digestGuard({ whole, each, from, single, insiders: a.scope.scope.insider === true });
  const scoped = guard !== null && single ? steps.map(guardedStep) : steps;
  const found = changesOf({ series, from, unit, thresholds, verdicts: usualSignals(scoped), shows: guard?.shows });
  const [only] = places;
  const changes = entities !== null && places.length === 1 && only !== undefined ? changesAt(only, found) : found;
  const own = new Set(places.map(({ code }) => code));
  const most = latestOf({
    overdue: counted.overdue.flatMap(({ code, count, oldestDue, oldest }) => {
      const place = places.find((one) => one.code === code);
      const due = civilDate(oldestDue, setup.programme.timeZone);
      return place === undefined || !own.has(code) ? [] : [{ ...place, count, oldestDue: due, oldest }];
    }),
    series: each,
    from,
  });
  const latest = most === null || guard === null ? most : shownLatest(most, guard);
  const figures = places.map((place) => entityFigures(counted, place));
  // Over all periods somebody may be below the others who is not any more.
  const recovered = new Set(changes.better.flatMap(({ figure, place }) => (figure === "onTime" ? [place?.code] : [])));
  const below = (places.length === 1 ? [] : entitiesInNeed(figures)).filter(({ code }) => !recovered.has(code));
  const needy = below.flatMap((one): EntityFigures[] =>
    guard === null || guard.onTimeOfAll(one.code) === null ? [one] : [],
  );
  const state = await stateIn(parts, counted, { entities, places, whole, each, from, unit, thresholds, guard });
  const today = new Map(
    each.map(({ place, periods, overdue }): [string, PlaceNow] => {
      const code = place?.code ?? "";
      const none = { numerator: 0, denominator: 0 };
      const { onTimeResolution, satisfaction } = periods.at(-1) ?? { onTimeResolution: none, satisfaction: none };
      return [
        code,
        {
          onTime: guard?.onTime(code) ?? onTimeResolution,
          overdue,
          satisfaction: guard?.satisfaction(code) ?? satisfaction,
          critical: state.critical.find((one) => one.code === code)?.count ?? 0,
          criticalCases: state.critical.find((one) => one.code === code)?.cases ?? [],
        },
      ];
    }),
  );
  const bands = scoped.at(-1)?.bands;
  if (bands === undefined) throw new Error("a digest needs at least one period");
  const story: DigestStory = {
    unit,
    thresholds,
    changes,
    latest,
    next: nextAfter(counted, { latest, places }),
    whys: await whysOf(parts, counted, { scope: a.scope, worse: changes.worse, latest, guard }),
    ageing: guard === null ? bands : guardedAgeing(bands, guard.silent),
    ...(changes !== found && only !== undefined && { single: only.code }),
    ...state,
    criticalLevel: setup.importanceLevels.get(counted.criticalLevel ?? "")?.name ?? null,
    named: namedIn({
      ...{ changes: [...changes.worse, ...changes.better], latest, entities: needy, now: today },
      ...{ critical: state.critical, behind: state.behind },
    }),
  };
  const digest = figuresDigest({
    programme: setup.programme.name,
    at: now,
    steps: scoped.map(({ bands: _, ...step }, i) => {
      const { from: start, to } = (counted.steps[i] as CountedStep).period;
      return { ...step, from: start, to };
    }),
    entities: needy,
    confidentialCases: counted.confidentialCases,
    story,
  });
  return { setup, digest, now: today };
}

/** By the first of a receiver's roles that has one. Shares and cases alone: no length of a day is asked for. */
function targetsFor({ digest, setup }: ScopedDigest, roles: readonly RoleCode[]): DigestForReader["targets"] {
  const { now, withheld } = digest;
  const values = [
    ["onTime", "onTimeResolution", now.onTimeResolution.rate],
    ["delayed", "delayed", withheld?.now.delayed === undefined ? now.delayed : null],
    ["satisfaction", "satisfaction", now.satisfaction.rate],
  ] as const;
  return Object.fromEntries(
    values.flatMap(([figure, code, value]) => {
      const [target] = roles.flatMap((role) => targetOf(setup, role, code) ?? []);
      const lies = target === undefined ? null : againstTarget(target, value, 0);
      return lies === null ? [] : [[figure, lies]];
    }),
  );
}

/** Letters of before kept all shares for every reader. */
const guardedNow = <Now extends PlaceNow>(place: Now): Now => ({
  ...place,
  onTime: !isHidden(place.onTime) && isFew(place.onTime.denominator) ? "few" : place.onTime,
});
const guardedPlace = ({ first, ...place }: NamedPlace): NamedPlace => ({
  ...guardedNow(place),
  ...(first && { first: guardedNow(first) }),
});

/** Where the same entity is latest again, what is older than its oldest case now is not overdue any more. Null: it cannot be said. */
function oldestThen(
  then: Latest | null | undefined,
  now: Latest | null | undefined,
): DigestForReader["oldestThen"] | null {
  if (!then || (now && now.code !== then.code)) return null;
  const isOverdue = now?.oldest === then.oldest;
  return now && !isOverdue && now.oldestDue < then.oldestDue ? null : { reference: then.oldest, isOverdue };
}

/** What of a letter is its receiver's own. @param last the data of their last letter of this digest */
export function forReader(
  scoped: ScopedDigest,
  a: {
    scope: ReaderScope;
    roles: readonly RoleCode[];
    escalated: readonly EscalatedTo[];
    last: Readonly<Record<string, unknown>> | null;
    alerts: readonly ScopeAlert[];
    /** By when what is critical is asked, and all else. */
    until: { readonly critical: string; readonly other: string } | null;
    /** What became of what they asked. */
    orders: DigestOrders;
    acts: (entity: string) => readonly OrderAct[];
  },
): DigestForReader {
  const { digest, now, setup } = scoped;
  const { story } = digest;
  const targets = targetsFor(scoped, a.roles);
  const then = a.last?.story as DigestStory | undefined;
  const lastReader = a.last?.reader as DigestForReader | undefined;
  const known = lastReader?.named ?? then?.named ?? null;
  const named = known === null || a.scope.scope.readsCases ? known : known.map(guardedPlace);
  const followed = named === null ? null : followedOf(named, now);
  const lastAsked = lastReader?.asked ?? [];
  const dayOf = (at: string) => civilDate(new Date(at), setup.programme.timeZone);
  const lastAt = a.last?.at;
  const oldest = a.scope.scope.readsCases ? oldestThen(then?.latest, digest.story?.latest) : null;
  return {
    scope: a.scope.scope,
    targets,
    asked: askedAgain(
      askedOf({
        escalated: a.escalated,
        worse: story?.changes.worse ?? [],
        latest: story?.latest ?? null,
        ...{ critical: story?.critical ?? [], behind: story?.behind ?? [], waves: story?.waves ?? [] },
        ahead: story?.ahead ?? [],
        quality: story?.quality ?? null,
        off: stateFigures.flatMap((figure) => {
          const { rate } = figure === "onTime" ? digest.now.onTimeResolution : digest.now.satisfaction;
          const lies = targets[figure];
          return rate === null || lies?.standing !== "off" ? [] : [{ figure, rate, target: lies.target }];
        }),
        alone: a.scope.scope.alone,
        own: a.scope.scope.place?.code ?? null,
        until: a.until,
        acts: a.acts,
        whom: (entity, own) => answersFor(entity, { setup, now: new Date(digest.at), roles: a.roles, own }),
      }),
      lastAsked,
    ),
    ...(oldest !== null && { oldestThen: oldest }),
    ...(a.orders.lines.length > 0 && { orders: a.orders }),
    followed,
    named: carriedOn({
      named: story?.named ?? [],
      followed: followed ?? [],
      last: named === null || typeof lastAt !== "string" ? null : { named, day: dayOf(lastAt) },
      now,
      day: dayOf(digest.at),
    }),
    alerts: a.alerts.map(({ sentence, said, since, ended }) => ({ sentence, figure: said.kpi, since, ended })),
  };
}
