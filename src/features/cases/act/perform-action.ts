/**
 * What a person does to a case: load, ask the workflow, apply, store. First without holding the case (`act-alone.ts`);
 * where that is not enough it is locked, and everything happens in one transaction.
 */
import type { Transaction } from "sequelize";
import { type Actor, can } from "../../../engine/access/permissions.js";
import { describeEvents, type EntryKind } from "../../../engine/explain/describe-event.js";
import { casesNamedIn } from "../../../engine/explain/named-cases.js";
import type { Case } from "../../../engine/lifecycle/case.js";
import type { CaseOutcome } from "../../../engine/lifecycle/case-outcome.js";
import { parseReference } from "../../../engine/lifecycle/case-reference.js";
import { formatMoment } from "../../../engine/measures/figures.js";
import type { PinnedVersions, Policy } from "../../../engine/setup/policy.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Language } from "../../../engine/text/text.js";
import type { WorkflowDefinition } from "../../../engine/workflow/workflow-definition.js";
import { placedTooLate, uniqueViolation } from "../../../platform/db/errors.js";
import type { Database } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { eventsOfCase } from "../case-event-queries.js";
import { answerDueAt, type CaseParts, caseNotFound, caseNotShown, opensWith } from "../case-parts.js";
import { caseByReference, type LoadedCase } from "../case-queries.js";
import { updateCases } from "../case-store.js";
import { actAlone } from "./act-alone.js";
import { claimAct } from "./case-act-store.js";
import { takeDuplicates } from "./merge-cases.js";
import { reachedReferences } from "./reached-references.js";
import { refuseUnheard } from "./refuse-unheard.js";
import { saidAlready } from "./said-already.js";
import { openSplit } from "./split-case.js";
import { type Act, type WorkedOut, workOut } from "./work-out.js";

export interface PerformedAction {
  readonly reference: string;
  readonly state: string;
  readonly entity: string | null;
  readonly dueAt: Date | null;
  /** The case that a second matter became, where the act split one off. */
  readonly opened?: Omit<PerformedAction, "opened">;
  /** By the act it left the reach of the official who acted. */
  readonly gone?: true;
}

/** At most so many of the steps since are told; the newest count. */
const mostTold = 5;

/** A look at personal data and a reminder that went out make nothing of what somebody is writing wrong. */
const changesNothing: ReadonlySet<EntryKind> = new Set(["reading", "escalation"]);

/**
 * Refuses when the case moved on, and says what happened since, so that whoever typed can decide whether it still fits.
 */
async function refuseMoved(db: Database, transaction: Transaction, a: Moved): Promise<void> {
  const events = await eventsOfCase(db, a.theCase.id, transaction);
  const references = casesNamedIn(events);
  const reached = await reachedReferences(db, { references, actor: a.actor, transaction });
  const since = describeEvents(events, { ...a, reached }).filter(
    ({ seq, folded, kind }) => seq > a.expectedSeq && !folded && !changesNothing.has(kind),
  );
  if (since.length === 0) return;
  const told = (language: Language): string =>
    since
      .slice(-mostTold)
      .map(({ at, who, what }) => {
        const when = formatMoment(at, language, a.setup.programme.timeZone);
        return `${who[language]} (${when}): ${what[language]}`;
      })
      .join(" ");
  throw new Problem("conflict", {
    en: `The case changed after you opened it. ${told("en")} Nothing that you typed was stored.`,
    ar: `تغيّرت المعاملة بعد أن فتحتها. ${told("ar")} لم يُحفظ ما كتبته.`,
  });
}

interface Moved {
  readonly actor: Actor;
  readonly theCase: Case;
  readonly setup: Setup;
  readonly workflow: WorkflowDefinition;
  readonly expectedSeq: number;
}

/**
 * Whether the very same act was stored before: its answer was lost, and it was sent again. The case's lock makes the second
 * of two that arrive together wait for the first.
 */
