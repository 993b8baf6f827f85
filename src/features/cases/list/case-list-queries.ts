/** Lists of cases, inside the asker's scope. */

import type { CaseReach } from "../../../engine/access/permissions.js";
import type { ListedCase } from "../../../engine/lifecycle/listed-case.js";
import { type Database, query } from "../../../platform/db/query.js";
import { caseScope } from "../../people/case-scope.js";

/** Cases that the reach covers and that wait for the office or the applicant, the most urgent first; those without a due time last. */
export async function openCases(db: Database, a: { reach: CaseReach; limit: number }): Promise<ListedCase[]> {
  const scope = caseScope(a.reach, 1);
  const statement = {
    name: "open-cases",
    text: `select c.id, c.reference, c.programme, c.type, c.state, c.state_kind as "stateKind", c.importance, c.pillar, c.entity,
      c.sector, a.subject, c.received_at as "receivedAt", k.due_at as "dueAt", c.escalation_level as "escalationLevel"
    from cases c join applications a on a.id = c.id
      left join clocks k on k.case_id = c.id and k.cycle = c.cycle and k.target = 'resolution'
    where c.state_kind in ('open', 'waiting') and ${scope.sql}
    order by k.due_at nulls last, c.received_at, c.id limit $2`,
  };
  return query<ListedCase>(db, statement, [scope.value, a.limit]);
}
