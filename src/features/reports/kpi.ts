/** The key figures of a programme for a period, as of a moment: `diwan kpi`, digests and dashboards all ask here. */

import { dayMs, dayNumberOf } from "../../engine/calendar/civil-date.js";
import { zoneOf } from "../../engine/calendar/time-zone.js";
import type { WorkingCalendar } from "../../engine/calendar/working-calendar.js";
import { confidentialShown } from "../../engine/measures/confidential-total.js";
import { type KpiFigures, kpiFigures } from "../../engine/measures/kpi.js";
import { type KpiDimension, kpiDimensions } from "../../engine/measures/kpi-dimensions.js";
import type { Policy } from "../../engine/setup/policy.js";
import { msg } from "../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../engine/text/problems.js";
import type { Database } from "../../platform/db/query.js";
import { confidentialReceived, countKpi, earliestReceipt, type StretchTable } from "./kpi-queries.js";

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
  /** True counts confidential cases as well: for the desk of those who handle all of `entities`, and for nobody else. */
  readonly confidential?: boolean | undefined;
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

/** A service that answers with the figures. Problems: invalid-input with a fault a field, not-found (programme). */
export function createKpi({ db, policies }: KpiParts): Kpi {
  return async (request) => {
    const { setup, calendar } = await policies.fresh(request.programme);
    const { from, to, by } = checkRequest(request, setup.programme.timeZone);
    const { reopenWindowDays, ladder } = setup.programme.settings;
    const earliest = await earliestReceipt(db, request.programme);
    const rows = await countKpi(db, {
      programme: request.programme,
      from,
      to,
      at: request.at,
      by,
      entities: request.entities ?? null,
      stretches: stretchTable(calendar, earliest, request.at),
      reopenWindowSeconds: (reopenWindowDays * dayMs) / 1000,
      levels: [...new Set(ladder.map(({ level }) => level))].sort((a, b) => a - b),
      confidential: request.confidential ?? false,
    });
    const secret = await confidentialReceived(db, request.programme);
    const [whole, ...groups] = rows;
    if (whole === undefined) throw new Error("the counting statement gave no row");
    return {
      programme: request.programme,
      from: request.from,
      to: request.to,
      at: request.at.toISOString(),
      ...kpiFigures(whole),
      confidentialCases: confidentialShown(secret),
      ...(by === null ? {} : { by, groups: groups.map((row) => ({ code: row.code ?? "", ...kpiFigures(row) })) }),
    };
  };
}

const notADate = msg("reports.kpi.notADate");

function checkRequest(request: KpiRequest, timeZone: string): { from: Date; to: Date; by: KpiDimension | null } {
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
    from: new Date(zone.instantOf(from * dayMs)),
    to: new Date(zone.instantOf(to * dayMs)),
    by: by as KpiDimension | null,
  };
}

/** The calendar between two moments as running sums, so that the database counts working time by itself. */
function stretchTable(calendar: WorkingCalendar, earliest: Date | null, at: Date): StretchTable {
  const opens: number[] = [];
  const closes: number[] = [];
  const before: number[] = [];
  const days: number[] = [];
  let sum = 0;
  let day = 0;
  let date = "";
  for (const stretch of earliest === null ? [] : calendar.walk(earliest, at)) {
    if (stretch.kind === "off") continue;
    if (stretch.date !== date) day += 1;
    date = stretch.date;
    opens.push(stretch.from.getTime());
    closes.push(stretch.to.getTime());
    before.push(sum);
    days.push(day);
    sum += stretch.to.getTime() - stretch.from.getTime();
  }
  return { opens, closes, before, days };
}
