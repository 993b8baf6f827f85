/** What drafts of policy and change-sets have in common: one row of `policy_drafts`, with the names of whoever worked on it. */
import sql, { raw, type Sql } from "sql-template-tag";
import type { DraftState } from "../../engine/setup/policy-draft.js";

export interface DraftPerson {
  readonly id: number;
  readonly name: string;
}

export interface DraftLife {
  readonly id: number;
  readonly programme: string;
  readonly state: DraftState;
  /** Counts every step: whoever writes says which one they have seen. Of a change-set also those of the drafts in it. */
  readonly revision: number;
  /** Whoever saved anything in it or submitted it, in that order. */
  readonly authors: readonly DraftPerson[];
  readonly openedAt: Date;
  readonly savedAt: Date;
  readonly savedBy: string;
  readonly reason: string | null;
  readonly warningsReason: string | null;
  /** What the checks warned of when that was said; null: it is not known. */
  readonly warningsSeen: readonly string[] | null;
  readonly submittedAt: Date | null;
  readonly submittedBy: DraftPerson | null;
  /** What whoever sent it back said. */
  readonly note: string | null;
  readonly returnedAt: Date | null;
  readonly returnedBy: string | null;
}

/** A row of `users`, which may be missing, as JSON. */
export function personColumn(alias: string): Sql {
  const u = raw(alias);
  return sql`case when ${u}.id is null then null else json_build_object('id', ${u}.id, 'name', ${u}.name) end`;
}

/** Of a row `d`, with `peopleOfDraft` joined to it. */
export const draftLifeColumns = sql`d.id, d.programme, d.state, d.revision,
  (select json_agg(json_build_object('id', u.id, 'name', u.name) order by array_position(d.authors, u.id))
    from users u where u.id = any (d.authors)) as authors,
  d.opened_at as "openedAt", d.saved_at as "savedAt", saver.name as "savedBy", d.reason, d.warnings_reason as "warningsReason",
  d.warnings_seen as "warningsSeen", d.submitted_at as "submittedAt", ${personColumn("submitter")} as "submittedBy",
  d.note, d.returned_at as "returnedAt", returner.name as "returnedBy"`;
export const peopleOfDraft = sql`join users saver on saver.id = d.saved_by
  left join users submitter on submitter.id = d.submitted_by left join users returner on returner.id = d.returned_by`;
