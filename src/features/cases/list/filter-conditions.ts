/** What the filters of a list ask of a case `c`, by its own columns. */
import sql, { raw, type Sql } from "sql-template-tag";
import { isOfTargets } from "../../../engine/lifecycle/counted-cases.js";
import type { CaseFilters, DecidingKind } from "../../../engine/search/case-search.js";
import type { StateKind } from "../../../engine/workflow/workflow-definition.js";
import { type ReplayedCases, replayedConditions } from "../../policy/replay/replay-store.js";
import { isReminded } from "./desk-conditions.js";

const urgencies: Readonly<Record<StateKind, number>> = { open: 0, waiting: 1, resolved: 2, final: 3 };

/** Written out, so that indexes over some urgencies are taken. */
function kindCondition({ kinds = [] }: CaseFilters): Sql[] {
  const wanted = kinds.map((kind) => urgencies[kind]);
  return wanted.length === 0 ? [] : [sql`c.urgency in (${raw(wanted.join(", "))})`];
}

/** What the applicant stated is in the application; `-`: nothing. */
const stated = (column: "governorate" | "service", code: string | undefined): Sql[] =>
  code === undefined
    ? []
    : [
        sql`exists (select 1 from applications o where o.id = c.id
          and o.${raw(column)} is not distinct from ${code === "-" ? null : code}::text)`,
      ];

/** The cases that a version is pinned to, as it is counted of each version. */
const pinnedTo: Readonly<Record<DecidingKind, (id: number) => Sql>> = {
  rules: (id) => sql`c.id in (select p.case_id from decisions p where p.version_id = ${id})`,
  workflow: (id) => sql`c.workflow_version_id = ${id}`,
  calendar: (id) => sql`c.id in (select p.case_id from clocks p where p.calendar_version_id = ${id})`,
};

export function filterConditions({
  filters,
  replayed,
}: {
  readonly filters: CaseFilters;
  readonly replayed: ReplayedCases | null;
}): Sql[] {
  const equal = (column: keyof CaseFilters, value: unknown): Sql[] =>
    value === undefined ? [] : [sql`c.${raw(column)} = ${value}`];
  return [
    ...kindCondition(filters),
    ...equal("state", filters.state),
    ...equal("type", filters.type),
    ...(filters.sector === null ? [sql`c.sector is null`] : equal("sector", filters.sector)),
    ...equal("pillar", filters.pillar),
    ...equal("importance", filters.importance),
    ...equal("channel", filters.channel),
    ...(filters.reminded === undefined
      ? []
      : [filters.reminded ? isReminded : sql`coalesce(${isReminded}, false) = false`]),
    ...equal("assignee", filters.assignee),
    ...(filters.handledBy === undefined || (filters.counted !== undefined && isOfTargets(filters.counted))
      ? []
      : [sql`(c.assignee = ${filters.handledBy} or c.answered_by = ${filters.handledBy})`]),
    ...stated("governorate", filters.governorate),
    ...stated("service", filters.service),
    ...replayedConditions(replayed),
    ...(filters.version === undefined ? [] : [pinnedTo[filters.version.kind](filters.version.id)]),
    ...(filters.escalated === undefined
      ? []
      : [filters.escalated ? sql`c.escalation_level > 0` : sql`c.escalation_level = 0`]),
    // Both, so that the index of what was escalated is taken.
    ...(filters.level === undefined ? [] : [sql`c.escalation_level > 0`, sql`c.escalation_level >= ${filters.level}`]),
    ...(filters.receivedFrom === undefined ? [] : [sql`c.received_at >= ${filters.receivedFrom}`]),
    ...(filters.receivedTo === undefined ? [] : [sql`c.received_at < ${filters.receivedTo}`]),
  ];
}
