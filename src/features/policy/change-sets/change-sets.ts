/** Change-sets: begun, filled with edits and drafts of policy, checked, handed in, looked at by a second person, published. */

import type { Transaction } from "sequelize";
import { type Actor, can } from "../../../engine/access/permissions.js";
import type { WaitingDraft } from "../../../engine/measures/home-view.js";
import { withAuthor } from "../../../engine/setup/policy-draft.js";
import type { ComingRow } from "../../../engine/setup/sets-of-forms.js";
import type { Setup } from "../../../engine/setup/setup.js";
import type { Database } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { loadSetup } from "../../setup/active-setup.js";
import { configurationRevision } from "../../setup/tables/setup-queries.js";
import { lockVersions } from "../../setup/version-queries.js";
import type { PublishedVersion } from "../publication/apply-changes.js";
import { requireStep, writerOf } from "../publication/authorise.js";
import {
  createLifeCycle,
  type LifeCycle,
  type Reasons,
  type SavedDraft,
  type Step,
} from "../publication/life-cycle.js";
import { type PublishParts, publish, submit } from "../publication/publish.js";
import { editOf, isId } from "../publication/read-set.js";
import { programmesOf, requireReader } from "../versions/listed-version.js";
import { moveCasesAgain } from "./case-move-store.js";
import { type ChangeEdit, readChangeEdit } from "./change-edit.js";
import { checkedTitle, holderRefusal, noChangeSet, noMove } from "./change-set-refusals.js";
import {
  type ChangeSetHead,
  changeSetOfId,
  editsOf,
  lockChangeSet,
  openChangeSets,
  publishedChangeSets,
  removeEdit,
  storeTouched,
} from "./change-set-store.js";
import {
  authorsOf,
  comingRows,
  type ListedChangeSet,
  listedChangeSet,
  type OpenChangeSet,
  waitingChangeSet,
} from "./change-set-views.js";
import { beginSet } from "./enter-set.js";
import { openedChangeSet } from "./opened-change-set.service.js";
import { putEdit, type WrittenEdit } from "./put-edit.js";
import { askedSetup } from "./setup-with-change-set.js";

/** A row of the set-up, or a seat. */
export interface OfTable {
  readonly table: string;
  readonly code: string;
}

/** Problems of all that act: not-found (also what is not theirs to see), forbidden, not-now (as it stands), conflict. */
export interface ChangeSets extends LifeCycle {
  /** What is being written or waits, in every programme that the actor may look at. */
  list(a: { actor: Actor }): Promise<readonly ListedChangeSet[]>;
  /** What was published lately, the latest first. */
  published(a: { actor: Actor; programme: string }): Promise<readonly ListedChangeSet[]>;
  /** Those of one programme that wait for a second person. */
  waiting(a: { actor: Actor; programme: string }): Promise<readonly WaitingDraft[]>;
  read(a: { actor: Actor; id: number; now: Date }): Promise<OpenChangeSet>;
  /** Rows that open sets add: what is put into the same set may name them already. */
  coming(a: { actor: Actor; programme: string }): Promise<readonly ComingRow[]>;
  /** The set-up as a draft of policy in this set may name it, with the rows of the set; null: as it is now. */
  setupWithChangeSet(a: { actor: Actor; programme: string; id: number | null }): Promise<Setup>;
  /** With `edit`, its first one: where that is refused, nothing is begun. Problems: invalid-input at `/title`; as `put`. */
  begin(a: { actor: Actor; programme: string; title: string; edit?: unknown; now: Date }): Promise<SavedDraft>;
  rename(a: Step & { title: string }): Promise<SavedDraft>;
  /**
   * Puts an edit into it, or joins it with what the set says of the same row; with `seen`, what the set said of it when it
   * was opened (null: nothing), it stands instead of that. Of a row that the set adds it may say another code. Edits of different rows do not disturb each other, so no revision is asked for.
   * Problems: invalid-input with faults as a form names them, not-found or forbidden at the holder of a seat that is sound
   * otherwise (not theirs to seat; nobody seats themselves), conflict
   * (the row is in another change-set, which is named; or it was changed meanwhile, with a fault at each column).
   */
  put(a: { actor: Actor; id: number; edit: unknown; seen?: unknown; now: Date }): Promise<SavedDraft>;
  takeOut(a: { actor: Actor; id: number; now: Date } & OfTable): Promise<SavedDraft>;
  /** Problems: also invalid-configuration (errors of the impact check), invalid-input at `/reason`, `/warningsReason`. */
  submit(a: Step & Reasons): Promise<void>;
  /** Tries anew to move the cases that a move of this set left behind. Problem not-found: it has no such move that failed. */
  moveAgain(a: { actor: Actor; id: number; move: string }): Promise<void>;
  /** All of it at one instant. Problems: as `submit`. */
  publish(
    a: Step & Reasons,
  ): Promise<{ readonly published: readonly Pick<PublishedVersion, "kind" | "name" | "version">[] }>;
}

const maxPublished = 20;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface Work {
  readonly transaction: Transaction;
  readonly head: ChangeSetHead;
  readonly by: number;
  /** The set-up as it was just before the transaction. */
  readonly before: Setup;
}

/** The set-up as the transaction sees it: the one that was loaded before, unless something changed since. */
async function setupIn(db: Database, before: Setup, tx: Transaction): Promise<Setup> {
  if ((await configurationRevision(db, tx)) === before.revision) return before;
  return loadSetup(db, before.programme.code, tx);
}

