/** A change-set is begun by itself, or with the first of what it holds; a draft enters one, and changes it with each save. */
import type { Transaction } from "sequelize";
import type { Actor } from "../../../engine/access/permissions.js";
import { withAuthor } from "../../../engine/setup/policy-draft.js";
import type { ChosenSet } from "../../../engine/setup/sets-of-forms.js";
import type { Database } from "../../../platform/db/query.js";
import { draftProblems } from "../drafts/draft-views.js";
import { recordStep } from "../publication/record-step.js";
import { checkedTitle, noChangeSet } from "./change-set-refusals.js";
import { lockChangeSet, storeNewChangeSet, storeTouched } from "./change-set-store.js";

interface Writer {
  /** Their account. */
  readonly by: number;
  readonly now: Date;
}

/**
 * Begins one and gives its number. The caller holds the programme's versions and has asked whether this account (`by`) may
 * write there. Problem invalid-input at `/title`.
 */
export async function beginSet(
  db: Database,
  a: { programme: string; title: string; actor: Actor } & Writer,
  tx: Transaction,
): Promise<number> {
  const { programme, actor, by, now } = a;
  const title = checkedTitle(a.title);
  const id = await storeNewChangeSet(db, { programme, title, by, now }, tx);
  await recordStep(db, { kind: "changeSet", head: { id, programme, title } }, "opened", { by: actor, now }, tx);
  return id;
}

/** A reader who has seen the change-set before has not seen this. */
export async function touchSet(
  db: Database,
  set: { readonly id: number } | null,
  { by, now }: Writer,
  tx: Transaction,
): Promise<void> {
  const head = set && (await lockChangeSet(db, set.id, tx));
  if (head === null) return;
  const authors = withAuthor(
    head.authors.map(({ id }) => id),
    by,
  );
  await storeTouched(db, { id: head.id, authors, by, now }, tx);
}

/**
 * The number of the set into which a draft goes, locked: an open one, or one that is begun. The programme's versions are
 * held. Problems: not-found, not-now (it waits, or is closed), invalid-input at `/title`.
 */
export async function enterSet(
  db: Database,
  chosen: ChosenSet,
  { programme, actor, ...writer }: { programme: string; actor: Actor } & Writer,
  tx: Transaction,
): Promise<number> {
  if (typeof chosen !== "number") return beginSet(db, { programme, ...chosen, actor, ...writer }, tx);
  const isId = Number.isSafeInteger(chosen) && chosen > 0 && chosen < 2 ** 31;
  const set = isId ? await lockChangeSet(db, chosen, tx) : null;
  if (set === null || set.programme !== programme) throw noChangeSet();
  if (set.state !== "open") throw draftProblems.changeSetClosed(set.title);
  await touchSet(db, set, writer, tx);
  return set.id;
}
