/**
 * The key figures of a programme, as of a moment, of one period, of several, or in a table of two dimensions: `diwan kpi`, the
 * API, digests and dashboards all ask here.
 */

import { dayMs, dayNumberOf } from "../../engine/calendar/civil-date.js";
import { zoneOf } from "../../engine/calendar/time-zone.js";
import type { DateRange } from "../../engine/calendar/whole-months.js";
import { confidentialShown } from "../../engine/measures/confidential-total.js";
import { type KpiFigures, kpiFigures } from "../../engine/measures/kpi.js";
import { type KpiDimension, kpiDimensions } from "../../engine/measures/kpi-dimensions.js";
import type { Policy } from "../../engine/setup/policy.js";
import { msg } from "../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../engine/text/problems.js";
import type { Database } from "../../platform/db/query.js";
import { type Heirs, heirsAmong, heirsOf } from "./heirs.js";
import { countKpi, type KpiRow } from "./kpi-queries.js";
import { confidentialReceived, earliestReceipt, focalPointsByEntity } from "./programme-totals.js";
import { countingOf } from "./rollups/counting.js";
import {
  isEmpty,
  type PeriodFigures,
  rollupFigures,
  rollupReceived,
  type TimesAsked,
} from "./rollups/rollup-figures.js";
import { stretchTable } from "./stretch-table.js";

export interface KpiRequest {
  readonly programme: string;
  /** Civil dates `YYYY-MM-DD` in the programme's zone; `to` is exclusive. */
  readonly from: string;
  readonly to: string;
  /** The moment of the report: what happened later does not count. */
  readonly at: Date;
  readonly by?: string | undefined;
  /** Only cases that these entities handle; left out for all. */
  readonly entities?: readonly string[] | undefined;
  /** Only cases with this property; beside it figures are broken down by entity alone. */
  readonly only?: { readonly dimension: Exclude<KpiDimension, "entity">; readonly code: string } | undefined;
  /** Only cases that this person has in hand or answered last; they are counted one by one. */
  readonly person?: number | undefined;
  /** True counts confidential cases as well: for the desk of those who handle all of `entities`, and for nobody else. */
  readonly confidential?: boolean | undefined;
  /** True: the newest that the sums have answers, where that is at most two minutes before `at`; the report says as of when it is. */
  readonly newest?: boolean | undefined;
}

export interface KpiGroup extends KpiFigures {
  readonly code: string;
  /** Entities that ended and whose cases it took over: their figures are in its own. Left out where there are none. */
  readonly including?: readonly string[];
}

export interface KpiReport extends KpiFigures {
  readonly programme: string;
  readonly from: string;
  readonly to: string;
  readonly at: string;
  /** At least so many confidential cases came to the programme until then, in full tens; null: fewer than ten. They are in no figure here. */
  readonly confidentialCases: number | null;
  readonly by?: KpiDimension;
  /** One a code that has cases, in order of the code; an empty code stands for cases without one. */
  readonly groups?: readonly KpiGroup[];
}

export type Kpi = (request: KpiRequest) => Promise<KpiReport>;

export interface KpiSeriesRequest extends Omit<KpiRequest, "from" | "to"> {
  readonly periods: readonly DateRange[];
  /** For which groups medians and the like are looked up: many take long. Left out: all; the others may have none. */
  readonly times?: TimesAsked | undefined;
}

/** One report a period, in their order, all as of one moment. */
export type KpiSeries = (request: KpiSeriesRequest) => Promise<readonly KpiReport[]>;

export interface KpiTableRequest extends Omit<KpiRequest, "by" | "only"> {
  readonly across: Exclude<KpiDimension, "entity">;
  readonly times?: TimesAsked | undefined;
}

/** By entity, a report of each code that has cases; an empty code stands for cases without one. All as of one moment. */
export type KpiTable = (request: KpiTableRequest) => Promise<readonly KpiColumn[]>;
export interface KpiColumn {
  readonly code: string;
  readonly report: KpiReport;
}

/** What an entity received of a code of another property, in one of some periods. */
export interface ReceivedRow {
  readonly entity: string;
  readonly code: string;
  /** The place of the period among those asked for. */
  readonly period: number;
  readonly received: number;
}

