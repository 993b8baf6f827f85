/**
 * Call-backs as agents work on them: what is due, one taken at a time, its number shown and on record, what came of it. Nobody but the
 * agent who has it learns who it is.
 */

import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import { type Actor, can } from "../../engine/access/permissions.js";
import { ordinaryDay } from "../../engine/calendar/ordinary-day.js";
import { claimMs } from "../../engine/contact-centre/call-backs.js";
import { defaultSurveyScript } from "../../engine/contact-centre/survey-sample.js";
import { type DayLength, elapsedDay } from "../../engine/formatting/durations.js";
import type { Setup } from "../../engine/setup/setup.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import { ratingScalesOf } from "../../engine/workflow/rating-scales.js";
import { query } from "../../platform/db/query.js";
import { inTransaction } from "../../platform/db/transaction.js";
import type { CaseParts } from "../cases/case-parts.js";
import { caseByReference, type LoadedCase } from "../cases/case-queries.js";
import { followedOf, openedOf } from "../cases/follow/follow-application.js";
import { applicantOf } from "../cases/list/applicant-queries.js";
import { recordLook } from "../cases/record-look.js";
import {
  callBackOf,
  claimOf,
  type DueRow,
  dueCallBacks,
  handled,
  isBeingCalled,
  type PastTry,
  type StoredCallBack,
  triesOf,
} from "./call-back-queries.js";
import { cancel, claim, release } from "./call-back-store.js";

/** So many are listed; the rest is a number. */
const mostListed = 50;

export interface ListedCallBack extends Omit<DueRow, "claimedBy" | "claimedByName" | "claimedUntil" | "type"> {
  readonly type: Bilingual;
  readonly overdue: boolean;
  /** Working seconds until it is due, less than nought when it is late; and what their days are. */
  readonly secondsLeft: number;
  readonly day: DayLength;
  /** The agent who has it now; null: it is free. */
  readonly claimedBy: { readonly name: string; readonly me: boolean } | null;
}

export interface CallBackList {
  readonly rows: readonly ListedCallBack[];
  readonly ready: number;
  readonly overdue: number;
  readonly later: number;
  /** What the reader may do: call, or see only. */
  readonly calls: boolean;
  /** The task that the reader has, without the number. */
  readonly mine: number | null;
}

/** A task in the hands of an agent. */
export interface ClaimedCallBack {
  readonly id: number;
  readonly reason: StoredCallBack["reason"];
  readonly reference: string | null;
  readonly name: string | null;
  readonly phone: string;
  readonly language: "ar" | "en";
  readonly type: Bilingual;
  readonly entity: Bilingual | null;
  readonly note: string | null;
  readonly dueAt: Date;
  readonly until: Date;
  /** The number of the try that comes now. */
  readonly number: number;
  readonly tries: readonly Omit<PastTry, "agent">[];
  /** What is read out before the questions of a survey; null for all else. */
  readonly script: Bilingual | null;
  /** What a survey asks besides the rating. */
  readonly scales: readonly { readonly code: string; readonly name: Bilingual }[];
}

/** What the agent may say of the case, as its follow page has it. */
export interface ReadOut {
  readonly state: Bilingual;
  readonly subject: string;
  readonly receivedAt: Date;
  readonly dueAt: Date | null;
  /** Answers, closing reasons and open questions, the oldest first. */
  readonly said: readonly {
    readonly kind: "question" | "answer" | "rejection";
    readonly at: Date;
    readonly text: string;
  }[];
}

export interface ByAgent {
  readonly actor: Actor;
  readonly now: Date;
}

export const programmesOf = (actor: Actor, action: "callBack.do" | "contactCentre.figures"): readonly string[] =>
  actor.kind !== "user"
    ? []
    : [...new Set(actor.seats.map(({ programme }) => programme))].filter((programme) =>
        can(actor, action, { programme }),
      );

export function callBackNotFound(): Problem {
  return new Problem("not-found", msg("contact-centre.callBacks.notFound"));
}
export const userOf = (actor: Actor): number => {
  if (actor.kind !== "user") throw callBackNotFound();
  return actor.userId;
};

const plain = (code: string): Bilingual => ({ en: code, ar: code });
const typeName = (setup: Setup, code: string): Bilingual => setup.types.get(code)?.name ?? plain(code);

