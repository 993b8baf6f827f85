/** Asking that somebody is called: an official who handles the case, or the applicant who telephones. */

import { type Actor, can } from "../../../engine/access/permissions.js";
import { callBackDaysMost } from "../../../engine/contact-centre/call-backs.js";
import { type CallBacksOfCase, wrongNumberFound } from "../../../engine/contact-centre/case-call-backs.js";
import { parseReference } from "../../../engine/lifecycle/case-reference.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { type CaseParts, caseNotShown } from "../../cases/case-parts.js";
import { caseByReference, type LoadedCase } from "../../cases/case-queries.js";
import { isWrongNumber } from "../../cases/follow/promised-call.js";
import { applicantOf } from "../../cases/list/applicant-queries.js";
import type { CallBacksAsked } from "../../cases/page/case-page.service.js";
import { recordLook, recordLooks } from "../../cases/record-look.js";
import type { CallerAsked } from "../calls/caller-proof.js";
import { type AskedCallBack, askedCall } from "./asked-call.js";
import { callBacksOfCase, isCallAskable, openCallBacksOf, type StoredCallBack } from "./call-back-queries.js";
import { addCallBacks, cancel, changeWish } from "./call-back-store.js";
import { type ByAgent, callBackNotFound, userOf } from "./call-backs.service.js";
import { callNote, noteBelow } from "./call-note.js";

export interface CallBackAsked {
  readonly reference: string;
  /** What the agent should know; at most 1000 characters. */
  readonly note: unknown;
  readonly actor: Actor;
  readonly now: Date;
}

export interface CallBackAskedByCaller extends CallerAsked {
  readonly note: unknown;
  /** When the caller would like to be called, ISO; empty: as soon as may be. */
  readonly at: unknown;
}

/** What is asked for, and nothing stored. */
export interface CallBackForeseen {
  readonly programme: unknown;
  readonly at: unknown;
  readonly actor: Actor;
  readonly now: Date;
}

const dayMs = 86_400_000;

function noteOf(note: unknown): string | null {
  const read = callNote(note);
  if ("text" in read) return read.text;
  throw new Problem("invalid-input", read.fault.reason, [read.fault]);
}

function wishedAt(at: unknown, now: Date): Date | null {
  if (at === null || at === undefined || at === "") return null;
  const wished = typeof at === "string" ? new Date(at) : new Date(Number.NaN);
  const ahead = wished.getTime() - now.getTime();
  if (ahead > 0 && ahead <= callBackDaysMost * dayMs) return wished;
  const reason = msg("contact-centre.callBacks.sayWhen", { days: callBackDaysMost });
  throw new Problem("invalid-input", reason, [{ field: "/at", reason }]);
}

/** Open call-backs of the same case, unless a colleague is calling the person now. */
function free(open: readonly StoredCallBack[], { actor, now }: ByAgent): readonly StoredCallBack[] {
  const userId = userOf(actor);
  const isTaken = open.some(
    ({ claimedBy, claimedUntil }) => claimedBy !== null && claimedBy !== userId && (claimedUntil ?? now) > now,
  );
  if (isTaken) throw new Problem("conflict", msg("contact-centre.callBacks.calledNow"));
  return open;
}

interface Asking {
  readonly reference: string;
  readonly actor: Actor;
  readonly now: Date;
  readonly note: string | null;
  readonly wished: Date | null;
  readonly by: "official" | "caller";
  readonly admit: (loaded: LoadedCase) => void;
}

function add(parts: CaseParts, a: Asking): Promise<AskedCallBack> {
  const { reference, actor, now, note, wished, by, admit } = a;
  return parts.policies.loaded(() =>
    inTransaction(parts.db, async (transaction) => {
      const loaded = await caseByReference(parts.db, reference, transaction);
      if (loaded === null) throw caseNotShown();
      admit(loaded);
      const { theCase, revision } = loaded;
      const policy = parts.policies.at(theCase.programme, revision);
      // Agents learn nothing of a confidential case, not that it is there either.
      if (theCase.confidential) throw new Problem("action-refused", msg("contact-centre.callBacks.confidential"));
      const applicant = await applicantOf(parts.db, transaction, theCase.id);
      if ((applicant?.phone ?? null) === null)
        throw new Problem("action-refused", msg("contact-centre.callBacks.noNumber"));
      if (await isWrongNumber(parts.db, theCase.id, transaction))
        throw new Problem(
          "action-refused",
          by === "official" ? wrongNumberFound : msg("contact-centre.askForCaller.wrongNumber"),
        );
      let answer = askedCall(policy, { wished, before: null, now });
      const { readyAt, dueAt, wishedAt } = answer;
      const row = {
        key: `asked/${theCase.id}/${theCase.lastSeq}`,
        programme: theCase.programme,
        caseId: theCase.id,
        reason: "callerAsked" as const,
        language: theCase.application.language,
        askedBy: userOf(actor),
        note,
        ...{ readyAt, dueAt, wishedAt },
      };
      if ((await addCallBacks(parts.db, { rows: [row], now }, transaction)).length === 0) {
        const open = await openCallBacksOf(parts.db, theCase.id, transaction);
        const before = open.find(({ reason }) => reason === "callerAsked");
        if (by === "official" || before === undefined)
          throw new Problem("conflict", msg("contact-centre.callBacks.askedAlready"));
        // The caller has another wish than the last time.
        free(open, { actor, now });
        answer = askedCall(policy, { wished, before, now });
        const joined = noteBelow(before.note, note);
        await changeWish(parts.db, { ...answer, note: joined, id: before.id, now }, transaction);
      }
      const data = { by, dueAt: answer.dueAt.toISOString() };
      await recordLook(parts, transaction, loaded, { type: "call-back.asked", data, actor, now });
      return answer;
    }),
  );
}

