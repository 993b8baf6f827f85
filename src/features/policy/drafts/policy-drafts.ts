/**
 * Drafts of policy: opened, saved, handed in, looked at by a second person, published. A draft decides nothing; what
 * publishes it is `publish`, in one transaction with the draft's end.
 */

import type { Transaction } from "sequelize";
import { type Actor, can } from "../../../engine/access/permissions.js";
import type { Difference } from "../../../engine/differences/difference.js";
import type { WaitingDraft } from "../../../engine/measures/home-view.js";
import { type DraftAct, withAuthor } from "../../../engine/setup/policy-draft.js";
import type { ChosenSet } from "../../../engine/setup/sets-of-forms.js";
import type { ProgrammeSettings, Setup } from "../../../engine/setup/setup.js";
import { demandStorable } from "../../../engine/text/storable-value.js";
import type { WorkflowDefinition } from "../../../engine/workflow/workflow-definition.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { versionHeads, versionOfId } from "../../setup/version-queries.js";
import { setupBeside } from "../change-sets/setup-beside.js";
import { besideOf, type CheckedDefinition, checkDefinition, type Thing, toldDifferences } from "../check-definition.js";
import { ordered } from "../ordered.js";
import { demandReader, inDefinition, programmesOf, type VersionParts } from "../versions/listed-version.js";
import { beginningOf } from "../versions/shipped-definitions.js";
import { versionsOf } from "../versions/version-store.js";
import { copiedWorkflow, demandNewCode } from "../workflow/copy-workflow.js";
import { demandIndependence } from "./demand-independence.js";
import { explainedIn, publicationOf } from "./draft-publication.js";
import { type DraftInSet, draftSteps, type Reasons, type SavedDraft, type Step, writerOf } from "./draft-steps.js";
import {
  draftProblems,
  factsOf,
  type ListedDraft,
  listedDraft,
  type OpenDraft,
  openDraft,
  waitingDraft,
} from "./draft-views.js";
import {
  draftOfThing,
  openDrafts,
  type StoredPolicyDraft,
  storeClosed,
  storeDefinition,
  storeIntoSet,
  storeReopened,
} from "./policy-draft-store.js";
import { type PublishedResult, publish } from "./publish.js";
import { whenSound } from "./sound-publication.js";

export type { ListedDraft, OpenDraft } from "./draft-views.js";

export interface PolicyDrafts {
  /** What is being written or waits, in every programme that the actor may look at. */
  list(a: { actor: Actor }): Promise<readonly ListedDraft[]>;
  /** Of one programme those that wait for a second person, as its operation room's home shows them. */
  waiting(a: { actor: Actor; programme: string }): Promise<readonly WaitingDraft[]>;
  /** The open draft of one thing; null where there is none. Problem not-found. */
  of(a: { actor: Actor } & Thing): Promise<OpenDraft | null>;
  /**
   * Begins a draft with what was written over a version (`basedOn`, null where none is in force). Problems: not-found,
   * forbidden, invalid-input, conflict (somebody has one open). `changeSet`: the one that it begins in, or that begins with it
   * (then also invalid-input at `/title`): neither is there without the other.
   */
  begin(
    a: { actor: Actor; definition: unknown; basedOn: number | null; changeSet?: ChosenSet | null; now: Date } & Thing,
  ): Promise<DraftInSet>;
  /**
   * Puts a draft that stands by itself into a change-set, with all that is written in it; it is submitted and published with
   * that from then on. Problems: as `save`, as `begin` of the set; conflict (it is in a change-set, which is named).
   */
  intoSet(a: Step & { changeSet: ChosenSet }): Promise<DraftInSet>;
  /** Begins a draft with what a version says: to go back to it, or to take what an upgrade offers. Problems: as `begin`. */
  reopen(a: {
    actor: Actor;
    version: number;
    reason: string | null;
    changeSet?: ChosenSet | null;
    now: Date;
  }): Promise<DraftInSet>;
  /** Begins a workflow under a code of its own, as a copy of a version. Problems: as `begin`; invalid-input at `/code`. */
  copy(a: { actor: Actor; version: number; code: string; now: Date }): Promise<SavedDraft & { readonly code: string }>;
  /**
   * Problems: not-found, forbidden, invalid-input, not-now (it waits for a second person), conflict (somebody else saved
   * it, or it is closed). `basedOn`: the version in force that it now stands on, where that is another.
   */
  save(a: Step & { definition: unknown; basedOn?: number | null }): Promise<SavedDraft>;
  /** What became of the draft since somebody read `before`, and what putting `after` on top of it would change. */
  compare(a: { actor: Actor; id: number; before: unknown; after: unknown }): Promise<{
    readonly draft: ListedDraft;
    readonly definition: object;
    /** Null: it cannot be told. */
    readonly theirs: readonly Difference[] | null;
    readonly mine: readonly Difference[] | null;
  }>;
  /** Problems of these: not-found, forbidden (not by this official), not-now (not as it stands), conflict. */
  discard(a: Step): Promise<void>;
  takeBack(a: Step): Promise<void>;
  sendBack(a: Step & { note: string }): Promise<void>;
  /** Locks it until a second person has looked. Problems: those, and of publishing it. */
  submit(a: Step & Reasons): Promise<void>;
  /** By its author where no second person is needed, else by one who wrote nothing of it. Problems: those, and of `publish`. */
  publish(a: Step & Reasons): Promise<PublishedResult>;
}