/** By entity and another property, none of it confidential; null where the newest sums do not answer. */
export type ReceivedAcross = (
  request: Pick<KpiSeriesRequest, "programme" | "periods" | "at"> & Pick<KpiTableRequest, "across">,
) => Promise<readonly ReceivedRow[] | null>;

interface KpiParts {
  readonly db: Database;
  readonly policies: { fresh(programme: string): Promise<Policy> };
}

/** Sums may be so far from the moment of a report that asks for the newest figures: behind it, or ahead where a clock was. */
const mostApartMs = 120_000;

const around = (at: Date): { since: Date; until: Date } => ({
  since: new Date(at.getTime() - mostApartMs),
  until: new Date(at.getTime() + mostApartMs),
});

/** What a question may ask for: any of the three above. */
interface Question extends KpiSeriesRequest {
  readonly across: Exclude<KpiDimension, "entity"> | null;
  readonly times: TimesAsked;
}

interface Answer {
  readonly period: number;
  readonly across: string;
  readonly report: KpiReport;
}

/** Problems: invalid-input with a fault a field, not-found (programme). */
async function answersTo(parts: KpiParts, request: Question): Promise<readonly Answer[]> {
  const { db, policies } = parts;
  const { programme } = request;
  const policy = await policies.fresh(programme);
  const asked = checkRequest(request, policy.setup.programme.timeZone);
  const heirs = heirsAmong(await heirsOf(db, policy.setup, request.at), request.entities ?? null);
  const checked = { ...request, ...asked, heirs };
  const summed = request.newest && request.person === undefined ? await fromSums(parts, checked, policy) : null;
  const at = summed?.asOf ?? request.at;
  const answers = summed?.answers ?? (await caseByCase(parts, checked, policy));
  const focalPoints = await focalPointsByEntity(db, { programme, at });
  const confidentialCases = confidentialShown(await confidentialReceived(db, programme));
  const { by } = checked;
  const focalPointsOf = ({ code }: KpiRow): number => {
    if (code !== null && by !== "entity") return 0;
    const among = code === null ? (request.entities ?? [...focalPoints.keys()]) : [code];
    return among.reduce((sum, entity) => sum + (focalPoints.get(entity) ?? 0), 0);
  };
  const figuresOf = (row: KpiRow) => kpiFigures({ ...row, focalPoints: focalPointsOf(row) });
  const groupOf = (row: KpiRow): KpiGroup => {
    const including = by === "entity" ? [...heirs].filter(([, heir]) => heir === row.code).map(([code]) => code) : [];
    return { code: row.code ?? "", ...(including.length > 0 && { including }), ...figuresOf(row) };
  };
  return answers.map(({ period, across, rows }): Answer => {
    const [whole, ...groups] = rows;
    if (whole === undefined) throw new Error("the counting statement gave no row");
    const { from, to } = request.periods[period] as DateRange;
    const report = {
      ...{ programme, from, to, at: at.toISOString(), ...figuresOf(whole), confidentialCases },
      ...(by !== null && {
        by,
        groups: groups.filter((row) => !isEmpty(row)).map(groupOf),
      }),
    };
    return { period, across, report };
  });
}

/** A service that answers with the figures, by entity those of an ended one with its successor's. Problems: invalid-input with a fault a field, not-found (programme). */
export function createKpi(parts: KpiParts): Kpi {
  return async ({ from, to, ...request }) => {
    const [answer] = await answersTo(parts, { ...request, periods: [{ from, to }], across: null, times: "all" });
    return (answer as Answer).report;
  };
}

/** The same figures of many periods, and in a table: a few statements for all of them. Problems as of `createKpi`. */
export function createKpiTables(parts: KpiParts): {
  readonly series: KpiSeries;
  readonly table: KpiTable;
  readonly receivedAcross: ReceivedAcross;
} {
  return {
    async receivedAcross({ programme, periods, at, across }) {
      const policy = await parts.policies.fresh(programme);
      const heirs = heirsAmong(await heirsOf(parts.db, policy.setup, at), null);
      const rows = await rollupReceived(parts.db, {
        ...{ programme, periods, by: "entity", across, heirs, countedBy: countingOf(policy).countedBy },
        ...{ only: null, entities: null, confidential: false, ...around(at) },
      });
      if (rows === null) return null;
      const named = rows.filter(({ code, across }) => code !== "" && across !== "");
      return named.map(({ code: entity, across: code, period, received }) => ({ entity, code, period, received }));
    },
    async series(request) {
      if (request.periods.length === 0) return [];
      const { times = "all" } = request;
      return (await answersTo(parts, { ...request, across: null, times })).map(({ report }) => report);
    },
    async table({ from, to, times = "all", ...request }) {
      const answers = await answersTo(parts, { ...request, periods: [{ from, to }], by: "entity", times });
      return answers
        .map(({ across, report }) => ({ code: across, report }))
        .filter(({ report }) => (report.groups ?? []).length > 0);
    },
  };
}

