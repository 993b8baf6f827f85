/**
 * Which cases an actor may read, as a condition for every query that shows cases to people. Nobody sees what is not
 * theirs: without a reach the condition is false.
 */
import type { CaseReach } from "../../engine/access/permissions.js";

export interface ScopeCondition {
  /** A condition on the alias `c` of `cases`, with the parameter `$n`. */
  readonly sql: string;
  /** The one value of that parameter. */
  readonly value: string;
}

const pairs = (path: string, parameter: string): string =>
  `select p->>'programme', p->>'code' from jsonb_array_elements(${parameter}::jsonb->'${path}') p`;
const codes = (path: string, parameter: string): string =>
  `select jsonb_array_elements_text(${parameter}::jsonb->'${path}')`;

/** The condition for `reach`, whose value is bound to parameter number `position`. */
export function caseScope(reach: CaseReach, position: number): ScopeCondition {
  const p = `$${position}`;
  const below = `with recursive below(programme, code) as (${pairs("subtreeOf", p)}
    union select e.programme, e.code from entities e join below b on e.programme = b.programme and e.parent = b.code)
    select programme, code from below`;
  const sql = `((${p}::jsonb->>'everything')::boolean
  or (not c.confidential and (c.programme in (${codes("all", p)})
    or (c.programme, c.entity) in (${pairs("entities", p)})
    or (c.programme, c.entity) in (${below})
    or (c.entity is null and (c.programme, c.sector) in (${pairs("sectorsTriage", p)}))))
  or (c.confidential and ((c.programme, c.entity) in (${pairs("confidentialEntities", p)})
    or (c.entity is null and (c.programme, c.sector) in (${pairs("confidentialTriage", p)}))
    or (c.entity is null and c.sector is null and c.programme in (${codes("confidentialUnplaced", p)})))))`;
  return { sql, value: JSON.stringify(reach) };
}
