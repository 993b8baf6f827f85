/**
 * What an official is writing about a case, kept while it is written. Only its author reads it, and only as long as the
 * case is in reach: it may quote what the applicant said.
 */

import sql from "sql-template-tag";
import { type Actor, can, rolesFor } from "../../../engine/access/permissions.js";
import { parseReference } from "../../../engine/lifecycle/case-reference.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { namedAction } from "../../../engine/workflow/workflow-definition.js";
import { type Database, query } from "../../../platform/db/query.js";
import type { Policies } from "../../setup/policies.js";
import { caseNotShown } from "../case-parts.js";
import { caseByReference } from "../case-queries.js";

export type DraftFields = Readonly<Record<string, string | readonly string[]>>;

export interface StoredDraft {
  readonly action: string;
  readonly fields: DraftFields;
  readonly version: number;
  /** The window that wrote it last. */
  readonly tab: string;
  readonly updatedAt: Date;
}

const columns = sql`action, fields, version, tab, updated_at as "updatedAt"`;

/** All that somebody is writing about a case, the newest first. */
function draftsOfCase(db: Database, a: { userId: number; caseId: number }): Promise<StoredDraft[]> {
  const statement = sql`select ${columns} from case_drafts where user_id = ${a.userId} and case_id = ${a.caseId}
    order by updated_at desc`;
  return query<StoredDraft>(db, statement);
}

interface DraftWriting {
  readonly userId: number;
  readonly caseId: number;
  readonly action: string;
  readonly fields: DraftFields;
  readonly tab: string;
  readonly counter: number;
  readonly based: number;
  readonly now: Date;
}

/** `written` is the new version, or null: then `old` is what stands there, null when it was sent or thrown away. */
async function storeDraft(db: Database, a: DraftWriting): Promise<{ written: number | null; old: StoredDraft | null }> {
  type Row = { written: number | null; old: (Omit<StoredDraft, "updatedAt"> & { updatedAt: string }) | null };
  const fields = JSON.stringify(a.fields);
  // A window overwrites its own older text; the text of another window only when it has seen it. `based` is 0 for none.
  const statement = sql`with old as (
      select ${columns} from case_drafts where user_id = ${a.userId} and case_id = ${a.caseId} and action = ${a.action}),
    changed as (
      update case_drafts set fields = ${fields}::jsonb, version = version + 1, tab = ${a.tab}, counter = ${a.counter},
          updated_at = ${a.now}
      where user_id = ${a.userId} and case_id = ${a.caseId} and action = ${a.action}
        and case when tab = ${a.tab} then counter < ${a.counter} else version = ${a.based} end
      returning version),
    added as (
      insert into case_drafts (user_id, case_id, action, fields, version, tab, counter, updated_at)
      select ${a.userId}::integer, ${a.caseId}::bigint, ${a.action}, ${fields}::jsonb, 1, ${a.tab}, ${a.counter}::integer,
        ${a.now}::timestamptz
      where ${a.based} = 0 and not exists (select 1 from old)
      on conflict do nothing
      returning version)
    select coalesce((select version from changed), (select version from added)) as written,
      (select to_jsonb(old) from old) as old`;
  const [row] = await query<Row>(db, statement);
  const old = row?.old ?? null;
  return { written: row?.written ?? null, old: old && { ...old, updatedAt: new Date(old.updatedAt) } };
}

async function forgetDraft(db: Database, a: { userId: number; caseId: number; action: string }): Promise<void> {
  const statement = sql`delete from case_drafts
    where user_id = ${a.userId} and case_id = ${a.caseId} and action = ${a.action}`;
  await query(db, statement);
}

/** Forgets what nobody has touched since a moment; how many. */
export async function forgetOldDrafts(db: Database, before: Date): Promise<{ forgottenDrafts: number }> {
  const statement = sql`with gone as (delete from case_drafts where updated_at < ${before} returning 1)
    select count(*)::integer as n from gone`;
  return { forgottenDrafts: (await query<{ n: number }>(db, statement))[0]?.n ?? 0 };
}

