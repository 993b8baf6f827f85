/**
 * Acting for whoever telephones. The agent reads no cases: the application itself has to know the caller, by its code or by a
 * telephone number, e-mail address or national number that stands in it. Whatever does not fit reads like a case that is not
 * there; whatever fits is on the case's record, as every look at somebody's data is.
 */

import type { Transaction } from "sequelize";
import { type Actor, can } from "../../../engine/access/permissions.js";
import type { ApplicantWay } from "../../../engine/letters/applicant-ways.js";
import type { CallerCase } from "../../../engine/lifecycle/caller-case.js";
import { foresee } from "../../../engine/lifecycle/foresee.js";
import { caseFacts } from "../../../engine/rules/fact-catalogue.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { consequencesOf, letterReach } from "../../../engine/workflow/consequences.js";
import { mayByLink } from "../../../engine/workflow/effects.js";
import { namedAction, type WorkflowDefinition } from "../../../engine/workflow/workflow-definition.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import type { Tries } from "../../cases/act/applicant-tries.js";
import { offeredActions } from "../../cases/act/offered-actions.js";
import { type PerformedAction, perform } from "../../cases/act/perform-action.js";
import type { CaseParts } from "../../cases/case-parts.js";
import { caseByReference, type LoadedCase } from "../../cases/case-queries.js";
import { readFollowed } from "../../cases/follow/follow-application.js";
import { isWrongNumber } from "../../cases/follow/promised-call.js";
import { applicantOf, callerOf } from "../../cases/list/applicant-queries.js";
import { lastLetterFailed } from "../../cases/page/letter-queries.js";
import { recordLook } from "../../cases/record-look.js";
import { askedCall } from "../call-backs/asked-call.js";
import { openCallBacksOf } from "../call-backs/call-back-queries.js";
import { beginCall, lastStepSent, noteCall } from "./call-store.js";
import { callerNumber } from "./caller-number.js";
import { type CallerAsked, notRecognised, type Proof, proofFor, recognisedBy, recognises } from "./caller-proof.js";
import { setAside } from "./draft-store.js";
import { readOutOf } from "./read-out-of.js";

export interface CallerActs extends CallerAsked {
  readonly action: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly actKey: string;
}

export interface CallerActed extends PerformedAction {
  /** By which way the applicant is written to about it; null: by none. */
  readonly toldBy: ApplicantWay | null;
}

/** `offersTexts`: false where no text message can leave. */
export type CallerParts = CaseParts & { readonly offersTexts: boolean };

/** As long as such a call may take; then the caller reads out new digits. */
const openMs = 30 * 60_000;

/** Whether an agent serves callers of the case. */
export const serves = (actor: Actor, { theCase }: LoadedCase, { entities }: Setup): boolean =>
  can(actor, "caller.serve", { programme: theCase.programme }) && can(actor, "case.act", { case: theCase, entities });

/** Counts the try where the caller was not recognised. */
async function counting<Done>(tries: Tries, proof: Proof, a: CallerAsked, work: () => Promise<Done>): Promise<Done> {
  if (a.actor.kind !== "user") throw notRecognised();
  return tries.caller({ reference: proof.reference, userId: a.actor.userId, now: a.now }, work);
}

const needsTheCode: Bilingual = msg("contact-centre.serveCaller.needsTheCode");
/** What digits open is what a link sent to the number opens. */
const byLink = (workflow: WorkflowDefinition, name: string): boolean =>
  mayByLink({ effects: namedAction(workflow, name)?.effects ?? [] });

async function callerCase(
  parts: CaseParts,
  transaction: Transaction,
  loaded: LoadedCase,
  { byDigits }: Proof,
  { actor, now }: CallerAsked,
): Promise<
  Omit<CallerCase, "readOut" | "callBacks" | "wishedAt" | "soon" | "call" | "number" | "wrongNumber" | "noNumber">
> {
  const { theCase, revision } = loaded;
  const policy = parts.policies.at(theCase.programme, revision);
  const { setup, calendar } = policy;
  const { workflowOf, calendarOf } = parts.policies.pinned([theCase]);
  const workflow = workflowOf(theCase.workflow.versionId);
  const facts = caseFacts(theCase, setup, calendar, now);
  const reach = letterReach({ ...loaded, lastFailed: await lastLetterFailed(parts.db, theCase.id, transaction) });
  const followsOf = async (name: string) => {
    const action = workflow.actions[name] as NonNullable<(typeof workflow.actions)[string]>;
    const foreseen = await foresee({ action, workflow, theCase, policy, calendarOf, facts, actor, now });
    return consequencesOf({ action, workflow, theCase, setup, now, duplicates: 0, mine: false, reach, foreseen });
  };
  const plain = (code: string): Bilingual => ({ en: code, ar: code });
  return {
    reference: theCase.reference,
    programme: theCase.programme,
    type: setup.types.get(theCase.application.type)?.name ?? plain(theCase.application.type),
    entity: setup.entities.get(theCase.entity ?? "")?.name ?? null,
    state: workflow.states[theCase.state]?.name ?? plain(theCase.state),
    receivedAt: theCase.application.receivedAt,
    language: theCase.application.language,
    byDigits,
    actions: await Promise.all(
      offeredActions({ theCase, workflow, setup, facts, actor, now }).map(async (one) => ({
        ...one,
        ...(byDigits && one.allowed && !byLink(workflow, one.action) && { allowed: false, reason: needsTheCode }),
        // Given already, to open it.
        fields: one.fields.filter(({ type }) => type !== "applicantCode"),
        follows: await followsOf(one.action),
      })),
    ),
  };
}