/** The list of who may call, and of who leads them. Empty for everybody else. */
export async function listCallBacks(parts: CaseParts, { actor, now }: ByAgent): Promise<CallBackList> {
  const own = programmesOf(actor, "callBack.do");
  const calls = own.length > 0;
  const programmes = calls ? own : programmesOf(actor, "contactCentre.figures");
  const nothing: CallBackList = { rows: [], ready: 0, overdue: 0, later: 0, calls, mine: null };
  if (programmes.length === 0) return nothing;
  const userId = userOf(actor);
  const [due, mine, policies] = await Promise.all([
    dueCallBacks(parts.db, { programmes, userId: calls ? userId : null, now, limit: mostListed }),
    claimOf(parts.db, userId),
    parts.policies.freshOf((inUse) => inUse.filter((one) => programmes.includes(one))),
  ]);
  const policyOf = new Map(policies.map((one) => [one.setup.programme.code, one]));
  const rows = due.rows.map(({ claimedBy, claimedByName, claimedUntil, type, ...row }): ListedCallBack => {
    const policy = policyOf.get(row.programme);
    const taken = claimedBy !== null && (claimedUntil ?? now) > now;
    const left = policy === undefined ? 0 : policy.calendar.between(now, row.dueAt);
    const late = policy === undefined ? 0 : policy.calendar.between(row.dueAt, now);
    return {
      ...row,
      type: policy === undefined ? plain(type) : typeName(policy.setup, type),
      overdue: row.dueAt < now,
      secondsLeft: row.dueAt < now ? -late : left,
      day: policy === undefined ? elapsedDay : { daySeconds: ordinaryDay(policy.calendar, now), wall: false },
      claimedBy: taken ? { name: claimedByName ?? "", me: claimedBy === userId } : null,
    };
  });
  return { ...nothing, ...due, rows, mine: mine?.id ?? null };
}

/** A task with its case locked, in that order; the agent may call in its programme, and the case is none of those that they may not know. */
export async function lockTask(
  parts: CaseParts,
  transaction: Transaction,
  id: number,
  { actor }: ByAgent,
): Promise<{ task: StoredCallBack; loaded: LoadedCase }> {
  const found = await callBackOf(parts.db, id);
  if (found === null || !can(actor, "callBack.do", { programme: found.programme })) throw callBackNotFound();
  const loaded = await caseByReference(parts.db, found.reference, transaction);
  const task = await callBackOf(parts.db, id, transaction);
  if (loaded === null || task === null) throw callBackNotFound();
  return { task, loaded };
}

/** Shows number and name, and puts it on the case's record, in one. */
async function shown(
  parts: CaseParts,
  transaction: Transaction,
  { task, loaded }: { task: StoredCallBack; loaded: LoadedCase },
  a: ByAgent & { phone: string; name: string | null; until: Date },
): Promise<ClaimedCallBack> {
  const { actor, now, phone, name, until } = a;
  const { theCase, revision } = loaded;
  const { setup } = parts.policies.at(theCase.programme, revision);
  const workflow = parts.policies.pinned([theCase]).workflowOf(theCase.workflow.versionId);
  const fields = name === null ? ["phone"] : ["name", "phone"];
  await recordLook(parts, transaction, loaded, { type: "personal.read", data: { fields }, actor, now });
  const isSurvey = task.reason === "survey";
  const { surveyScript } = setup.programme.settings;
  const own = surveyScript?.ar && surveyScript.en ? { ar: surveyScript.ar, en: surveyScript.en } : null;
  return {
    id: task.id,
    reason: task.reason,
    // With the number it would be proof enough to open the answer that a survey does not read out.
    reference: isSurvey ? null : task.reference,
    name,
    phone,
    language: task.language,
    type: typeName(setup, theCase.application.type),
    entity: setup.entities.get(theCase.entity ?? "")?.name ?? null,
    note: task.note,
    dueAt: task.dueAt,
    until,
    number: task.tries + 1,
    tries: (await triesOf(parts.db, task.id, transaction)).map(({ agent: _, ...one }) => one),
    script: isSurvey ? (own ?? defaultSurveyScript) : null,
    scales: isSurvey ? ratingScalesOf(workflow).map(({ code, name: label }) => ({ code, name: label })) : [],
  };
}

