/** Cases as a file tells them, some at a time by number, inside a reach whatever else is asked. */

import sql from "sql-template-tag";
import type { CaseReach } from "../../../engine/access/permissions.js";
import type { PersonalData } from "../../../engine/text/mask-personal.js";
import type { StateKind } from "../../../engine/workflow/workflow-definition.js";
import { type Database, query } from "../../../platform/db/query.js";
import { casesWithin } from "../../people/case-scope.js";

export interface ExportRow {
  readonly id: number;
  readonly reference: string;
  readonly programme: string;
  readonly type: string;
  readonly channel: string;
  readonly state: string;
  readonly stateKind: StateKind;
  readonly workflowVersionId: number;
  readonly subject: string;
  readonly description: string | null;
  readonly sector: string | null;
  readonly entity: string | null;
  readonly service: string | null;
  readonly governorate: string | null;
  readonly category: string | null;
  readonly pillar: string | null;
  readonly importance: string | null;
  readonly confidential: boolean;
  readonly escalationLevel: number;
  readonly assignee: string | null;
  readonly receivedAt: Date;
  readonly dueAt: Date | null;
  readonly breached: boolean | null;
  readonly firstResponseAt: Date | null;
  readonly resolvedAt: Date | null;
  readonly closedAt: Date | null;
  readonly workingSeconds: number | null;
  readonly transfers: number;
  readonly reopened: number;
  readonly rating: number | null;
  /** An agent of the contact centre took it down. */
  readonly ratedByPhone: boolean;
  /** Whether it repeats another case, and that one's reference where it is in reach. */
  readonly repeats: boolean;
  readonly duplicateOf: string | null;
  /** Data of the last answer's event, as it is stored. */
  readonly answered: string | null;
  readonly applicant: PersonalData | null;
}

export interface RowsAsked {
  readonly ids: readonly number[];
  readonly reach: CaseReach;
  readonly now: Date;
  readonly descriptions: boolean;
  readonly answers: boolean;
  readonly personal: boolean;
}

const none = sql`null`;
const answered = sql`(select e.data from case_events e where e.case_id = c.id and e.type = 'case.answered'
  order by e.seq desc limit 1)`;
const applicant = sql`(select json_build_object('name', p.name, 'nationalNumber', p.national_number, 'phone', p.phone,
  'email', p.email) from applicants p where p.case_id = c.id)`;

/** In the order of their numbers. */
export function exportRows(db: Database, a: RowsAsked): Promise<ExportRow[]> {
  const within = casesWithin(a.reach);
  const statement = sql`select c.id, c.reference, c.programme, c.type, c.channel, c.state, c.state_kind as "stateKind",
    c.workflow_version_id as "workflowVersionId", a.subject, ${a.descriptions ? sql`a.description` : none} as description,
    c.sector, c.entity, a.service, a.governorate, a.category, c.pillar, c.importance, c.confidential,
    c.escalation_level as "escalationLevel", u.name as assignee, c.received_at as "receivedAt", k.due_at as "dueAt",
    case when k.case_id is null or k.cancelled_at is not null then null
      else k.breached_at is not null
        or (k.met_at is null and k.paused_at is null and k.due_at < ${a.now}) end as breached,
    c.first_response_at as "firstResponseAt", c.resolved_at as "resolvedAt", c.closed_at as "closedAt",
    c.resolution_working_seconds as "workingSeconds", c.transfer_count as transfers, c.reopen_count as reopened, c.rating,
    c.rated_by is not null as "ratedByPhone",
    c.duplicate_of is not null as repeats,
    (select c.reference from cases c where c.id = o.original and ${within}) as "duplicateOf",
    ${a.answers ? answered : none} as answered, ${a.personal ? applicant : none} as applicant
  from cases c join applications a on a.id = c.id
    left join clocks k on k.case_id = c.id and k.cycle = c.cycle and k.target = 'resolution'
    left join users u on u.id = c.assignee
    cross join lateral (select c.duplicate_of as original) o
  where c.id = any(${a.ids}::bigint[]) and ${within} order by c.id`;
  return query(db, statement);
}