/** Shows the case of whoever was recognised, and puts on its record who looked and by what the caller was known. */
async function look(parts: CallerParts, proof: Proof, a: CallerAsked): Promise<CallerCase> {
  const { actor, now } = a;
  const { shown, loaded } = await parts.policies.loaded(() =>
    inTransaction(parts.db, async (transaction) => {
      const loaded = await caseByReference(parts.db, proof.reference, transaction);
      if (loaded === null) throw notRecognised();
      const { theCase, revision } = loaded;
      const { setup } = parts.policies.at(theCase.programme, revision);
      if (!serves(actor, loaded, setup)) throw notRecognised();
      if (!recognises(loaded, await callerOf(parts.db, transaction, theCase.id), proof)) throw notRecognised();
      const data = { recognisedBy: recognisedBy(proof) };
      await recordLook(parts, transaction, loaded, { type: "caller.served", data, actor, now });
      return { shown: await callerCase(parts, transaction, loaded, proof, a), loaded };
    }),
  );
  const opened = await readFollowed(parts, loaded, { link: null, now });
  const readOut = readOutOf(opened, { withheld: proof.byDigits });
  const { id, confidential, programme } = loaded.theCase;
  const promised = opened.call;
  const wishedAt = promised?.wishedAt && promised.wishedAt > now ? promised.wishedAt : null;
  const { say: soon } = askedCall(await parts.policies.fresh(programme), { wished: null, before: promised, now });
  const callBacks = confidential ? [] : (await openCallBacksOf(parts.db, id)).map(({ reason }) => reason);
  const wrongNumber = await isWrongNumber(parts.db, id);
  const noNumber = ((await applicantOf(parts.db, undefined, id))?.phone ?? null) === null;
  const number = await callerNumber(parts.db, { caseId: id, offersTexts: parts.offersTexts, now });
  const call = a.call ?? (await callAbout(parts, proof, a));
  return { ...shown, readOut, callBacks, wishedAt, soon, number, wrongNumber, noNumber, call };
}

function callAbout({ db }: CaseParts, proof: Proof, { actor, now }: CallerAsked): Promise<number> {
  if (actor.kind !== "user") throw notRecognised();
  const { reference, byDigits } = proof;
  const opensUntil = byDigits ? new Date(now.getTime() + openMs) : null;
  return beginCall(db, { reference, agent: actor.userId, recognisedBy: recognisedBy(proof), opensUntil, now });
}

/**
 * The case of a caller: no more than tells which one it is, and what may be done. Each time it is shown is an event of it.
 * Problems: invalid-input, not-found, too-many-requests.
 */
export async function openForCaller(parts: CallerParts, tries: Tries, a: CallerAsked): Promise<CallerCase> {
  const proof = await proofFor(parts, a);
  return counting(tries, proof, a, () => openProven(parts, proof, a));
}

/** The same of a caller who has shown what `proof` says. Problem not-found. */
export async function openProven(parts: CallerParts, proof: Proof, a: CallerAsked): Promise<CallerCase> {
  const shown = await look(parts, proof, a);
  const { actor, now } = a;
  if (actor.kind === "user")
    await inTransaction(parts.db, (tx) => setAside(parts.db, { agent: actor.userId, now }, tx));
  return shown;
}

/**
 * Acts for a caller who is recognised anew. Problems: as of opening it, and of the act. What was done under an `actKey` is
 * done once; what was refused told that the caller is known all the same, and is on record as a look.
 */
export async function performForCaller(parts: CallerParts, tries: Tries, a: CallerActs): Promise<CallerActed> {
  const proof = await proofFor(parts, a);
  const { action, actor, now, actKey } = a;
  const fields = proof.code === null ? a.fields : { ...a.fields, code: proof.code };
  const act = async () => {
    const { performed, after } = await perform(
      parts,
      { reference: proof.reference, action, fields, actor, now },
      {
        hold: "locked",
        missing: notRecognised,
        authorise(loaded, { setup }) {
          if (!serves(actor, loaded, setup)) throw notRecognised();
        },
        async check(loaded, { workflowOf }, transaction) {
          const { theCase } = loaded;
          const applicant = await callerOf(parts.db, transaction, theCase.id);
          if (!recognises(loaded, applicant, proof)) throw notRecognised();
          if (proof.byDigits && !byLink(workflowOf(theCase.workflow.versionId), action))
            throw new Problem("forbidden", needsTheCode);
          return "act";
        },
        actKey,
      },
    );
    if (a.call !== null && actor.kind === "user") {
      await noteCall(parts.db, { id: a.call, agent: actor.userId, outcome: action, now });
    }
    const told = await lastStepSent(parts.db, { caseId: after.id, offersTexts: parts.offersTexts });
    return { ...performed, toldBy: told?.by ?? null };
  };
  return counting(tries, proof, a, () =>
    act().catch(async (error: unknown) => {
      if (error instanceof Problem && error.code !== "not-found") await look(parts, proof, a);
      throw error;
    }),
  );
}

export interface CallEnded {
  readonly call: number;
  readonly actor: Actor;
  readonly now: Date;
}

/** A call in which nothing was done was about where the case is. */
export async function endCall({ db }: Pick<CaseParts, "db">, { call, actor, now }: CallEnded): Promise<void> {
  if (actor.kind === "user") await noteCall(db, { id: call, agent: actor.userId, outcome: null, now });
}