function demandObject(definition: unknown): asserts definition is object {
  if (typeof definition !== "object" || definition === null || Array.isArray(definition))
    throw draftProblems.noDefinition();
  demandStorable(definition, "/definition");
}

const keyOf = ({ id, programme, kind, name }: StoredPolicyDraft) => ({ id, programme, kind, name });
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

export function createPolicyDrafts({ db, setupOf }: VersionParts): PolicyDrafts {
  const { readable, admitted, seen, record, sourceOf, holding, add, markSubmitted, touchSet, enterSet } =
    draftSteps(db);
  const settingsOf = async (programme: string) => (await setupOf(programme)).programme.settings;
  const definitionOf = async (version: number | null): Promise<object | null> =>
    version === null ? null : ((await versionOfId(db, version))?.definition ?? null);

  /** Checks cost as much as the rules are many: each revision is looked at once. */
  const known = new WeakMap<Setup, Map<number, { revision: number; checked: CheckedDefinition }>>();
  async function checkedOf(row: StoredPolicyDraft, setup: Setup): Promise<CheckedDefinition> {
    const ofSetup = known.get(setup) ?? new Map<number, { revision: number; checked: CheckedDefinition }>();
    known.set(setup, ofSetup);
    const found = ofSetup.get(row.id);
    if (found?.revision === row.revision) return found.checked;
    const checked = checkDefinition(row, row.definition, setup, await besideOf(db, setup, row));
    ofSetup.set(row.id, { revision: row.revision, checked });
    return checked;
  }

  /** A step of one draft alone, which publishes nothing. */
  async function step(
    a: Step,
    act: DraftAct,
    work: (row: StoredPolicyDraft, transaction: Transaction) => Promise<void>,
  ): Promise<void> {
    const { programme } = await readable(a.actor, a.id);
    writerOf(a.actor, programme);
    await holding(programme, async (held) => work(await admitted(a, act, held), held.transaction));
  }

  return {
    async list({ actor }) {
      return (await openDrafts(db, programmesOf(actor))).map((head) => listedDraft(head, actor));
    },
    async waiting({ actor, programme }) {
      if (!can(actor, "configuration.read", { programme })) return [];
      const submitted = (await openDrafts(db, [programme])).filter(
        // What belongs to a change-set is looked at there.
        ({ state, changeSet }) => state === "submitted" && changeSet === null,
      );
      return submitted.map((head) => waitingDraft(head, actor));
    },
    async of({ actor, ...thing }) {
      demandReader(actor, thing.programme);
      const row = await draftOfThing(db, thing);
      if (row === null) return null;
      const setup = await setupBeside(db, await setupOf(row.programme), row.changeSet?.id ?? null);
      return openDraft(row, {
        actor,
        setup,
        checked: await checkedOf(row, setup),
        base: row.basedOn === null ? beginningOf(row.kind, row.name) : await definitionOf(row.basedOn),
      });
    },
    async begin({ actor, definition, basedOn, changeSet = null, now, ...thing }) {
      writerOf(actor, thing.programme);
      demandObject(definition);
      return holding(thing.programme, async ({ transaction }) => {
        const versions = await versionsOf(db, thing, transaction);
        if (versions.length === 0 && beginningOf(thing.kind, thing.name) === null) throw draftProblems.notHere(thing);
        if (basedOn !== null && !versions.some((row) => row.id === basedOn)) throw draftProblems.noBase();
        return add(
          actor,
          { ...thing, definition, basedOn, copiedFrom: null, reason: null, changeSet, now },
          transaction,
        );
      });
    },
    async intoSet({ changeSet: chosen, ...a }) {
      const { programme } = await readable(a.actor, a.id);
      const by = writerOf(a.actor, programme);
      return holding(programme, async (held) => {
        const { transaction } = held;
        // The set first, as whoever publishes it does.
        const changeSet = await enterSet(chosen, { ...a, programme }, transaction);
        const row = await admitted(a, "save", held);
        if (row.changeSet !== null) throw draftProblems.taken(row);
        const authors = withAuthor(factsOf(row).authors, by);
        const revision = await storeIntoSet(db, { id: row.id, changeSet, authors, by, now: a.now }, transaction);
        await record("configuration.into-set", a, { ...keyOf(row), changeSet }, transaction);
        return { id: row.id, revision, changeSet };
      });
    },
    async reopen({ actor, version, reason, changeSet = null, now }) {
      const { programme, kind, name, definition } = await sourceOf(actor, version);
      return holding(programme, async ({ transaction }) => {
        const versions = await versionsOf(db, { programme, kind, name }, transaction);
        const basedOn = versions.find((row) => row.status === "published")?.id ?? null;
        const copy = ordered(definition) as object;
        const from = { basedOn, copiedFrom: version, reason, changeSet };
        const draft = { programme, kind, name, definition: copy, ...from, now };
        return add(actor, draft, transaction);
      });
    },
    async copy({ actor, version, code, now }) {
      const { programme, kind, definition } = await sourceOf(actor, version);
      // Its form first: what has another is not looked up.
      demandNewCode(kind, code, false);
      return holding(programme, async ({ transaction }) => {
        const thing = { programme, kind, name: code };
        const taken =
          (await versionHeads(db, thing)).length > 0 || (await draftOfThing(db, thing, transaction)) !== null;
        demandNewCode(kind, code, taken);
        const copied = ordered(copiedWorkflow(definition as WorkflowDefinition, code)) as object;
        const draft = { ...thing, definition: copied, basedOn: null, copiedFrom: version, reason: null, now };
        return { ...(await add(actor, draft, transaction)), code };
      });
    },
    async save({ definition, basedOn: moved, ...a }) {
      const { programme } = await readable(a.actor, a.id);
      const by = writerOf(a.actor, programme);
      demandObject(definition);
      return inTransaction(db, async (transaction) => {
        // Nobody's publication waits for what is only being written.
        const row = await admitted(a, "save", { transaction, settings: {} as ProgrammeSettings });
        const basedOn = moved === undefined ? row.basedOn : moved;
        if (basedOn !== row.basedOn) {
          const versions = await versionsOf(db, row, transaction);
          if (!versions.some(({ id, publishedAt }) => id === basedOn && publishedAt !== null))
            throw draftProblems.noBase();
        }
        if (basedOn === row.basedOn && same(definition, row.definition)) return { id: row.id, revision: row.revision };
        const authors = withAuthor(factsOf(row).authors, by);
        await touchSet(row.changeSet, by, a.now, transaction);
        const stored = { id: row.id, definition, basedOn, authors, by, now: a.now };
        return { id: row.id, revision: await storeDefinition(db, stored, transaction) };
      });
    },
    async compare({ actor, id, before, after }) {
      const row = await readable(actor, id);
      writerOf(actor, row.programme);
      const setup = await setupBeside(db, await setupOf(row.programme), row.changeSet?.id ?? null);
      const { kind, definition } = row;
      return {
        draft: listedDraft(row, actor),
        definition,
        theirs: toldDifferences(kind, before, definition, setup),
        mine: toldDifferences(kind, definition, after, setup),
      };
    },
    discard: (a) =>
      step(a, "discard", async (row, transaction) => {
        const by = writerOf(a.actor, row.programme);
        await storeClosed(db, { id: row.id, state: "discarded", now: a.now, by }, transaction);
        await touchSet(row.changeSet, by, a.now, transaction);
        const authors = factsOf(row).authors;
        await record("configuration.discarded", a, { ...keyOf(row), authors, revision: row.revision }, transaction);
      }),
    takeBack: (a) =>
      step(a, "takeBack", async (row, transaction) => {
        await storeReopened(db, { id: row.id, returned: null }, transaction);
        await record("configuration.taken-back", a, keyOf(row), transaction);
      }),
    sendBack: ({ note, ...a }) =>
      step(a, "sendBack", async (row, transaction) => {
        const by = writerOf(a.actor, row.programme);
        await storeReopened(db, { id: row.id, returned: { note: note.trim(), by, now: a.now } }, transaction);
        await record("configuration.sent-back", a, { ...keyOf(row), note: note.trim() }, transaction);
      }),
    async submit(a) {
      const row = await seen(a, "submit", settingsOf);
      const authors = factsOf(row).authors;
      try {
        await whenSound(
          db,
          publicationOf(row, a),
          async (held) => void (await admitted(a, "submit", held)),
          ({ transaction, warnings }) => markSubmitted({ ...row, authors }, { ...a, warnings }, transaction),
        );
      } catch (error) {
        throw inDefinition(error);
      }
    },
    async publish(a) {
      const row = await seen(a, "publish", settingsOf);
      const by = writerOf(a.actor, row.programme);
      const { authors } = factsOf(row);
      const approving = row.state === "submitted" && !authors.includes(by);
      const reason = approving ? (row.reason ?? a.reason) : a.reason;
      try {
        return await publish(
          db,
          { ...publicationOf(row, { ...a, reason }), explained: approving ? explainedIn(row) : null },
          {
            async admit(held) {
              await admitted(a, "publish", held);
              const whose = { userId: by, authors, since: row.openedAt };
              if (approving) await demandIndependence(db, whose, held.transaction);
              return {
                draftId: row.id,
                draftedBy: approving ? authors : withAuthor(authors, by),
                copiedFrom: row.copiedFrom,
                publishedBy: approving ? (row.submittedBy?.id ?? by) : by,
                approvedBy: approving ? by : null,
                approvalReason: approving ? a.reason.trim() : null,
              };
            },
            settle: (transaction) => storeClosed(db, { id: row.id, state: "published", now: a.now, by }, transaction),
          },
        );
      } catch (error) {
        throw inDefinition(error);
      }
    },
  };
}
