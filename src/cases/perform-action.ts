/** What a person (or a timer) does to a case: load and lock, ask the workflow, apply, store — all in one transaction. */
import type { Transaction } from "sequelize";
import { claimAct } from "../db/case-act-store.js";
import { eventsOfCase, lastAnswerOf } from "../db/case-event-queries.js";
import { caseByReference, type LoadedCase } from "../db/case-queries.js";
import { type ChangedCase, updateCases } from "../db/case-store.js";
import { reachableDuplicatesOf } from "../db/duplicate-queries.js";
import { uniqueViolation } from "../db/errors.js";
import type { Database } from "../db/query.js";
import { inTransaction } from "../db/transaction.js";
import { ownedByApplicant, ownedByOfficial } from "../domain/attachments/attachment-owner.js";
import type { Case } from "../domain/case.js";
import type { CaseOutcome } from "../domain/case-outcome.js";
import { makeReference, parseReference } from "../domain/case-reference.js";
import { applyAction, startsCycle } from "../domain/movement/apply-action.js";
import { beginCycle } from "../domain/movement/begin-cycle.js";
import { decideCase } from "../domain/movement/decide-case.js";
import { draftAfterDue } from "../domain/movement/enforce-due.js";
import { finishOutcome } from "../domain/movement/finish-outcome.js";
import { retarget } from "../domain/movement/retarget.js";
import type { Actor } from "../domain/permissions.js";
import { can } from "../domain/permissions.js";
import type { PinnedVersions, Policy } from "../domain/policy.js";
import { Problem } from "../domain/problems.js";
import { formatMoment } from "../domain/reports/figures.js";
import { caseFacts } from "../domain/rules/fact-catalogue.js";
import type { Setup } from "../domain/setup.js";
import type { Bilingual, Language } from "../domain/text.js";
import { describeEvents, type EntryKind } from "../domain/timeline/describe-event.js";
import { interpretAction } from "../domain/workflow/interpret-action.js";
import type { WorkflowDefinition } from "../domain/workflow/workflow-definition.js";
import type { PerformedAction } from "../services.js";
import { answerDueAt, type CaseParts, caseNotFound, opensWith } from "./case-parts.js";
import { carriesNoFiles, filesToTake } from "./files-to-take.js";
import { takeDuplicates } from "./merge-cases.js";
import { refuseUnheard } from "./refuse-unheard.js";
import { openSplit } from "./split-case.js";