/**
 * An official who may act on the case asks that its applicant is called. Problems: not-found (not theirs to see), forbidden,
 * action-refused (confidential, no number or a wrong one), conflict (one is open), invalid-input.
 */
export function askCallBack(parts: CaseParts, a: CallBackAsked): Promise<AskedCallBack> {
  const reference = parseReference(a.reference);
  if (reference === null) throw caseNotShown();
  const { actor, now } = a;
  return add(parts, {
    ...{ reference, actor, now, note: noteOf(a.note), wished: null, by: "official" },
    admit({ theCase, revision }) {
      const { entities } = parts.policies.at(theCase.programme, revision).setup;
      const subject = { case: theCase, entities };
      if (!can(actor, "case.read", subject)) throw caseNotShown();
      if (!can(actor, "callBack.ask", subject))
        throw new Problem("forbidden", msg("contact-centre.callBacks.mayNotAsk"));
    },
  });
}

/**
 * A caller asks to be called back, or for another time than before. `recognise` opens the case as for every caller: counted, on record, or not found.
 * Problems: those of opening it, and of asking.
 */
export async function askCallBackForCaller(
  parts: CaseParts,
  recognise: (a: CallerAsked) => Promise<{ readonly reference: string }>,
  a: CallBackAskedByCaller,
): Promise<AskedCallBack> {
  const { actor, now } = a;
  const [note, wished] = [noteOf(a.note), wishedAt(a.at, now)];
  const { reference } = await recognise(a);
  return add(parts, { reference, actor, now, note, wished, by: "caller", admit: () => undefined });
}

/**
 * The caller needs no call any more: those of the case that are open are over, surveys apart. How many. Problems: those of opening
 * it, conflict where an agent is calling the person now.
 */
export async function endCallBacksForCaller(
  parts: CaseParts,
  recognise: (a: CallerAsked) => Promise<{ readonly reference: string }>,
  a: CallerAsked,
): Promise<{ readonly ended: number }> {
  const { actor, now } = a;
  const { reference } = await recognise(a);
  return parts.policies.loaded(() =>
    inTransaction(parts.db, async (transaction) => {
      const loaded = await caseByReference(parts.db, reference, transaction);
      if (loaded === null) throw caseNotShown();
      const open = free(await openCallBacksOf(parts.db, loaded.theCase.id, transaction), { actor, now });
      for (const { id } of open) await cancel(parts.db, { id, now }, transaction);
      const looks = open.map(({ reason, tries }) => ({
        type: "call-back.done" as const,
        data: { reason, outcome: "cancelled", tries },
      }));
      await recordLooks(parts, transaction, loaded, { looks, actor, now });
      return { ended: open.length };
    }),
  );
}

/** When somebody who asks now would be called, to be said before they ask. Problems: not-found, invalid-input. */
export async function foreseeCallBack(
  { policies }: Pick<CaseParts, "policies">,
  { programme, at, actor, now }: CallBackForeseen,
): Promise<Pick<AskedCallBack, "say">> {
  if (typeof programme !== "string" || !can(actor, "callBack.do", { programme })) throw callBackNotFound();
  const wished = wishedAt(at, now);
  const { say } = askedCall(await policies.fresh(programme), { wished, before: null, now });
  return { say };
}

/** For the page of a case, to an actor who reads it. */
export async function callBacksOf({ db }: Pick<CaseParts, "db">, a: CallBacksAsked): Promise<CallBacksOfCase> {
  const { theCase, policy, actor, now } = a;
  if (theCase.confidential) return { asking: null, wrongNumber: false, callBacks: [] };
  const [callBacks, { may, wrong }] = await Promise.all([
    callBacksOfCase(db, theCase.id),
    isCallAskable(db, theCase.id),
  ]);
  const asks = can(actor, "callBack.ask", { case: theCase, entities: policy.setup.entities });
  const asking = asks && may ? { dueAt: askedCall(policy, { wished: null, before: null, now }).dueAt } : null;
  return { asking, wrongNumber: asks && wrong, callBacks };
}