interface DraftParts {
  readonly db: Database;
  readonly policies: Policies;
}

interface Asked {
  readonly reference: string;
  readonly actor: Actor;
}

/** Longer than any text that an action takes, all its fields together, as JSON. */
const maxCharacters = 60_000;
const maxFields = 40;

export type SavedDraft =
  | { readonly kept: true; readonly version: number }
  /** Another window of the same person wrote something newer; `newer` null: there it was sent or thrown away. */
  | { readonly kept: false; readonly newer: StoredDraft | null };

export interface KeepDraft extends Asked {
  readonly action: string;
  /** Null throws it away. */
  readonly fields: DraftFields | null;
  /** Names the window. */
  readonly tab: string;
  /** Counted up by the window. */
  readonly counter: number;
  /** The version that this one builds on; 0: none was there. */
  readonly based: number;
  readonly now: Date;
}

async function theirCase({ db, policies }: DraftParts, { reference, actor }: Asked) {
  const canonical = parseReference(reference);
  const loaded = canonical === null ? null : await caseByReference(db, canonical);
  if (loaded === null || actor.kind !== "user") throw caseNotShown();
  const { theCase } = loaded;
  const { setup } = await policies.fresh(theCase.programme);
  const subject = { case: theCase, entities: setup.entities };
  if (!can(actor, "case.read", subject)) throw caseNotShown();
  return { theCase, userId: actor.userId, roles: rolesFor(actor, "case.act", subject) };
}

/** What the actor is writing about a case, the newest first. Problem not-found, also for a case that is not the actor's. */
export async function readDrafts(parts: DraftParts, asked: Asked): Promise<readonly StoredDraft[]> {
  const { theCase, userId } = await theirCase(parts, asked);
  return draftsOfCase(parts.db, { userId, caseId: theCase.id });
}

function fault(field: string, reason: Bilingual): Problem {
  return new Problem("invalid-input", reason, [{ field, reason }]);
}

/**
 * Keeps what was typed for an action, or throws it away. Problems: not-found, forbidden (an action for others),
 * invalid-input (no such action, too long).
 */
export async function keepDraft(parts: DraftParts, a: KeepDraft): Promise<SavedDraft> {
  const { theCase, userId, roles } = await theirCase(parts, a);
  const { action, fields } = a;
  const { workflowOf } = await parts.policies.pin([theCase]);
  const named = namedAction(workflowOf(theCase.workflow.versionId), action);
  if (named === undefined) throw fault("/action", msg("cases-act.caseDrafts.actionNotFound"));
  if (!named.by.some((performer) => roles.has(performer as never))) {
    throw new Problem("forbidden", msg("cases-act.caseDrafts.isNotYoursToDo", { name: named.name }));
  }
  if (fields === null) {
    await forgetDraft(parts.db, { userId, caseId: theCase.id, action });
    return { kept: true, version: 0 };
  }
  const known = Object.keys(fields).every((name) => Object.hasOwn(named.fields, name));
  if (!known) throw fault("/fields", msg("cases-act.caseDrafts.thisActionHasNoSuch"));
  if (Object.keys(fields).some((name) => named.fields[name]?.type === "applicantCode")) {
    throw fault("/fields", msg("cases-act.caseDrafts.theApplicantsCodeIsKept"));
  }
  if (Object.keys(fields).length > maxFields || JSON.stringify(fields).length > maxCharacters) {
    throw fault("/fields", msg("cases-act.caseDrafts.thisIsTooLongTo"));
  }
  const { written, old } = await storeDraft(parts.db, { ...a, fields, userId, caseId: theCase.id });
  if (written !== null) return { kept: true, version: written };
  // The own window was faster with something newer.
  if (old?.tab === a.tab) return { kept: true, version: old.version };
  return { kept: false, newer: old };
}