const taken = (): Problem => new Problem("conflict", msg("contact-centre.callBacks.taken"));

/**
 * Takes a task: it is this agent's for half an hour, and its number is shown, on record. Problems: not-found, conflict where another agent
 * has it or calls the same number, not-now before its time, action-refused for who handled the case and for what is not needed any more.
 */
export async function claimCallBack(parts: CaseParts, a: ByAgent & { id: number }): Promise<ClaimedCallBack> {
  const { id, actor, now } = a;
  const userId = userOf(actor);
  const claimed = await parts.policies.loaded(() =>
    inTransaction(parts.db, async (transaction) => {
      const both = await lockTask(parts, transaction, id, a);
      const { task, loaded } = both;
      if (task.state === "done") throw new Problem("conflict", msg("contact-centre.callBacks.done"));
      if (task.claimedBy !== null && task.claimedBy !== userId && (task.claimedUntil ?? now) > now) throw taken();
      if (task.readyAt > now) throw new Problem("not-now", msg("contact-centre.callBacks.notYet"));
      const applicant = await applicantOf(parts.db, transaction, task.caseId);
      const phone = applicant?.phone ?? null;
      if (loaded.theCase.confidential || phone === null) {
        await cancel(parts.db, { id, now }, transaction);
        return null;
      }
      if (task.reason === "survey" && (await handled(parts.db, { id, userId }, transaction)))
        throw new Problem("action-refused", msg("contact-centre.callBacks.handled"));
      const mine = await claimOf(parts.db, userId, transaction);
      if (mine !== null && mine.id !== id) {
        if ((mine.claimedUntil ?? now) > now) throw new Problem("conflict", msg("contact-centre.callBacks.another"));
        await release(parts.db, { id: mine.id, userId }, transaction);
      }
      // Two tasks may lead to one person: the agent who comes second waits here, and sees the first.
      await query(parts.db, sql`select pg_advisory_xact_lock(hashtextextended(${phone}, 19))`, transaction);
      if (await isBeingCalled(parts.db, { phone, userId, now }, transaction)) throw taken();
      const until = new Date(now.getTime() + claimMs);
      await claim(parts.db, { id, userId, now, until }, transaction);
      return shown(parts, transaction, both, { actor, now, phone, name: applicant?.name ?? null, until });
    }),
  );
  if (claimed === null) throw new Problem("action-refused", msg("contact-centre.callBacks.needless"));
  return claimed;
}

/** The agent's own task with its case, both locked. */
async function lockMine(
  parts: CaseParts,
  transaction: Transaction,
  id: number,
  a: ByAgent,
): Promise<{ task: StoredCallBack; loaded: LoadedCase }> {
  const both = await lockTask(parts, transaction, id, a);
  if (both.task.claimedBy !== userOf(a.actor)) throw new Problem("conflict", msg("contact-centre.callBacks.notYours"));
  return both;
}

/** What the agent reads out; that it was shown is on the case's record. Never for a survey. Problems: not-found, conflict, action-refused. */
export async function readOut(parts: CaseParts, a: ByAgent & { id: number }): Promise<ReadOut> {
  const loaded = await parts.policies.loaded(() =>
    inTransaction(parts.db, async (transaction) => {
      const { task, loaded: found } = await lockMine(parts, transaction, a.id, a);
      if (task.reason === "survey" || found.theCase.confidential)
        throw new Problem("action-refused", msg("contact-centre.callBacks.nothingToRead"));
      const data = { recognisedBy: ["phone"], callBack: true };
      await recordLook(parts, transaction, found, { type: "caller.served", data, actor: a.actor, now: a.now });
      return found;
    }),
  );
  const followed = followedOf(await openedOf(parts, loaded, { link: null, now: a.now }));
  const said = followed.conversation.flatMap(({ kind, at, text }) =>
    kind === "question" || kind === "answer" || kind === "rejection" ? [{ kind, at, text }] : [],
  );
  const { stateName, subject, receivedAt, dueAt } = followed;
  return { state: stateName, subject, receivedAt, dueAt, said };
}

/** Gives the task back, for others. */
export async function releaseCallBack(parts: CaseParts, { actor, id }: ByAgent & { id: number }): Promise<void> {
  await release(parts.db, { id, userId: userOf(actor) });
}
