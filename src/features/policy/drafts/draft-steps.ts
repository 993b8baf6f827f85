/** The steps of a draft that the others are made of: each in a transaction, each in the record. */

import type { Transaction } from "sequelize";
import { type Actor, can } from "../../../engine/access/permissions.js";
import type { AuditType } from "../../../engine/audit/audit-types.js";
import type { ConfigurationFault } from "../../../engine/setup/configuration-fault.js";
import { type DraftAct, draftRefusal, withAuthor } from "../../../engine/setup/policy-draft.js";
import type { ChosenSet } from "../../../engine/setup/sets-of-forms.js";
import type { ProgrammeSettings } from "../../../engine/setup/setup.js";
import { Problem } from "../../../engine/text/problems.js";
import { appendAudit } from "../../../platform/audit/audit-store.js";
import type { Database } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { lockVersions, versionOfId } from "../../setup/version-queries.js";
import { beginSet } from "../change-sets/begin-set.js";
import { lockChangeSet, storeTouched } from "../change-sets/change-set-store.js";
import type { Thing } from "../check-definition.js";
import { demandPublisher } from "../versions/listed-version.js";
import { draftProblems, factsOf, withItsSet } from "./draft-views.js";
import {
  type DraftHead,
  draftOfId,
  draftOfThing,
  lockDraft,
  type NewDraft,
  type StoredPolicyDraft,
  storeNewDraft,
  storeSubmitted,
} from "./policy-draft-store.js";

/** Who does something with a draft, which they have seen at this revision. */
export interface Step {
  readonly actor: Actor;
  readonly id: number;
  readonly revision: number;
  readonly now: Date;
}
export interface Reasons {
  readonly reason: string;
  readonly warningsReason?: string | null | undefined;
}
export interface SavedDraft {
  readonly id: number;
  readonly revision: number;
}
/** One that has just been begun, or put there: also which change-set it is in. */
export interface DraftInSet extends SavedDraft {
  /** Null: it stands by itself. */
  readonly changeSet: number | null;
}
interface Held {
  readonly transaction: Transaction;
  readonly settings: ProgrammeSettings;
}

const isId = (id: number): boolean => Number.isSafeInteger(id) && id > 0 && id < 2 ** 31;
const isClosed = ({ state }: DraftHead): boolean => state === "published" || state === "discarded";

/** Their account: whoever may publish may write. */
export function writerOf(actor: Actor, programme: string): number {
  demandPublisher(actor, programme);
  if (actor.kind !== "user") throw draftProblems.onlyPeople();
  return actor.userId;
}

