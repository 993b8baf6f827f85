/** What one publication brings into force, in memory: a draft alone is a set of one, a file or a command a set without an owner. */

import type { Transaction } from "sequelize";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Database } from "../../../platform/db/query.js";
import type { ChangeEdit } from "../change-sets/change-edit.js";
import { noChangeSet } from "../change-sets/change-set-refusals.js";
import {
  type ChangeSetHead,
  changeSetOfId,
  editsOf,
  lockChangeSet,
  lockMembersOf,
  membersOf,
  type StoredEdit,
} from "../change-sets/change-set-store.js";
import { draftProblems } from "../drafts/draft-views.js";
import {
  type DraftHead,
  draftOfId,
  draftsOfIds,
  lockDraft,
  type StoredPolicyDraft,
} from "../drafts/policy-draft-store.js";
import { type VersionKey, versionsOf } from "../versions/version-store.js";

/** One definition that is to come into force. */
export interface PolicyChange extends VersionKey {
  readonly definition: object;
  /** The stored version that it is; left out: it is brought along. */
  readonly version?: number | undefined;
  /**
   * Id of the version in force that it was made from, null where none was: refused when another is in force by now. Left out
   * by commands and files, which replace whatever is in force.
   */
  readonly basedOn?: number | null | undefined;
  /** True: of a name that nothing has yet (a workflow's alone). */
  readonly asNew?: boolean | undefined;
  /** Where it was written, and the version that it began as. */
  readonly draft?: { readonly id: number; readonly copiedFrom: number | null };
}

/** The row that ends with the publication. */
export type Owner =
  | { readonly kind: "draft"; readonly head: DraftHead }
  | { readonly kind: "changeSet"; readonly head: ChangeSetHead };

export interface ReadSet {
  readonly programme: string;
  /** Null: of the machine, or of its operator. */
  readonly owner: Owner | null;
  readonly edits: readonly ChangeEdit[];
  readonly policies: readonly PolicyChange[];
}

/** What is published: by its number where it is kept, else as it is. */
export type Publishable =
  | { readonly draft: number }
  | { readonly changeSet: number }
  | (Pick<ReadSet, "programme" | "edits"> & {
      readonly policies: readonly (Omit<PolicyChange, "definition"> & { readonly definition?: unknown })[];
    });

export const isId = (id: number): boolean => Number.isSafeInteger(id) && id > 0 && id < 2 ** 31;

export const editOf = ({ edit }: StoredEdit): ChangeEdit => edit as ChangeEdit;

function changeOf({ id, programme, kind, name, definition, basedOn, copiedFrom }: StoredPolicyDraft): PolicyChange {
  const asNew = kind === "workflow" && basedOn === null;
  return { programme, kind, name, definition, basedOn, asNew, draft: { id, copiedFrom } };
}

interface HeldInSet extends Pick<ReadSet, "edits" | "policies"> {
  readonly stored: readonly StoredEdit[];
  readonly drafts: readonly StoredPolicyDraft[];
}

/** What a change-set holds; its drafts are locked where a transaction is given. */
export async function readChangeSet(db: Database, id: number, tx?: Transaction): Promise<HeldInSet> {
  const members = tx === undefined ? await membersOf(db, id) : await lockMembersOf(db, id, tx);
  const drafts = await draftsOfIds(db, members, tx);
  const stored = await editsOf(db, id, tx);
  return { stored, edits: stored.map(editOf), drafts, policies: drafts.map(changeOf) };
}

async function withDefinition(
  db: Database,
  change: Omit<PolicyChange, "definition"> & { readonly definition?: unknown },
  tx?: Transaction,
): Promise<PolicyChange> {
  const { programme, kind, name, version } = change;
  if (version === undefined) return { ...change, definition: change.definition as object };
  const stored = (await versionsOf(db, { programme, kind, name }, tx)).find((row) => row.version === version);
  if (stored !== undefined) return { ...change, definition: stored.definition };
  throw new Problem(
    "not-found",
    msg("policy-publication.readSet.thereIsNoVersionOf", { version, kind, name, programme }),
  );
}

/** As it stands; with a transaction as that holds it, locked. Problem not-found. */
export async function readSet(db: Database, what: Publishable, tx?: Transaction): Promise<ReadSet> {
  if ("draft" in what) {
    const { draft: id } = what;
    const row = !isId(id) ? null : tx === undefined ? await draftOfId(db, id) : await lockDraft(db, id, tx);
    if (row === null) throw draftProblems.none();
    const { definition: _, ...head } = row;
    return { programme: row.programme, owner: { kind: "draft", head }, edits: [], policies: [changeOf(row)] };
  }
  if ("changeSet" in what) {
    const { changeSet: id } = what;
    const head = !isId(id) ? null : tx === undefined ? await changeSetOfId(db, id) : await lockChangeSet(db, id, tx);
    if (head === null) throw noChangeSet();
    const { edits, policies } = await readChangeSet(db, id, tx);
    return { programme: head.programme, owner: { kind: "changeSet", head }, edits, policies };
  }
  const policies: PolicyChange[] = [];
  for (const change of what.policies) policies.push(await withDefinition(db, change, tx));
  return { ...what, owner: null, policies };
}
