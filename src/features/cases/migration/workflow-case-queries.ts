/** How the open cases of a workflow stand: in which state, by which of its versions. */
import type { StandingCases } from "../../../engine/lifecycle/migration-views.js";
import { type Database, query, type Statement } from "../../../platform/db/query.js";

/** $1 the programme, $2 the workflow's name. What has ended is left out, and what was taken over from elsewhere. */
const standing: Statement = {
  name: "cases-by-workflow-state",
  text: `select v.id as "versionId", v.version, c.state, c.state_kind as kind,
      (count(*) filter (where not c.confidential))::integer as cases
    from cases c join configuration_versions v on v.id = c.workflow_version_id
    where c.programme = $1 and c.urgency <= 2 and not c.imported and v.kind = 'workflow' and v.name = $2
    group by v.id, v.version, c.state, c.state_kind order by v.version desc, c.state`,
};

export function casesByState(db: Database, a: { programme: string; name: string }): Promise<StandingCases[]> {
  return query(db, standing, [a.programme, a.name]);
}
