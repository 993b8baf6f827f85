/** Reads of the decisions that rule sets made about a case. */
import sql from "sql-template-tag";
import type { DecisionRecord } from "../../engine/lifecycle/case-outcome.js";
import { type Database, query } from "../../platform/db/query.js";

/** In the order in which they were made, each with the number of the version that made it. */
export function decisionsOfCase(
  db: Database,
  caseId: number,
): Promise<(DecisionRecord & { readonly version: number })[]> {
  const statement = sql`select d.cycle, d.rule_set as "ruleSet", d.version_id as "versionId", v.version, d.at,
      d.rule_ids as "ruleIds", d.outcome, d.facts, d.faults
    from decisions d join configuration_versions v on v.id = d.version_id where d.case_id = ${caseId}
    order by d.number`;
  return query(db, statement);
}
