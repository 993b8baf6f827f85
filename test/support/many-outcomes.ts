/** A year of cases with all outcomes, as rows: what figures are looked at with. */
import { copyCase } from "./many-cases.js";
import type { WorkingOffice } from "./working-office.js";

/** So many copies, nine hours apart, from now back. */
const copies = 900;

/**
 * Copies one case into the year before, over these entities and all pillars and governorates: most answered in time, some late,
 * some reopened or rated, the newest still open. One entity is late far more often than the others, which figures have to find.
 * @param a.badMonth `2026-08`: of what was received then, two thirds were late
 * @returns how many cases there are then
 */
export async function manyOutcomes(
  office: WorkingOffice,
  a: { entities: readonly string[]; late: string; badMonth?: string; now: Date },
): Promise<number> {
  const { reference } = await office.receive({ governorate: "AMM" }, a.now);
  const { id } = await office.caseRow(reference);
  await copyCase(office, { caseId: Number(id), copies, shift: "g * interval '-9 hours'" });
  const pillars = [...office.setup.pillars.keys()];
  const governorates = [...office.setup.governorates.keys()];
  const run = (sql: string, ...bind: unknown[]) => office.asOwner(sql, ...bind);
  const among = (list: string, factor: number) =>
    `(${list}::text[])[1 + (id * ${factor} % array_length(${list}::text[], 1))::integer]`;
  await run(
    `update cases set entity = ${among("$1", 7)}, pillar = ${among("$2", 11)} where id > 1000000`,
    a.entities,
    pillars,
  );
  await run(`update applications set governorate = ${among("$1", 13)} where id > 1000000`, governorates);
  const late =
    "(c.id % 10 < case when to_char(c.received_at, 'YYYY-MM') = $3 then 7 when c.entity = $1 then 6 else 1 end)";
  await run(
    `update clocks k set running_since = null, met_at = case when ${late} then k.due_at + interval '3 days' else k.due_at - interval '1 hour' end
      from cases c where c.id = k.case_id and c.id > 1000000 and c.received_at < $2::timestamptz - interval '20 days'`,
    a.late,
    a.now,
    a.badMonth ?? "",
  );
  await run(
    `update cases c set state_kind = 'final', first_resolved_at = k.met_at, resolved_at = k.met_at, closed_at = k.met_at + interval '1 day',
        resolution_working_seconds = extract(epoch from k.met_at - c.received_at)::integer / 4, answered_by = null,
        rating_invited_at = k.met_at
      from clocks k where k.case_id = c.id and k.target = 'resolution' and k.met_at is not null and c.id > 1000000`,
  );
  await run(
    `update cases set imported = true, rated_at = first_resolved_at + interval '2 days', rating = 1 + id % 5
      where id > 1000000 and first_resolved_at is not null and id % 3 = 0`,
  );
  await run(
    `update cases set first_reopened_at = first_resolved_at + interval '3 days', reopen_count = 1, transfer_count = id % 2
      where id > 1000000 and first_resolved_at is not null and id % 17 = 0`,
  );
  return copies + 1;
}

/** Of the same cases, what they are about and how they came: some types and channels seldom, a fifth without a service. */
export async function spreadOver(office: WorkingOffice): Promise<void> {
  await office.asOwner(
    `update cases set type = case when id % 53 = 0 then 'suggestion' when id % 4 = 0 then 'inquiry' else 'complaint' end,
      channel = case when id % 61 = 0 then $1 else channel end where id > 1000000`,
    [...office.setup.channels.keys()].find((code) => code !== office.key.channel),
  );
  // Each of an entity's services in turn; of the others, one that anybody may name.
  await office.asOwner(
    `update applications a set service = s.code from cases c, lateral (
        select array_agg(code order by code) as own from services where programme = c.programme and entity = c.entity
      ) mine, lateral (select coalesce(mine.own[1 + (c.id / 7 % cardinality(mine.own))::integer], (select min(code) from services)) as code) s
      where a.id = c.id and c.id > 1000000 and c.id % 5 > 0`,
  );
}
