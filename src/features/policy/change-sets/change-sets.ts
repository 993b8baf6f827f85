/** Change-sets: begun, filled with edits and drafts of policy, checked, handed in, looked at by a second person, published. */

import type { Transaction } from "sequelize";
import { type Actor, can } from "../../../engine/access/permissions.js";
import type { AuditType } from "../../../engine/audit/audit-types.js";
import type { WaitingDraft } from "../../../engine/measures/home-view.js";
import { type DraftAct, draftRefusal, withAuthor } from "../../../engine/setup/policy-draft.js";
import type { ComingRow } from "../../../engine/setup/sets-of-forms.js";
import type { ProgrammeSettings, Setup } from "../../../engine/setup/setup.js";
import { Problem } from "../../../engine/text/problems.js";
import { appendAudit } from "../../../platform/audit/audit-store.js";
import type { Database } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { lockVersions } from "../../setup/version-queries.js";
import { demandIndependence } from "../drafts/demand-independence.js";
import { type Reasons, type SavedDraft, type Step, writerOf } from "../drafts/draft-steps.js";
import { storeClosed, storeReopened, storeSubmitted } from "../drafts/policy-draft-store.js";
import type { HeldVersions } from "../drafts/sound-publication.js";
import { demandReader, programmesOf } from "../versions/listed-version.js";
import { beginSet } from "./begin-set.js";
import { moveCasesAgain } from "./case-move-store.js";
import { type ChangeEdit, readChangeEdit } from "./change-edit.js";
import { changedMeanwhile, checkedTitle, demandReason, noChangeSet, noMove } from "./change-set-refusals.js";
import {
  type ChangeSetHead,
  changeSetOfId,
  editsOf,
  lockChangeSet,
  openChangeSets,
  publishedChangeSets,
  removeEdit,
  storeMembersClosed,
  storeMembersState,
  storeSaid,
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
import { holderRefusal } from "./holder-refusal.js";
import { editOf, lookAtSet } from "./look-at-set.js";
import {
  demandReasonFor,
  demandSoundSet,
  gatherSet,
  type PublishedVersion,
  putIntoForce,
  setupIn,
  tryOut,
  warningsIn,
} from "./publish-change-set.js";
import { putEdit, type WrittenEdit } from "./put-edit.js";
import { readChangeSet } from "./read-change-set.js";
import { askedSetup } from "./setup-beside.js";

/** A row of the set-up, or a seat. */
export interface OfTable {
  readonly table: string;
  readonly code: string;
}

/** Problems of all that act: not-found (also what is not theirs to see), forbidden, not-now (as it stands), conflict. */
export interface ChangeSets {
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
  setupBeside(a: { actor: Actor; programme: string; id: number | null }): Promise<Setup>;
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
  discard(a: Step): Promise<void>;
  takeBack(a: Step): Promise<void>;
  sendBack(a: Step & { note: string }): Promise<void>;
  /** Problems: also invalid-configuration (errors of the impact check), invalid-input at `/reason`, `/warningsReason`. */
  submit(a: Step & Reasons): Promise<void>;
  /** Tries anew to move the cases that a move of this set left behind. Problem not-found: it has no such move that failed. */
  moveAgain(a: { actor: Actor; id: number; move: string }): Promise<void>;
  /** All of it at one instant. Problems: as `submit`. */
  publish(a: Step & Reasons): Promise<{ readonly published: readonly PublishedVersion[] }>;
}

export interface ChangeSetParts {
  readonly db: Database;
  readonly setupOf: (programme: string) => Promise<Setup>;
  readonly newId: () => string;
  /** Cases are waiting to be moved. */
  readonly onMoves: () => void;
}

const mostPublished = 20;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const isId = (id: number): boolean => Number.isSafeInteger(id) && id > 0 && id < 2 ** 31;
const isClosed = ({ state }: ChangeSetHead): boolean => state === "published" || state === "discarded";

interface Work extends HeldVersions {
  readonly head: ChangeSetHead;
  readonly by: number;
  /** The set-up as it was just before the transaction. */
  readonly before: Setup;
}

export function createChangeSets({ db, setupOf, newId, onMoves }: ChangeSetParts): ChangeSets {
  async function readable(actor: Actor, id: number): Promise<ChangeSetHead> {
    const head = isId(id) ? await changeSetOfId(db, id) : null;
    if (head === null || !can(actor, "configuration.read", { programme: head.programme })) throw noChangeSet();
    return head;
  }

  function demandAct(actor: Actor, act: DraftAct, head: ChangeSetHead, settings: ProgrammeSettings): number {
    const by = writerOf(actor, head.programme);
    const asked = { userId: by, secondPerson: settings.secondPerson === true };
    const refusal = draftRefusal(act, { state: head.state, authors: authorsOf(head) }, asked);
    if (refusal === null) return by;
    throw new Problem(isClosed(head) ? "conflict" : refusal.personal ? "forbidden" : "not-now", refusal.reason);
  }

  /** Runs `work` on the set as it was seen, while nobody else edits or publishes in its programme. */
  async function holding<T>(
    a: { actor: Actor; id: number; revision?: number },
    act: DraftAct,
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
      const by = demandAct(a.actor, act, head, settings);
      if (a.revision !== undefined && a.revision !== head.revision) throw changedMeanwhile(head);
      return work({ transaction, settings, head, by, before });
    });
  }

  function record(
    type: AuditType,
    { id, programme, title }: Pick<ChangeSetHead, "id" | "programme" | "title">,
    a: { actor: Actor; now: Date; more?: object },
    transaction: Transaction,
  ): Promise<void> {
    const data = { programme, title, changeSet: id, ...a.more };
    return appendAudit(transaction, db, { stream: "configuration", type, actor: a.actor, data, at: a.now });
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
      demandReader(actor, programme);
      return (await publishedChangeSets(db, programme, mostPublished)).map((head) => listedChangeSet(head, actor));
    },
    async waiting({ actor, programme }) {
      if (!can(actor, "configuration.read", { programme })) return [];
      const submitted = (await openChangeSets(db, [programme])).filter(({ state }) => state === "submitted");
      return submitted.map((head) => waitingChangeSet(head, actor));
    },
    async read({ actor, id, now }) {
      const head = await readable(actor, id);
      return readChangeSet(db, head, { actor, setup: await setupOf(head.programme), now });
    },
    async coming({ actor, programme }) {
      demandReader(actor, programme);
      const open = (await openChangeSets(db, [programme])).filter(({ state, edits }) => state === "open" && edits > 0);
      const held = await Promise.all(open.map(async (set) => comingRows(set, (await editsOf(db, set.id)).map(editOf))));
      return held.flat();
    },
    async setupBeside({ actor, programme, id }) {
      demandReader(actor, programme);
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
      return holding(a, "save", (held) => touched(held, a.now, title));
    },
    async put({ actor, id, edit: sent, seen: shown, now }) {
      const edit = readChangeEdit(sent);
      const seen = shown === undefined || shown === null ? shown : readChangeEdit(shown);
      writerOf(actor, (await readable(actor, id)).programme);
      const one = await written(edit, seen, actor, now);
      return holding({ actor, id }, "save", async (held) => {
        const setup = await setupIn(db, held.before, held.transaction);
        await putEdit(db, { ...held, setup }, one);
        return touched(held, now);
      });
    },
    takeOut: ({ actor, id, table: of, code, now }) =>
      holding({ actor, id }, "save", async (held) => {
        if (!(await removeEdit(db, { id, of, code }, held.transaction))) throw noChangeSet();
        return touched(held, now);
      }),
    discard: (a) =>
      holding(a, "discard", async ({ head, by, transaction }) => {
        await storeMembersClosed(db, { id: a.id, state: "discarded", now: a.now, by }, transaction);
        await storeClosed(db, { id: a.id, state: "discarded", now: a.now, by }, transaction);
        await record("change-set.discarded", head, { ...a, more: { authors: authorsOf(head) } }, transaction);
      }),
    takeBack: (a) =>
      holding(a, "takeBack", async ({ head, transaction }) => {
        await storeReopened(db, { id: a.id, returned: null }, transaction);
        await storeMembersState(db, { id: a.id, state: "open", by: null, now: null }, transaction);
        await record("change-set.taken-back", head, a, transaction);
      }),
    sendBack: ({ note, ...a }) =>
      holding(a, "sendBack", async ({ head, by, transaction }) => {
        await storeReopened(db, { id: a.id, returned: { note: note.trim(), by, now: a.now } }, transaction);
        await storeMembersState(db, { id: a.id, state: "open", by: null, now: null }, transaction);
        await record("change-set.sent-back", head, { ...a, more: { note: note.trim() } }, transaction);
      }),
    async moveAgain({ actor, id, move }) {
      const { programme } = await readable(actor, id);
      writerOf(actor, programme);
      if (!uuid.test(move) || !(await moveCasesAgain(db, { run: move, changeSet: id }))) throw noMove();
      onMoves();
    },
    submit: (a) =>
      holding(a, "submit", async (held) => {
        const { head, by, transaction } = held;
        const { id, now } = a;
        const reason = demandReason(a.reason);
        const set = await gatherSet(db, id, transaction);
        const looked = await lookAtSet(db, await setupIn(db, held.before, transaction), set, now, transaction);
        demandSoundSet(set, looked);
        demandReasonFor(looked, { ...a, explained: [] });
        await tryOut(db, head, { ...set, looked }, now, held);
        const authors = withAuthor(authorsOf(head), by);
        const warnings = warningsIn(looked).map(({ words }) => words.en);
        const warningsReason = warnings.length === 0 ? null : a.warningsReason?.trim() || null;
        await storeSubmitted(db, { id, authors, reason, warningsReason, warnings, now, by }, transaction);
        await storeMembersState(db, { id, state: "submitted", by, now }, transaction);
        await record("change-set.submitted", head, { ...a, more: { authors, reason, warningsReason } }, transaction);
      }),
    async publish(a) {
      const { published, moves } = await holding(a, "publish", async (held) => {
        const { head, by, transaction } = held;
        const { id, now, actor } = a;
        const approving = head.state === "submitted" && !authorsOf(head).includes(by);
        const said = demandReason(a.reason);
        if (approving)
          await demandIndependence(db, { userId: by, authors: authorsOf(head), since: head.openedAt }, transaction);
        const set = await gatherSet(db, id, transaction);
        const looked = await lookAtSet(db, await setupIn(db, held.before, transaction), set, now, transaction);
        demandSoundSet(set, looked);
        const explained = approving && head.warningsReason !== null ? (head.warningsSeen ?? []) : [];
        demandReasonFor(looked, { ...a, explained });
        const reason = approving ? (head.reason ?? said) : said;
        const texts = [approving ? head.warningsReason : null, a.warningsReason?.trim() || null];
        const warned = warningsIn(looked).length > 0;
        const warningsReason = (warned && texts.filter((text) => text !== null).join("\n")) || null;
        const provenance = {
          draftedBy: approving ? authorsOf(head) : withAuthor(authorsOf(head), by),
          publishedBy: approving ? (head.submittedBy?.id ?? by) : by,
          approvedBy: approving ? by : null,
          approvalReason: approving ? said : null,
        };
        const publishing = { by: actor, now, newId, reason, warningsReason, provenance };
        const versions = await putIntoForce(db, head, { ...set, looked }, publishing, held);
        if (!approving) await storeSaid(db, { id, reason, warningsReason, authors: provenance.draftedBy }, transaction);
        await storeMembersClosed(db, { id, state: "published", now, by }, transaction);
        await storeClosed(db, { id, state: "published", now, by }, transaction);
        const what = set.edits.map(({ table, code, act }) => ({ table, code, act }));
        const more = { reason, warningsReason, ...provenance, edits: what, versions };
        await record("change-set.published", head, { actor, now, more }, transaction);
        return { published: versions, moves: looked.steps.moves.length };
      });
      if (moves > 0) onMoves();
      return { published };
    },
  };
}
