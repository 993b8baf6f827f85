/** The figures page of a reader: of one of their scopes and a period, everything that it shows as of one moment. */

import type { Actor } from "../../../engine/access/permissions.js";
import { civilDate } from "../../../engine/calendar/civil-days.js";
import { ordinaryDay } from "../../../engine/calendar/ordinary-day.js";
import type { DateRange } from "../../../engine/calendar/whole-months.js";
import { deskTimeOf } from "../../../engine/lifecycle/desk-groups.js";
import type { NamedCode } from "../../../engine/lifecycle/held-sweep.js";
import {
  elapsedOf,
  type FigurePeriod,
  firstDays,
  periodBefore,
  periodLastYear,
  readPeriod,
  type TrendUnit,
  trendPeriods,
  trendUnitOf,
  usualPeriod,
} from "../../../engine/measures/figure-period.js";
import { type FigureScope, figureScopes, narrowedScope, rolesOfScope } from "../../../engine/measures/figure-scopes.js";
import { figuresSplit } from "../../../engine/measures/figures-split.js";
import {
  ageingOf,
  type FiguresView,
  type Grouped,
  heatRows,
  placeLines,
  type ShownFigure,
  shownFigures,
  type TrendReport,
  trendOf,
} from "../../../engine/measures/figures-view.js";
import { guardFigures } from "../../../engine/measures/guard-figures.js";
import { ratio } from "../../../engine/measures/kpi-counts.js";
import { type KpiDimension, type SplitDimension, splitDimensions } from "../../../engine/measures/kpi-dimensions.js";
import { comparedCodes, isTime, noCases, type PageFigureCode, share } from "../../../engine/measures/page-figures.js";
import { type ShownKpi, shownTo } from "../../../engine/measures/shown-kpis.js";
import type { Policy } from "../../../engine/setup/policy.js";
import type { Labelled, Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../../engine/text/problems.js";
import type { Database } from "../../../platform/db/query.js";
import { fairLine } from "../../../platform/files/fair-line.js";
import { keepFigures } from "../keep-figures.js";
import { knownThen } from "../known-then.js";
import type { KpiReport, KpiSeries, KpiSeriesRequest, KpiTable, KpiTableRequest } from "../kpi.js";
import { figuresBegin } from "../programme-totals.js";
import { teamLoad } from "./team-load.js";

export interface FiguresParts {
  readonly db: Database;
  readonly policies: { fresh(programme: string): Promise<Policy> };
  readonly series: KpiSeries;
  readonly table: KpiTable;
}

export interface FiguresAsked {
  readonly actor: Actor;
  readonly now: Date;
  /** As an address has them; what is left out is chosen. */
  readonly programme?: string | undefined;
  readonly scope?: string | undefined;
  /** An entity of the scope: only what it handles. */
  readonly entity?: string | undefined;
  readonly period?: string | undefined;
  readonly figure?: string | undefined;
  readonly unit?: string | undefined;
  /** By which property one table breaks down: `splitDimensions`. */
  readonly split?: string | undefined;
  /** A day that is over: all as it was known at its end. Left out: as it is known now. */
  readonly known?: string | undefined;
}

/** Problems: not-found (a programme or scope that is not the reader's), invalid-input with a fault a field, not-now (too many ask). */
export type Figures = (asked: FiguresAsked) => Promise<FiguresView>;

/** Who looks at the same again within a minute sees the same, and nobody counts it twice. */
const keptMs = 60_000;

/** A page asks five questions. So many are counted at once, of all readers together: others need the database too. */
const bounds = { atOnce: 3, maxWaiting: 200, maxOfOwner: 20 };
const tooMany = (): Problem => new Problem("not-now", msg("reports.figures.tooManyAtOnce"));

interface Chosen {
  readonly period: FigurePeriod;
  readonly figure: PageFigureCode;
  readonly unit: TrendUnit;
  readonly split: SplitDimension;
}

const periodFaults = {
  unreadable: msg("reports.figures.periodUnreadable"),
  backwards: msg("reports.figures.periodBackwards"),
  future: msg("reports.figures.periodFuture"),
  tooLong: msg("reports.figures.periodTooLong"),
} as const;

/** @param shown what the reader is shown: they compare by nothing else */
function chosenOf(
  asked: FiguresAsked,
  { today, began, shown }: { today: string; began: string | null; shown: readonly ShownKpi[] },
): Chosen {
  const faults: FieldFault[] = [];
  const period = asked.period === undefined ? usualPeriod(today, began) : readPeriod(asked.period, today);
  if (typeof period === "string") faults.push({ field: "/period", reason: periodFaults[period] });
  const compared = shown.map(({ code }) => code).filter((code) => comparedCodes.includes(code));
  const usual = compared.find((code) => code === "onTimeResolution") ?? compared[0] ?? "onTimeResolution";
  const figure = asked.figure === undefined ? usual : compared.find((code) => code === asked.figure);
  if (figure === undefined) faults.push({ field: "/figure", reason: msg("reports.figures.figureUnknown") });
  const unit = asked.unit === "week" || asked.unit === "month" ? asked.unit : undefined;
  if (asked.unit !== undefined && unit === undefined)
    faults.push({ field: "/unit", reason: msg("reports.figures.unitUnknown") });
  const split = asked.split === undefined ? "type" : splitDimensions.find((one) => one === asked.split);
  if (split === undefined) faults.push({ field: "/split", reason: msg("reports.figures.splitUnknown") });
  if (typeof period === "string" || figure === undefined || split === undefined || faults.length > 0)
    throw new Problem("invalid-input", msg("reports.figures.cannotBeShown"), faults);
  return { period, figure, unit: unit ?? trendUnitOf(period), split };
}

const named = (records: ReadonlyMap<string, Labelled>, code: string): NamedCode => ({
  code,
  name: records.get(code)?.name ?? { en: code, ar: code },
});

const withoutEntity: NamedCode = { code: "", name: msg("reports.figures.withoutEntity") };
const withoutGovernorate: NamedCode = { code: "", name: msg("reports.figures.withoutGovernorate") };

function placeOf({ kind, code }: FigureScope, setup: Setup): NamedCode {
  if (code === null) return { code: setup.programme.code, name: setup.programme.name };
  return named(kind === "sector" ? setup.sectors : setup.entities, code);
}

/** Cases by focal point are of a whole entity. */
const figuresOf = ({ person }: FigureScope, of: Parameters<typeof shownFigures>[0]): ShownFigure[] =>
  shownFigures(of).filter(({ code }) => person === null || code !== "casesPerFocalPoint");

const grouped = (report: KpiReport): Grouped => ({ ...report, groups: report.groups ?? [] });

/** Programmes in which the actor holds a seat. */
const programmesOf = (actor: Actor): readonly string[] =>
  actor.kind === "user" ? [...new Set(actor.seats.map(({ programme }) => programme))].sort() : [];

interface Scoped {
  readonly policy: Policy;
  readonly scopes: readonly FigureScope[];
}

export function createFigures({ db, policies, series, table }: FiguresParts): Figures {
  const line = fairLine(bounds, tooMany);
  // What is known waits for nobody; those who look at one scope wait for each other.
  const inTurn = <Answer>(
    { programme, entities }: Pick<KpiSeriesRequest, "programme" | "entities">,
    ask: () => Promise<Answer>,
  ) => line(JSON.stringify([programme, entities]), ask);
  const keptSeries = keepFigures((asked: KpiSeriesRequest) => inTurn(asked, () => series(asked)), keptMs);
  const keptTable = keepFigures((asked: KpiTableRequest) => inTurn(asked, () => table(asked)), keptMs);

  async function scopesOf(actor: Actor): Promise<Scoped[]> {
    const all = await Promise.all(
      programmesOf(actor).map(async (programme) => {
        const policy = await policies.fresh(programme);
        return { policy, scopes: figureScopes(actor, policy.setup) };
      }),
    );
    return all.filter(({ scopes }) => scopes.length > 0);
  }

  return async (asked) => {
    const { actor, now } = asked;
    const all = await scopesOf(actor);
    const here = all.find(
      ({ policy }) => asked.programme === undefined || policy.setup.programme.code === asked.programme,
    );
    const whole = here?.scopes.find(({ id }) => asked.scope === undefined || id === asked.scope);
    if (here === undefined || whole === undefined) throw new Problem("not-found", msg("reports.figures.notYours"));
    const { policy, scopes } = here;
    const { setup } = policy;
    const scope = asked.entity === undefined ? whole : narrowedScope(whole, asked.entity, setup);
    if (scope === null) throw new Problem("not-found", msg("reports.figures.notYours"));
    const { code: programme, timeZone } = setup.programme;
    const today = civilDate(now, timeZone);
    const shown = shownTo(setup, rolesOfScope(actor, scope));
    const first = await figuresBegin(db, programme);
    const began = first === null ? null : civilDate(first, timeZone);
    const { period, figure, unit, split } = chosenOf(asked, { today, began, shown });

    const known = asked.known ?? null;
    const day = { programme, from: period.from, field: "/known", today, timeZone };
    const at = known === null ? now : await knownThen(db, { ...day, day: known });
    const ofScope = {
      ...{ programme, at, newest: known === null },
      ...(scope.entities !== null && { entities: scope.entities }),
      ...(scope.person !== null && { person: scope.person }),
      ...(scope.confidential && { confidential: true }),
    };
    // Lengths of time are looked up one by one: of each place only where it is they that are compared.
    const times = isTime(figure) ? "all" : "whole";
    const count = (periods: readonly DateRange[], by?: KpiDimension) =>
      keptSeries({ ...ofScope, periods, by, times }, now);
    /** As much of another period as of this one has been; null where the programme had not begun. */
    const elapsed = elapsedOf(period, today);
    const then = (other: FigurePeriod): DateRange | null => {
      const range = elapsed.running ? firstDays(other, elapsed.days) : other;
      return began === null || range.from < began ? null : { from: range.from, to: range.to };
    };
    const [before, lastYear] = [then(periodBefore(period)), then(periodLastYear(period))];
    const steps = trendPeriods(period, unit, today).map((step) => ({ step, ...elapsedOf(step, today) }));
    const pillars = [...setup.pillars.values()].sort((a, b) => a.order - b.order);

    const [
      team,
      [byEntity, beforeByEntity = null],
      [bySplit, beforeBySplit = null],
      [byGovernorate],
      ofSteps,
      byPillar,
    ] = await Promise.all([
      scope.code !== null && scope.kind !== "own" && scope.teams.includes(scope.code)
        ? teamLoad(db, { programme, entity: scope.code, time: deskTimeOf(policy, now) })
        : null,
      count([elapsed.range, ...(before === null ? [] : [before])], "entity"),
      count([elapsed.range, ...(before === null ? [] : [before])], split),
      count([elapsed.range], "governorate"),
      count([...(lastYear === null ? [] : [lastYear]), ...steps.map(({ range }) => range)]),
      keptTable({ ...ofScope, ...elapsed.range, across: "pillar", times: isTime(figure) ? "all" : "none" }, now),
    ]);
    if (byEntity === undefined || byGovernorate === undefined || bySplit === undefined)
      throw new Error("a question was not answered");
    const [ofTrend, lastYearWhole] = [ofSteps.slice(-steps.length), lastYear === null ? null : (ofSteps[0] ?? null)];
    const reports = steps.map(({ step, running }, i): TrendReport => {
      return { period: step, running, figures: ofTrend[i] as KpiReport };
    });
    // A step in which the programme began is of fewer days than the others.
    const since = reports.filter((step) => began !== null && step.period.from >= began);
    const nameOf = (code: string) => ({
      place: code === "" ? withoutEntity : named(setup.entities, code),
      ended: setup.entities.get(code)?.retired === true,
    });
    const columnOf = (pillar: string): Pick<Grouped, "groups"> => ({
      groups: byPillar.find(({ code }) => code === pillar)?.report.groups ?? [],
    });
    const governorates = [...setup.governorates.values()].sort((a, b) => a.order - b.order);
    const ofGovernorate = placeLines({
      code: figure,
      now: grouped(byGovernorate),
      before: null,
      nameOf: (code) => ({ place: code === "" ? withoutGovernorate : named(setup.governorates, code), ended: false }),
    });
    const lineOf = (code: string) => ofGovernorate.find(({ place }) => place.code === code);
    const view: FiguresView = {
      programme: { code: programme, name: setup.programme.name },
      programmes: all.map((one) => ({ code: one.policy.setup.programme.code, name: one.policy.setup.programme.name })),
      scopes: scopes.map((one) => ({ id: one.id, kind: one.kind, place: placeOf(one, setup) })),
      scope: {
        id: whole.id,
        kind: scope.kind,
        code: scope.code,
        confidential: scope.confidential,
        readsCases: scope.readsCases,
        exports: scope.exports,
      },
      within: asked.entity === undefined ? null : named(setup.entities, asked.entity),
      team,
      period,
      elapsed: { ...elapsed.range, days: elapsed.days, running: elapsed.running },
      before,
      lastYear,
      began,
      today,
      asOf: byEntity.at,
      known,
      day: { daySeconds: ordinaryDay(policy.calendar, now), wall: false },
      figure,
      figures: figuresOf(scope, {
        shown,
        now: byEntity,
        before: beforeByEntity,
        lastYear: lastYearWhole,
        steps: since,
        sameStep: period.unit === unit,
      }),
      ratedOfInvited: share(byEntity.satisfaction.responseRate),
      trend: trendOf(figure, unit, since),
      entities: placeLines({
        code: figure,
        now: grouped(byEntity),
        before: beforeByEntity && grouped(beforeByEntity),
        nameOf,
      }),
      split: figuresSplit({
        by: split,
        code: figure,
        now: grouped(bySplit),
        before: beforeBySplit && grouped(beforeBySplit),
        setup,
      }),
      heat: {
        pillars: pillars.map(({ code, name }) => ({ code, name })),
        rows: heatRows({ code: figure, byPillar: pillars.map(({ code }) => columnOf(code)), nameOf }),
      },
      ageing: ageingOf(byEntity),
      escalated: [...setup.programme.settings.ladder]
        .sort((a, b) => a.level - b.level)
        .map(({ level, role }) => ({
          level,
          role,
          share: share(byEntity.escalated[String(level)] ?? ratio(0, 0)),
        })),
      map: [
        ...governorates
          .filter(({ code, retired }) => !retired || lineOf(code) !== undefined)
          .map(({ code, name, outline }) => ({
            place: { code, name },
            outline,
            measured: lineOf(code)?.now ?? noCases,
            received: lineOf(code)?.received ?? 0,
          })),
        ...ofGovernorate
          .filter(({ place }) => place.code === "")
          .map(({ place, now: measured, received }) => ({ place, outline: null, measured, received })),
      ],
      hidesSmall: false,
      confidentialCases: scope.confidential ? null : byEntity.confidentialCases,
    };
    if (scope.readsCases) return view;
    return guardFigures(view, { reads: scope.readsOf, single: scope.entities?.length === 1 });
  };
}