export function draftSteps(db: Database) {
  async function readable(actor: Actor, id: number): Promise<StoredPolicyDraft> {
    const row = isId(id) ? await draftOfId(db, id) : null;
    if (row === null || !can(actor, "configuration.read", { programme: row.programme })) throw draftProblems.none();
    return row;
  }

  /** Throws where the act may not be done with the draft as it stands. */
  function demandAct(a: Step, act: DraftAct, row: StoredPolicyDraft, settings: ProgrammeSettings): void {
    const asked = { userId: writerOf(a.actor, row.programme), secondPerson: settings.secondPerson === true };
    if (row.changeSet !== null && withItsSet.has(act)) throw draftProblems.inChangeSet(row.changeSet.title);
    const refusal = draftRefusal(act, factsOf(row), asked);
    if (refusal !== null)
      throw new Problem(isClosed(row) ? "conflict" : refusal.personal ? "forbidden" : "not-now", refusal.reason);
    if (row.revision !== a.revision) throw draftProblems.changed(row);
  }

  /** The draft as it was seen, locked, where this may be done with it. */
  async function admitted(a: Step, act: DraftAct, { transaction, settings }: Held): Promise<StoredPolicyDraft> {
    // The change-set first, as whoever publishes it does.
    const set = (await draftOfId(db, a.id, transaction))?.changeSet ?? null;
    if (set !== null) await lockChangeSet(db, set.id, transaction);
    const row = await lockDraft(db, a.id, transaction);
    if (row === null) throw draftProblems.none();
    demandAct(a, act, row, settings);
    return row;
  }

  /** Whoever has seen the change-set before has not seen this. */
  async function touchSet(set: { id: number } | null, by: number, now: Date, transaction: Transaction): Promise<void> {
    if (set === null) return;
    const head = await lockChangeSet(db, set.id, transaction);
    if (head === null) return;
    const authors = withAuthor(
      head.authors.map(({ id }) => id),
      by,
    );
    await storeTouched(db, { id: set.id, authors, by, now }, transaction);
  }

  /**
   * The number of the set into which a draft goes, locked: an open one, or one that is begun. The programme's versions are
   * held. Problems: not-found, not-now (it waits, or is closed), invalid-input at `/title`.
   */
  async function enterSet(
    chosen: ChosenSet,
    { programme, actor, now }: { programme: string; actor: Actor; now: Date },
    transaction: Transaction,
  ): Promise<number> {
    const by = writerOf(actor, programme);
    if (typeof chosen !== "number") return beginSet(db, { programme, ...chosen, actor, by, now }, transaction);
    const set = isId(chosen) ? await lockChangeSet(db, chosen, transaction) : null;
    if (set === null || set.programme !== programme) throw draftProblems.noChangeSet();
    if (set.state !== "open") throw draftProblems.changeSetClosed(set.title);
    await touchSet(set, by, now, transaction);
    return set.id;
  }

  /** The draft as it was seen, not locked yet: what is checked meanwhile is what `admitted` finds, or it is refused there. */
  async function seen(a: Step, act: DraftAct, settingsOf: (programme: string) => Promise<ProgrammeSettings>) {
    const row = await readable(a.actor, a.id);
    demandAct(a, act, row, await settingsOf(row.programme));
    return row;
  }

  function record(
    type: AuditType,
    a: { actor: Actor; now: Date },
    { id, programme, kind, name, ...more }: { id: number } & Thing & Readonly<Record<string, unknown>>,
    transaction: Transaction,
  ): Promise<void> {
    const data = { programme, kind, name, draftId: id, ...more };
    return appendAudit(transaction, db, { stream: "configuration", type, actor: a.actor, data, at: a.now });
  }

  return {
    readable,
    admitted,
    touchSet,
    enterSet,
    seen,
    record,
    /** A version that a draft may begin as, for whoever may write one. */
    async sourceOf(actor: Actor, version: number) {
      const row = isId(version) ? await versionOfId(db, version) : null;
      if (row === null || !can(actor, "configuration.read", { programme: row.programme })) throw draftProblems.none();
      writerOf(actor, row.programme);
      return row;
    },
    /** Runs `work` while nobody else publishes or begins a draft in the programme. */
    holding<T>(programme: string, work: (held: Held) => Promise<T>): Promise<T> {
      return inTransaction(db, async (transaction) => {
        const settings = await lockVersions(db, programme, transaction);
        if (settings === null) throw draftProblems.none();
        return work({ transaction, settings });
      });
    },
    /** Where the programme's versions are held. Problem conflict: there is one. */
    async add(
      actor: Actor,
      { changeSet: chosen = null, ...draft }: Omit<NewDraft, "by" | "changeSet"> & { changeSet?: ChosenSet | null },
      transaction: Transaction,
    ): Promise<DraftInSet> {
      const { programme, kind, name, basedOn, copiedFrom, now } = draft;
      const by = writerOf(actor, programme);
      const open = await draftOfThing(db, draft, transaction);
      if (open !== null) throw draftProblems.taken(open);
      const changeSet = chosen === null ? null : await enterSet(chosen, { programme, actor, now }, transaction);
      const id = await storeNewDraft(db, { ...draft, changeSet, by }, transaction);
      const data = { id, programme, kind, name, basedOn, copiedFrom };
      await record("configuration.opened", { actor, now }, data, transaction);
      return { id, revision: 1, changeSet };
    },
    async markSubmitted(
      { id, programme, kind, name, authors: before }: { id: number; authors: readonly number[] } & Thing,
      { actor, now, ...said }: { actor: Actor; now: Date; warnings: readonly ConfigurationFault[] } & Reasons,
      transaction: Transaction,
    ): Promise<void> {
      const by = writerOf(actor, programme);
      const reason = said.reason.trim();
      const warningsReason = (said.warnings.length > 0 && said.warningsReason?.trim()) || null;
      const authors = withAuthor(before, by);
      const warnings = said.warnings.map((warning) => warning.reason.en);
      await storeSubmitted(db, { id, authors, reason, warningsReason, warnings, now, by }, transaction);
      const data = { id, programme, kind, name, authors, reason, warningsReason };
      await record("configuration.submitted", { actor, now }, data, transaction);
    },
  };
}