interface CheckedRequest {
  /** The first moment of each period, and that after its last. */
  readonly begins: readonly Date[];
  readonly ends: readonly Date[];
  readonly by: KpiDimension | null;
}
interface Counted extends Omit<Question, "by">, CheckedRequest {
  readonly heirs: Heirs;
}

/** As of any moment, from the cases themselves: a count for each period, and for each code of a table. */
async function caseByCase({ db }: KpiParts, asked: Counted, policy: Policy): Promise<readonly PeriodFigures[]> {
  const { window, levels } = countingOf(policy);
  const { programme, at, across } = asked;
  const shared = {
    ...{ programme, at, levels, reopenWindowSeconds: window, heirs: asked.heirs },
    entities: asked.entities ?? null,
    person: asked.person ?? null,
    confidential: asked.confidential ?? false,
    stretches: stretchTable(policy.calendar, await earliestReceipt(db, programme), at),
  };
  const answers: PeriodFigures[] = [];
  for (const [period, from] of asked.begins.entries()) {
    const count = (by: KpiDimension | null, only: KpiRequest["only"] | null) =>
      countKpi(db, { ...shared, from, to: asked.ends[period] as Date, by, only: only ?? null });
    if (across === null) answers.push({ period, across: "", rows: await count(asked.by, asked.only) });
    else
      for (const { code } of await count(across, null))
        if (code !== null)
          answers.push({ period, across: code, rows: await count(asked.by, { dimension: across, code }) });
  }
  return answers;
}

const fromSums = ({ db }: KpiParts, asked: Counted, policy: Policy) =>
  rollupFigures(db, {
    ...{ programme: asked.programme, periods: asked.periods, begins: asked.begins, by: asked.by },
    ...{ across: asked.across, times: asked.times, heirs: asked.heirs },
    ...countingOf(policy),
    calendar: policy.calendar,
    only: asked.only ?? null,
    entities: asked.entities ?? null,
    confidential: asked.confidential ?? false,
    ...around(asked.at),
  });

const notADate = msg("reports.kpi.notADate");

function checkRequest(request: Question, timeZone: string): CheckedRequest {
  const faults: FieldFault[] = [];
  const days = request.periods.map((period) => ({ from: dayNumberOf(period.from), to: dayNumberOf(period.to) }));
  if (days.some(({ from }) => from === null)) faults.push({ field: "/from", reason: notADate });
  if (days.some(({ to }) => to === null)) faults.push({ field: "/to", reason: notADate });
  else if (days.some(({ from, to }) => from !== null && to !== null && to <= from))
    faults.push({ field: "/to", reason: msg("reports.kpi.itMustBeLaterThan") });
  if (Number.isNaN(request.at.getTime())) faults.push({ field: "/at", reason: msg("reports.kpi.writeAMomentSuchAs") });
  const by = request.by ?? null;
  if (by !== null && !(kpiDimensions as readonly string[]).includes(by)) {
    const list = kpiDimensions.join(", ");
    faults.push({ field: "/by", reason: msg("reports.kpi.chooseOneOf", { list }) });
  } else if (by !== null && by !== "entity" && request.only !== undefined && request.only.dimension !== by)
    faults.push({ field: "/by", reason: msg("reports.kpi.besideOnly") });
  if (faults.length > 0) throw new Problem("invalid-input", msg("reports.kpi.theFiguresAskedForCannot"), faults);
  const zone = zoneOf(timeZone);
  const momentOf = (day: number | null) => new Date(zone.instantOf((day as number) * dayMs));
  return {
    begins: days.map(({ from }) => momentOf(from)),
    ends: days.map(({ to }) => momentOf(to)),
    by: by as KpiDimension | null,
  };
}
