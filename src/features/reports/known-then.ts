/** Figures as they were known on a day that is over are counted case by case: of how many cases people may ask that who wait for it. */
import sql from "sql-template-tag";
import { type KnownFault, knownMoment } from "../../engine/measures/known-on.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import { type Database, query } from "../../platform/db/query.js";

/** More take minutes: `diwan kpi` counts them, and no page. */
const mostCases = 200_000;

export const knownFaults: Readonly<Record<KnownFault, Bilingual>> = {
  unreadable: msg("reports.kpi.notADate"),
  future: msg("reports.shared.knownOnFuture"),
  tooEarly: msg("reports.shared.knownOnTooEarly"),
};

/**
 * The moment at which a day ended.
 * Problem invalid-input with a fault at `field`: it is no such day, or more cases had come by then than are counted for a page.
 */
export async function knownThen(
  db: Database,
  a: { programme: string; day: string; field: string; from: string; today: string; timeZone: string },
): Promise<Date> {
  const at = knownMoment(a.day, a);
  const refuse = (reason: Bilingual) =>
    new Problem("invalid-input", msg("reports.kpi.theFiguresAskedForCannot"), [{ field: a.field, reason }]);
  if (typeof at === "string") throw refuse(knownFaults[at]);
  const statement = sql`select count(*)::integer as n from (
    select 1 from cases where programme = ${a.programme} and received_at < ${at} limit ${mostCases + 1}) c`;
  const [{ n } = { n: 0 }] = await query<{ n: number }>(db, statement);
  if (n > mostCases) throw refuse(msg("reports.shared.tooManyToRecount", { n: mostCases }));
  return at;
}