interface Act {
  readonly action: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
  readonly now: Date;
  /** Ids of files that the actor has staged for this case. */
  readonly attachments?: readonly string[] | undefined;
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
  const since = describeEvents(events, a).filter(
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

/**
 * The case that a duplicate repeats, locked, so that two cases cannot become duplicates of each other. It must be one
 * that the actor may read and that somebody still answers for. The same words whether it does not exist or is hidden.
 */
async function originalOf(db: Database, transaction: Transaction, loaded: LoadedCase, act: Act, { entities }: Setup) {
  const { duplicateOf } = act.fields;
  if (typeof duplicateOf !== "string") return null;
  const { theCase } = loaded;
  const reference = parseReference(duplicateOf);
  const original = reference === null ? undefined : (await caseByReference(db, reference, transaction))?.theCase;
  const refuse = (reason: Bilingual): never => {
    throw new Problem("invalid-input", reason, [{ field: "/fields/duplicateOf", reason }]);
  };
  if (
    original === undefined ||
    original.id === theCase.id ||
    original.programme !== theCase.programme ||
    !can(act.actor, "case.read", { case: original, entities })
  ) {
    return refuse({
      en: `${duplicateOf} is not another case of this programme. Check the reference that it repeats.`,
      ar: `${duplicateOf} ليس رقم معاملة أخرى في هذا البرنامج. تحقق من رقم المعاملة المكررة.`,
    });
  }
  if (original.duplicateOf !== null || original.withdrawnAt !== null || original.rejectedAt !== null) {
    return refuse({
      en: `${duplicateOf} ended without an answer (a duplicate, withdrawn or rejected). Link to the case that is worked on.`,
      ar: `انتهت المعاملة ${duplicateOf} دون رد (مكررة أو مسحوبة أو مرفوضة). اربط بالمعاملة التي يجري العمل عليها.`,
    });
  }
  if (original.confidential && !theCase.confidential) {
    return refuse({
      en: `${duplicateOf} is confidential. An open case is not linked to it: answer this one by itself.`,
      ar: `المعاملة ${duplicateOf} سرية. لا تُربط بها معاملة غير سرية: أجب عن هذه المعاملة وحدها.`,
    });
  }
  const answer = original.resolvedAt === null ? null : await lastAnswerOf(db, transaction, original.id);
  return { id: original.id, reference: original.reference, answer: original.confidential ? null : answer };
}

/** By whom files of this act must have been staged; undefined: whoever acts stages none. */
function stagerOf({ actor }: Act, caseId: number): string | undefined {
  if (actor.kind === "user") return ownedByOfficial(actor.userId, caseId);
  return actor.kind === "applicant" ? ownedByApplicant(caseId) : undefined;
}

/** What became of the case, and what was read from the act. */
interface WorkedOut extends ChangedCase {
  readonly fields: Readonly<Record<string, unknown>>;
  /** The reference of the case that a second matter becomes. */
  readonly splitInto: string | null;
}

/**
 * Works out one action on a loaded case; the caller stores the result.
 * Throws the Problem with which the workflow refuses.
 */
export async function workOut(
  parts: CaseParts,
  a: { transaction: Transaction; loaded: LoadedCase; act: Act; policy: Policy; pinned: PinnedVersions },
): Promise<WorkedOut> {
  const { loaded, act, policy, pinned } = a;
  const { setup, calendar } = policy;
  const workflow = pinned.workflowOf(loaded.theCase.workflow.versionId);
  let draft = draftAfterDue({ theCase: loaded.theCase, ...act, workflow, setup, calendarOf: pinned.calendarOf });
  const { theCase } = draft;
  let facts = caseFacts(theCase, setup, calendar, act.now);
  // A stranger names the action: “constructor” is none, though every object answers to it.
  const named = Object.hasOwn(workflow.actions, act.action) ? workflow.actions[act.action] : undefined;
  if (named?.effects.includes("answer")) {
    const quality = await decideCase(draft, policy, "quality", facts);
    facts = { ...facts, reviewRequired: quality.outcome.review };
    draft = quality.draft;
  }
  const interpreted = interpretAction({ workflow, theCase, ...act, facts, setup });
  if (!interpreted.ok) throw interpreted.problem;

  const original = await originalOf(parts.db, a.transaction, loaded, { ...act, fields: interpreted.fields }, setup);
  const takenFrom = act.attachments?.length ? stagerOf(act, theCase.id) : undefined;
  if (takenFrom !== undefined && named?.attachments !== true) throw carriesNoFiles();
  const taken = { ids: act.attachments ?? [], owner: takenFrom ?? "", setup };
  const splitInto = interpreted.effects.includes("split") ? makeReference(parts.random.bytes(8)) : null;
  draft = applyAction({
    draft,
    workflow,
    action: act.action,
    ...interpreted,
    setup,
    attachments: await filesToTake(parts.db, taken, a.transaction),
    original,
    splitInto,
    calendarOf: pinned.calendarOf,
    calendar,
  });
  if (startsCycle(interpreted.effects)) {
    draft = await beginCycle(draft, policy, caseFacts(draft.theCase, setup, calendar, act.now), act.now);
  } else if (interpreted.effects.includes("reclassify")) {
    draft = await retarget(draft, policy, pinned.calendarOf, caseFacts(draft.theCase, setup, calendar, act.now));
  }
  const { calendarOf } = parts.policies.pinned([draft.theCase]);
  const { applicantReachable, nextDecision } = loaded;
  const before = loaded.theCase.clocks;
  const { id, confidential } = draft.theCase;
  const resolves = draft.theCase.resolvedAt === act.now;
  const rejects = interpreted.effects.includes("reject");
  const approved = resolves && !interpreted.effects.includes("answer");
  const outcome = finishOutcome({
    draft,
    before,
    workflow,
    setup,
    calendarOf,
    applicantReachable,
    lastAnswer: approved ? await lastAnswerOf(parts.db, a.transaction, id) : null,
    duplicates:
      (resolves || rejects || original?.answer) && !confidential
        ? await reachableDuplicatesOf(parts.db, a.transaction, id)
        : [],
    originalAnswer: original?.answer ?? null,
  });
  return { outcome, nextDecision, takenFrom, fields: interpreted.fields, splitInto };
}

/** A new case's number may be taken already: rare, and worth another try. */
const attempts = 6;

async function again<Done>(work: () => Promise<Done>): Promise<Done> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === attempts || uniqueViolation(error) !== "cases_reference_key") throw error;
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

async function perform(
  parts: CaseParts,
  reference: string,
  act: Act,
  /** `done`: it was done before, and is answered as it was. */
  admit: (
    loaded: LoadedCase,
    policy: Policy,
    transaction: Transaction,
    pinned: PinnedVersions,
  ) => Promise<"done" | "new"> | "new",
  beside: Beside = async ({ outcome }) => outcome,
): Promise<PerformedAction> {
  const canonical = parseReference(reference);
  if (canonical === null) throw caseNotFound();
  const done = () =>
    parts.policies.loaded(() =>
      inTransaction(parts.db, async (transaction) => {
        const loaded = await caseByReference(parts.db, canonical, transaction);
        if (loaded === null) throw caseNotFound();
        const policy = parts.policies.at(loaded.theCase.programme, loaded.revision);
        const pinned = parts.policies.pinned([loaded.theCase]);
        if ((await admit(loaded, policy, transaction, pinned)) === "done") return performed(loaded.theCase);
        const workedOut = await workOut(parts, { transaction, loaded, act, policy, pinned });
        const changed = { ...workedOut, outcome: await beside({ transaction, outcome: workedOut.outcome }) };
        const opened = await store(parts, { transaction, loaded, act, policy, changed });
        const after = performed(changed.outcome.after);
        return opened === null ? after : { ...after, opened: performed(opened) };
      }),
    );
  return again(done);
}

/**
 * An official acts. Problems: `not-found` (also for a case that is not the actor's to see), `forbidden`,
 * `action-refused` with the reason, `invalid-input`, `conflict` when the case moved on since `expectedSeq`,
 * `idempotency-conflict` when `actKey` was used for another act. What was done under an `actKey` is done once.
 */
export function performAction(
  parts: CaseParts,
  a: Act & {
    reference: string;
    expectedSeq?: number | undefined;
    actKey?: string | undefined;
    beside?: Beside | undefined;
  },
): Promise<PerformedAction> {
  const { reference, expectedSeq, actKey, beside, ...act } = a;
  const admit: Parameters<typeof perform>[3] = async ({ theCase }, { setup }, transaction, pinned) => {
    if (!can(act.actor, "case.read", { case: theCase, entities: setup.entities })) throw caseNotFound();
    if (actKey !== undefined && (await doneBefore(parts.db, transaction, { act, caseId: theCase.id, actKey }))) {
      return "done";
    }
    if (expectedSeq === undefined || expectedSeq === theCase.lastSeq) return "new";
    const workflow = pinned.workflowOf(theCase.workflow.versionId);
    await refuseMoved(parts.db, transaction, { theCase, setup, workflow, expectedSeq });
    return "new";
  };
  return perform(parts, reference, act, admit, beside);
}

/** The applicant acts, known by reference and code; a wrong code reads like an unknown reference. */
export function performAsApplicant(
  parts: CaseParts,
  a: Omit<Act, "actor"> & { reference: string; code: string },
): Promise<PerformedAction> {
  const { reference, code, ...act } = a;
  const admit = async (loaded: LoadedCase, _: Policy, transaction: Transaction, pinned: PinnedVersions) => {
    if (!opensWith(loaded, code)) throw caseNotFound();
    const { theCase } = loaded;
    const workflow = pinned.workflowOf(theCase.workflow.versionId);
    await refuseUnheard(parts.db, transaction, { theCase, workflow, action: act.action });
    return "new" as const;
  };
  return perform(parts, reference, { ...act, actor: { kind: "applicant" } }, admit);
}