async function doneBefore(
  db: Database,
  transaction: Transaction,
  { act, caseId, actKey }: { act: Act; caseId: number; actKey: string },
): Promise<boolean> {
  const { actor, action, now } = act;
  if (actor.kind !== "user") return false;
  const claimed = await claimAct(db, transaction, { userId: actor.userId, key: actKey, caseId, action, now });
  if (claimed !== "other") return claimed === "done";
  throw new Problem("idempotency-conflict", {
    en: "This act's key was used for another act. Load the page again, then repeat what you did.",
    ar: "استُخدم مفتاح هذا الإجراء لإجراء آخر. حمّل الصفحة ثانية ثم أعد ما فعلت.",
  });
}

/** A new case's number may be taken already, an entity be retired just now: rare, and worth another try. */
const attempts = 6;

async function again<Done>(work: () => Promise<Done>): Promise<Done> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const rare = placedTooLate(error) || uniqueViolation(error) === "cases_reference_key";
      if (attempt === attempts || !rare) throw error;
    }
  }
}

/** The other cases that an act changes besides its own, and the one that it opens, worked out and stored with it. */
async function store(
  parts: CaseParts,
  a: { transaction: Transaction; loaded: LoadedCase; act: Act; policy: Policy; changed: WorkedOut },
): Promise<Case | null> {
  const { transaction, loaded, changed, policy } = a;
  const { actor, now } = a.act;
  const { fields, splitInto: into } = changed;
  const merged = changed.outcome.events.some(({ type }) => type === "case.merged") ? (fields.others as string[]) : [];
  const others = await takeDuplicates(
    parts,
    { transaction, into: loaded, references: merged, policy, actor, now },
    workOut,
  );
  await updateCases(parts.db, transaction, [changed, ...others], parts.messages);
  return into === null ? null : openSplit(parts, { transaction, loaded, into, fields, policy, actor, now });
}

const performed = (after: Case): Omit<PerformedAction, "opened"> => ({
  reference: after.reference,
  state: after.state,
  entity: after.entity,
  dueAt: answerDueAt(after),
});

/**
 * What else is stored with an act, in its transaction and before it: it may keep letters back. What it throws undoes the
 * act. It may run more than once, each time in a transaction of its own.
 */
export type Beside = (a: { transaction: Transaction; outcome: CaseOutcome }) => Promise<CaseOutcome>;

interface Done {
  readonly after: Case;
  readonly setup: Setup;
  readonly performed: PerformedAction;
}

/** Acts as whoever was admitted: `admit` and `refuse` say who that is. Problems: as of every act. */
async function perform(
  parts: CaseParts,
  reference: string,
  act: Act,
  a: {
    /** What is said where there is no such case. */
    missing: () => Problem;
    /** Throws `missing` where there is none for whoever acts. */
    admit: (loaded: LoadedCase, policy: Policy) => void;
    /** Refuses, with the case held, whom the case itself does not admit; tells whether it was done just now. */
    weigh?: (loaded: LoadedCase, pinned: PinnedVersions, transaction: Transaction) => Promise<"act" | "done">;
    /** Of an official who saw the case at a step, and may be sending again what was done. */
    seen?: { expectedSeq: number | undefined; actKey: string | undefined };
    beside?: Beside | undefined;
  },
): Promise<Done> {
  const canonical = parseReference(reference);
  const { missing, admit, weigh, beside, seen = { expectedSeq: undefined, actKey: undefined } } = a;
  if (canonical === null) throw missing();
  // What keeps letters back, or an applicant, is asked in the transaction that stores the act.
  const after = beside || weigh ? null : await actAlone(parts, { reference: canonical, act, missing, admit, ...seen });
  if (after !== null) return { ...after, performed: performed(after.after) };
  const done = () =>
    parts.policies.loaded(() =>
      inTransaction(parts.db, async (transaction) => {
        const loaded = await caseByReference(parts.db, canonical, transaction);
        if (loaded === null) throw missing();
        const policy = parts.policies.at(loaded.theCase.programme, loaded.revision);
        const pinned = parts.policies.pinned([loaded.theCase]);
        admit(loaded, policy);
        const weighed = await weigh?.(loaded, pinned, transaction);
        if (weighed === "done" || (await isDone(parts, { transaction, loaded, act, policy, pinned, ...seen }))) {
          return { after: loaded.theCase, setup: policy.setup, performed: performed(loaded.theCase) };
        }
        const workedOut = await workOut(parts, { transaction, loaded, act, policy, pinned });
        const outcome = beside ? await beside({ transaction, outcome: workedOut.outcome }) : workedOut.outcome;
        const changed = { ...workedOut, outcome };
        const opened = await store(parts, { transaction, loaded, act, policy, changed });
        const own = performed(outcome.after);
        return {
          after: outcome.after,
          setup: policy.setup,
          performed: opened === null ? own : { ...own, opened: performed(opened) },
        };
      }),
    );
  return again(done);
}