export function createChangeSets(parts: PublishParts): ChangeSets {
  const { db, setupOf, onMoves } = parts;

  async function readable(actor: Actor, id: number): Promise<ChangeSetHead> {
    const head = isId(id) ? await changeSetOfId(db, id) : null;
    if (head === null || !can(actor, "configuration.read", { programme: head.programme })) throw noChangeSet();
    return head;
  }

  /** Runs `work` on the set as it was seen, where it may be written, while nobody else edits or publishes in its programme. */
  async function saving<T>(
    a: { actor: Actor; id: number; revision?: number },
    work: (held: Work) => Promise<T>,
  ): Promise<T> {
    const { programme } = await readable(a.actor, a.id);
    writerOf(a.actor, programme);
    // Loaded before: inside it would take a second connection. It serves where nothing has changed since.
    const before = await setupOf(programme);
    return inTransaction(db, async (transaction) => {
      const settings = await lockVersions(db, programme, transaction);
      const head = settings === null ? null : await lockChangeSet(db, a.id, transaction);
      if (settings === null || head === null) throw noChangeSet();
      const by = requireStep({ kind: "changeSet", head }, "save", a, settings);
      return work({ transaction, head, by, before });
    });
  }

  async function touched(
    { head, by, transaction }: { head: ChangeSetHead; by: number; transaction: Transaction },
    now: Date,
    title?: string,
  ): Promise<SavedDraft> {
    const authors = withAuthor(authorsOf(head), by);
    const stored = { id: head.id, authors, by, now, ...(title !== undefined && { title }) };
    return { id: head.id, revision: await storeTouched(db, stored, transaction) };
  }

  /** Asked by whoever may write there: who could be seated is nothing that a stranger may ask. */
  async function written(edit: ChangeEdit, seen: WrittenEdit["seen"], actor: Actor, now: Date): Promise<WrittenEdit> {
    return { edit, seen, refusal: await holderRefusal(db, edit, actor, now), now };
  }

  return {
    async list({ actor }) {
      return (await openChangeSets(db, programmesOf(actor))).map((head) => listedChangeSet(head, actor));
    },
    async published({ actor, programme }) {
      requireReader(actor, programme);
      return (await publishedChangeSets(db, programme, maxPublished)).map((head) => listedChangeSet(head, actor));
    },
    async waiting({ actor, programme }) {
      if (!can(actor, "configuration.read", { programme })) return [];
      const submitted = (await openChangeSets(db, [programme])).filter(({ state }) => state === "submitted");
      return submitted.map((head) => waitingChangeSet(head, actor));
    },
    async read({ actor, id, now }) {
      const head = await readable(actor, id);
      return openedChangeSet(db, head, { actor, setup: await setupOf(head.programme), now });
    },
    async coming({ actor, programme }) {
      requireReader(actor, programme);
      const open = (await openChangeSets(db, [programme])).filter(({ state, edits }) => state === "open" && edits > 0);
      const held = await Promise.all(open.map(async (set) => comingRows(set, (await editsOf(db, set.id)).map(editOf))));
      return held.flat();
    },
    async setupWithChangeSet({ actor, programme, id }) {
      requireReader(actor, programme);
      return (await askedSetup(db, await setupOf(programme), id)).setup;
    },
    async begin({ actor, programme, title, edit: sent, now }) {
      const by = writerOf(actor, programme);
      const first = sent === undefined ? null : await written(readChangeEdit(sent), undefined, actor, now);
      const before = first && (await setupOf(programme));
      return inTransaction(db, async (transaction) => {
        if ((await lockVersions(db, programme, transaction)) === null) throw noChangeSet();
        const id = await beginSet(db, { programme, title, actor, by, now }, transaction);
        const head = first && (await changeSetOfId(db, id, transaction));
        if (first !== null && before !== null && head !== null)
          await putEdit(db, { head, setup: await setupIn(db, before, transaction), transaction }, first);
        return { id, revision: 1 };
      });
    },
    rename: ({ title: typed, ...a }) => {
      const title = checkedTitle(typed);
      return saving(a, (held) => touched(held, a.now, title));
    },
    async put({ actor, id, edit: sent, seen: shown, now }) {
      const edit = readChangeEdit(sent);
      const seen = shown === undefined || shown === null ? shown : readChangeEdit(shown);
      writerOf(actor, (await readable(actor, id)).programme);
      const one = await written(edit, seen, actor, now);
      return saving({ actor, id }, async (held) => {
        const setup = await setupIn(db, held.before, held.transaction);
        await putEdit(db, { ...held, setup }, one);
        return touched(held, now);
      });
    },
    takeOut: ({ actor, id, table: of, code, now }) =>
      saving({ actor, id }, async (held) => {
        if (!(await removeEdit(db, { id, of, code }, held.transaction))) throw noChangeSet();
        return touched(held, now);
      }),
    async moveAgain({ actor, id, move }) {
      const { programme } = await readable(actor, id);
      writerOf(actor, programme);
      if (!uuid.test(move) || !(await moveCasesAgain(db, { run: move, changeSet: id }))) throw noMove();
      onMoves();
    },
    ...createLifeCycle(db, "changeSet"),
    submit: (a) => submit(parts, { changeSet: a.id }, a),
    async publish(a) {
      const versions = await publish(parts, { changeSet: a.id }, a);
      return { published: versions.map(({ kind, name, version }) => ({ kind, name, version })) };
    },
  };
}
