/** The key figures of a programme for a period, as of a moment: `diwan kpi`, digests and dashboards all ask here. */

import { dayMs, dayNumberOf } from "../../engine/calendar/civil-date.js";
import { zoneOf } from "../../engine/calendar/time-zone.js";
import { confidentialShown } from "../../engine/measures/confidential-total.js";
import { type KpiFigures, kpiFigures } from "../../engine/measures/kpi.js";
import { type KpiDimension, kpiDimensions } from "../../engine/measures/kpi-dimensions.js";
import type { Policy } from "../../engine/setup/policy.js";
import { msg } from "../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../engine/text/problems.js";
import type { Database } from "../../platform/db/query.js";
import { countKpi, type KpiRow } from "./kpi-queries.js";
import { confidentialReceived, earliestReceipt, focalPointsByEntity } from "./programme-totals.js";
import { countingOf } from "./rollups/counting.js";
import { isEmpty, rollupFigures } from "./rollups/rollup-figures.js";
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

export interface KpiReport extends KpiFigures {
  readonly programme: string;
  readonly from: string;
  readonly to: string;
  readonly at: string;
  /** At least so many confidential cases came to the programme until then, in full tens; null: fewer than ten. They are in no figure here. */
  readonly confidentialCases: number | null;
  readonly by?: KpiDimension;
  /** One a code that has cases, in order of the code; an empty code stands for cases without one. */
  readonly groups?: readonly (KpiFigures & { readonly code: string })[];
}

export type Kpi = (request: KpiRequest) => Promise<KpiReport>;

interface KpiParts {
  readonly db: Database;
  readonly policies: { fresh(programme: string): Promise<Policy> };
}

/** Sums may be so far from the moment of a report that asks for the newest figures: behind it, or ahead where a clock was. */
const mostApartMs = 120_000;

/** A service that answers with the figures. Problems: invalid-input with a fault a field, not-found (programme). */
export function createKpi(parts: KpiParts): Kpi {
  const { db, policies } = parts;
  return async (request) => {
    const policy = await policies.fresh(request.programme);
    const { begins, ends, by } = checkRequest(request, policy.setup.programme.timeZone);
    const summed =
      request.newest && request.person === undefined ? await fromSums(parts, { ...request, begins, by }, policy) : null;
    const at = summed?.asOf ?? request.at;
    const rows = summed?.rows ?? (await caseByCase(parts, { ...request, begins, ends, by }, policy));
    const focalPoints = await focalPointsByEntity(db, { programme: request.programme, at });
    const focalPointsOf = ({ code }: KpiRow): number => {
      if (code !== null && by !== "entity") return 0;
      const among = code === null ? (request.entities ?? [...focalPoints.keys()]) : [code];
      return among.reduce((sum, entity) => sum + (focalPoints.get(entity) ?? 0), 0);
    };
    const figuresOf = (row: KpiRow) => kpiFigures({ ...row, focalPoints: focalPointsOf(row) });
    const secret = await confidentialReceived(db, request.programme);
    const [whole, ...groups] = rows;
    if (whole === undefined) throw new Error("the counting statement gave no row");
    return {
      programme: request.programme,
      from: request.from,
      to: request.to,
      at: at.toISOString(),
      ...figuresOf(whole),
      confidentialCases: confidentialShown(secret),
      ...(by === null
        ? {}
        : {
            by,
            groups: groups.filter((row) => !isEmpty(row)).map((row) => ({ code: row.code ?? "", ...figuresOf(row) })),
          }),
    };
  };
}

interface CheckedRequest {
  readonly begins: Date;
  readonly ends: Date;
  readonly by: KpiDimension | null;
}

/** As of any moment, from the cases themselves. */
async function caseByCase(
  { db }: KpiParts,
  asked: Omit<KpiRequest, "by"> & CheckedRequest,
  policy: Policy,
): Promise<KpiRow[]> {
  const { window, levels } = countingOf(policy);
  return countKpi(db, {
    programme: asked.programme,
    from: asked.begins,
    to: asked.ends,
    at: asked.at,
    by: asked.by,
    entities: asked.entities ?? null,
    person: asked.person ?? null,
    stretches: stretchTable(policy.calendar, await earliestReceipt(db, asked.programme), asked.at),
    reopenWindowSeconds: window,
    levels,
    confidential: asked.confidential ?? false,
    only: asked.only ?? null,
  });
}

const fromSums = ({ db }: KpiParts, asked: Omit<KpiRequest, "by"> & Omit<CheckedRequest, "ends">, policy: Policy) =>
  rollupFigures(db, {
    ...{ programme: asked.programme, from: asked.from, to: asked.to, begins: asked.begins, by: asked.by },
    ...countingOf(policy),
    calendar: policy.calendar,
    only: asked.only ?? null,
    entities: asked.entities ?? null,
    confidential: asked.confidential ?? false,
    since: new Date(asked.at.getTime() - mostApartMs),
    until: new Date(asked.at.getTime() + mostApartMs),
  });

const notADate = msg("reports.kpi.notADate");

function checkRequest(request: KpiRequest, timeZone: string): CheckedRequest {
  const faults: FieldFault[] = [];
  const from = dayNumberOf(request.from);
  const to = dayNumberOf(request.to);
  if (from === null) faults.push({ field: "/from", reason: notADate });
  if (to === null) faults.push({ field: "/to", reason: notADate });
  if (from !== null && to !== null && to <= from) {
    faults.push({
      field: "/to",
      reason: msg("reports.kpi.itMustBeLaterThan"),
    });
  }
  if (Number.isNaN(request.at.getTime())) {
    faults.push({
      field: "/at",
      reason: msg("reports.kpi.writeAMomentSuchAs"),
    });
  }
  const by = request.by ?? null;
  if (by !== null && !(kpiDimensions as readonly string[]).includes(by)) {
    const list = kpiDimensions.join(", ");
    faults.push({ field: "/by", reason: msg("reports.kpi.chooseOneOf", { list }) });
  }
  if (from === null || to === null || faults.length > 0) {
    throw new Problem("invalid-input", msg("reports.kpi.theFiguresAskedForCannot"), faults);
  }
  const zone = zoneOf(timeZone);
  return {
    begins: new Date(zone.instantOf(from * dayMs)),
    ends: new Date(zone.instantOf(to * dayMs)),
    by: by as KpiDimension | null,
  };
}
