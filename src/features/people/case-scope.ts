/**
 * Which cases an actor may read, as a condition for every query that shows cases to people. Nobody sees what is not
 * theirs: without a reach the condition is false.
 */
import sql, { raw, type Sql } from "sql-template-tag";
import type { CaseReach } from "../../engine/access/permissions.js";
import { parameter } from "../../platform/db/query.js";

const pairs = (path: string, reach: object): Sql =>
  sql`select p->>'programme', p->>'code' from jsonb_array_elements(${reach}::jsonb->${raw(`'${path}'`)}) p`;
const codes = (path: string, reach: object): Sql =>
  sql`select jsonb_array_elements_text(${reach}::jsonb->${raw(`'${path}'`)})`;

/** A condition on the alias `c` of `cases`: those in `reach`. */
export function casesWithin(reach: CaseReach): Sql {
  const r = parameter(JSON.stringify(reach));
  const below = sql`with recursive below(programme, code) as (${pairs("subtreeOf", r)}
    union select e.programme, e.code from entities e join below b on e.programme = b.programme and e.parent = b.code)
    select programme, code from below`;
  return sql`((${r}::jsonb->>'everything')::boolean
  or (not c.confidential and (c.programme in (${codes("all", r)})
    or (c.programme, c.entity) in (${pairs("entities", r)})
    or (c.programme, c.entity) in (${below})
    or (c.entity is null and (c.programme, c.sector) in (${pairs("sectorsTriage", r)}))))
  or (c.confidential and ((c.programme, c.entity) in (${pairs("confidentialEntities", r)})
    or (c.entity is null and (c.programme, c.sector) in (${pairs("confidentialTriage", r)}))
    or (c.entity is null and c.sector is null and c.programme in (${codes("confidentialUnplaced", r)}))))
  or (not c.confidential and c.requested_by in (select (p->>'id')::integer from jsonb_array_elements(${r}::jsonb->'requestedBy') p)))`;
}

/** What applicants sent, of the alias `c` of `cases`: what officials ask of each other is in no figure of the office. */
export const applicantCases = sql`c.requested_by is null`;
/** What officials ask of each other. */
export const orderCases = sql`c.requested_by is not null`;