/** Whether it was done before under its key; throws when the case moved on since it was seen. */
async function isDone(
  parts: CaseParts,
  a: {
    transaction: Transaction;
    loaded: LoadedCase;
    act: Act;
    policy: Policy;
    pinned: PinnedVersions;
    expectedSeq: number | undefined;
    actKey: string | undefined;
  },
): Promise<boolean> {
  const { transaction, act, actKey, expectedSeq } = a;
  const { theCase } = a.loaded;
  if (actKey !== undefined && (await doneBefore(parts.db, transaction, { act, caseId: theCase.id, actKey }))) {
    return true;
  }
  if (expectedSeq === undefined || expectedSeq === theCase.lastSeq) return false;
  const workflow = a.pinned.workflowOf(theCase.workflow.versionId);
  await refuseMoved(parts.db, transaction, { actor: act.actor, theCase, setup: a.policy.setup, workflow, expectedSeq });
  return false;
}

/**
 * An official acts. Problems: `not-found` (also for a case that is not the actor's to see), `forbidden`,
 * `action-refused` with the reason, `invalid-input`, `conflict` when the case moved on since `expectedSeq`,
 * `idempotency-conflict` when `actKey` was used for another act. What was done under an `actKey` is done once.
 */
export async function performAction(
  parts: CaseParts,
  a: Act & {
    reference: string;
    expectedSeq?: number | undefined;
    actKey?: string | undefined;
    beside?: Beside | undefined;
  },
): Promise<PerformedAction> {
  const { reference, expectedSeq, actKey, beside, ...act } = a;
  const sees = (theCase: Case, { entities }: Setup) => can(act.actor, "case.read", { case: theCase, entities });
  const admit = ({ theCase }: LoadedCase, { setup }: Policy): void => {
    if (!sees(theCase, setup)) throw caseNotShown();
  };
  const done = await perform(parts, reference, act, {
    missing: caseNotShown,
    admit,
    seen: { expectedSeq, actKey },
    beside,
  });
  return sees(done.after, done.setup) ? done.performed : { ...done.performed, gone: true };
}

/** The applicant acts, known by reference and code; a wrong code reads like an unknown reference. */
export async function performAsApplicant(
  parts: CaseParts,
  a: Omit<Act, "actor"> & { reference: string; code: string },
): Promise<PerformedAction> {
  const { reference, code, ...act } = a;
  const admit = (loaded: LoadedCase): void => {
    if (!opensWith(loaded, code)) throw caseNotFound();
  };
  const weigh = async ({ theCase }: LoadedCase, pinned: PinnedVersions, transaction: Transaction) => {
    const workflow = pinned.workflowOf(theCase.workflow.versionId);
    if (await saidAlready(parts.db, transaction, { theCase, workflow, act })) return "done";
    await refuseUnheard(parts.db, transaction, { theCase, workflow, action: act.action });
    return "act";
  };
  return (
    await perform(parts, reference, { ...act, actor: { kind: "applicant" } }, { missing: caseNotFound, admit, weigh })
  ).performed;
}

/** For a door of its own that says who may: a case that `admit` or `refuse` throws for is as if it were not there. */
export async function performAdmitted(...a: Parameters<typeof perform>): Promise<PerformedAction> {
  return (await perform(...a)).performed;
}
