/**
 * Call-backs as agents work on them: what is due, one taken at a time, its number shown and on record, what came of it. Nobody but the
 * agent who has it learns who it is.
 */

import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import { type Actor, can } from "../../../engine/access/permissions.js";
import { ordinaryDay } from "../../../engine/calendar/ordinary-day.js";
import type { WorkingCalendar } from "../../../engine/calendar/working-calendar.js";
import {
  afterTry,
  callBackPolicy,
  claimMs,
  givesUp,
  isTryOutcome,
  tryOutcomes,
} from "../../../engine/contact-centre/call-backs.js";
import { type CallWait, callWait } from "../../../engine/contact-centre/call-promise.js";
import { defaultSurveyScript } from "../../../engine/contact-centre/survey-sample.js";
import { type DayLength, elapsedDay } from "../../../engine/formatting/durations.js";
import { formatMoment } from "../../../engine/formatting/moments.js";
import type { Policy } from "../../../engine/setup/policy.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { apart, type Bilingual, perLanguage } from "../../../engine/text/text.js";
import { ratingScalesOf } from "../../../engine/workflow/rating-scales.js";
import { query } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import type { CaseParts } from "../../cases/case-parts.js";
import { caseByReference, type LoadedCase } from "../../cases/case-queries.js";
import { readFollowed } from "../../cases/follow/follow-application.js";
import { storedApplicantOf } from "../../cases/list/applicant-queries.js";
import { recordLook } from "../../cases/record-look.js";
import { setAside } from "../calls/draft-store.js";
import { type ReadOut, readOutOf } from "../calls/read-out-of.js";
import {
  callBackOf,
  claimOf,
  type DueRow,
  dueCallBacks,
  type EarlierCall,
  earlierCallsOf,
  handled,
  lockClaims,
  type PastTry,
  type StoredCallBack,
  triesOf,
  type WhoAsked,
  whoAsked,
  whoCalls,
} from "./call-back-queries.js";
import { cancel, claim, release } from "./call-back-store.js";
import { isCallNeedless } from "./needless-calls.js";

/** How many of each kind are listed; the rest is a number. */
const mostListed = 50;

export interface ListedCallBack
  extends Omit<DueRow, "claimedBy" | "claimedByName" | "claimedUntil" | "lastOutcome" | "type"> {
  readonly type: Bilingual;
  /** By what it waits, where it may not be called yet. */
  readonly wait: CallWait | null;
  readonly overdue: boolean;
  /** Working seconds until it is due, less than nought when it is late; and what their days are. */
  readonly secondsLeft: number;
  readonly day: DayLength;
  /** The agent who has it now; null: it is free. */
  readonly claimedBy: { readonly name: string; readonly me: boolean } | null;
}

export interface CallBackList {
  /** True: `rows` are those that are overdue, at whatever hour, and `waiting` has none. */
  readonly late: boolean;
  readonly rows: readonly ListedCallBack[];
  /** Those that may be called later, the next one first. */
  readonly waiting: readonly ListedCallBack[];
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
  readonly programme: string;
  readonly reason: StoredCallBack["reason"];
  readonly reference: string | null;
  readonly name: string | null;
  readonly phone: string;
  readonly language: "ar" | "en";
  readonly type: Bilingual;
  readonly entity: Bilingual | null;
  readonly note: string | null;
  readonly dueAt: Date;
  /** When the person asked to be called. */
  readonly wishedAt: Date | null;
  readonly until: Date;
  /** The number of the try that comes now. */
  readonly number: number;
  readonly tries: readonly Omit<PastTry, "agent">[];
  /** What came of other calls about the case, the newest first. */
  readonly earlier: readonly EarlierCall[];
  /** Who wants this call; null: it was made by itself. */
  readonly asked: WhoAsked | null;
  /** True: if the person puts it off once more, nobody calls again. */
  readonly lastWish: boolean;
  /** When they are called again if nobody answers now; null: this try is the last. */
  readonly againAt: Date | null;
  /** What is read out before the questions of a survey; null for all else. */
  readonly script: Bilingual | null;
  /** What a survey asks besides the rating. */
  readonly scales: readonly { readonly code: string; readonly name: Bilingual }[];
}

export interface ByAgent {
  readonly actor: Actor;
  readonly now: Date;
}

export interface CallBacksListed extends ByAgent {
  /** Only what is overdue. */
  readonly late: boolean;
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

/** What a reader sees of tasks that are nobody's yet, or a colleague's. */
function listedOf(due: DueRow, a: Listing): ListedCallBack {
  const { claimedBy, claimedByName, claimedUntil, lastOutcome, type, ...row } = due;
  const { policy, userId, now } = a;
  const taken = claimedBy !== null && (claimedUntil ?? now) > now;
  const left = policy === undefined ? 0 : policy.calendar.between(now, row.dueAt);
  const late = policy === undefined ? 0 : policy.calendar.between(row.dueAt, now);
  return {
    ...row,
    type: policy === undefined ? plain(type) : typeName(policy.setup, type),
    wait: row.fromAt > now ? callWait(due, now) : null,
    overdue: row.dueAt < now,
    secondsLeft: row.dueAt < now ? -late : left,
    day: policy === undefined ? elapsedDay : { daySeconds: ordinaryDay(policy.calendar, now), wall: false },
    claimedBy: taken ? { name: claimedByName ?? "", me: claimedBy === userId } : null,
  };
}

interface Listing {
  readonly policy: Policy | undefined;
  readonly userId: number;
  readonly now: Date;
}

/** The list of who may call, and of who leads them. Empty for everybody else. */
export async function listCallBacks(parts: CaseParts, { actor, now, late }: CallBacksListed): Promise<CallBackList> {
  const own = programmesOf(actor, "callBack.do");
  const calls = own.length > 0;
  const programmes = calls ? own : programmesOf(actor, "contactCentre.figures");
  const nothing: CallBackList = { late, rows: [], waiting: [], ready: 0, overdue: 0, later: 0, calls, mine: null };
  if (programmes.length === 0) return nothing;
  const userId = userOf(actor);
  const policies = await parts.policies.freshOf((inUse) => inUse.filter((one) => programmes.includes(one)));
  const policyOf = new Map(policies.map((one) => [one.setup.programme.code, one]));
  const openings = programmes.map((programme) => ({
    programme,
    opensAt: policyOf.get(programme)?.calendar.nextOpening(now) ?? now,
  }));
  const [due, mine] = await Promise.all([
    dueCallBacks(parts.db, { openings, userId: calls ? userId : null, late, now, limit: mostListed }),
    claimOf(parts.db, userId),
  ]);
  const listed = (row: DueRow) => listedOf(row, { policy: policyOf.get(row.programme), userId, now });
  return { ...nothing, ...due, rows: due.rows.map(listed), waiting: due.waiting.map(listed), mine: mine?.id ?? null };
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
  const { setup, calendar } = parts.policies.at(theCase.programme, revision);
  const workflow = parts.policies.pinned([theCase]).workflowOf(theCase.workflow.versionId);
  const fields = name === null ? ["phone"] : ["name", "phone"];
  await recordLook(parts, transaction, loaded, { type: "personal.read", data: { fields }, actor, now });
  const isSurvey = task.reason === "survey";
  const { surveyScript } = setup.programme.settings;
  const own = surveyScript?.ar && surveyScript.en ? { ar: surveyScript.ar, en: surveyScript.en } : null;
  const tries = await triesOf(parts.db, task.id, transaction);
  const count = (leads: string) =>
    tries.filter(({ outcome }) => isTryOutcome(outcome) && tryOutcomes[outcome].leads === leads).length;
  const before = { unanswered: count("unanswered"), postponed: count("postponed") };
  const policy = callBackPolicy(setup.programme.settings);
  const unanswered = afterTry({ policy, calendar, before, outcome: "noAnswer", laterAt: null, now });
  return {
    id: task.id,
    programme: task.programme,
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
    wishedAt: task.wishedAt,
    until,
    number: task.tries + 1,
    tries: tries.map(({ agent: _, ...one }) => one),
    earlier: await earlierCallsOf(parts.db, task, transaction),
    asked: await whoAsked(parts.db, task, transaction),
    lastWish: givesUp(policy, before.postponed),
    againAt: unanswered.state === "open" ? unanswered.readyAt : null,
    script: isSurvey ? (own ?? defaultSurveyScript) : null,
    scales: isSurvey ? ratingScalesOf(workflow).map(({ code, name: label }) => ({ code, name: label })) : [],
  };
}

/** Nobody is called at night or on a day off, however late their call is. */
const closedNow = ({ nextOpening, timeZone }: WorkingCalendar, now: Date): Problem => {
  const opens = nextOpening(now);
  const at = perLanguage((language) => formatMoment(opens, language, timeZone));
  return new Problem("not-now", msg("contact-centre.callBacks.closed", { at }));
};

/** The list names them as well. */
const taken = (name: string | null): Problem =>
  new Problem("conflict", msg("contact-centre.callBacks.taken", { name: apart(name ?? "") }));

/**
 * Takes a task: it is this agent's for half an hour, and its number is shown, on record. Problems: not-found, conflict where another agent
 * has it or calls the same number, not-now before its time or with another call in hand, action-refused for who handled the case and for what is not needed any more.
 */
export async function claimCallBack(parts: CaseParts, a: ByAgent & { id: number }): Promise<ClaimedCallBack> {
  const { id, actor, now } = a;
  const userId = userOf(actor);
  const claimed = await parts.policies.loaded(() =>
    inTransaction(parts.db, async (transaction) => {
      const both = await lockTask(parts, transaction, id, a);
      const { task, loaded } = both;
      if (task.state === "done") throw new Problem("conflict", msg("contact-centre.callBacks.done"));
      if (task.claimedBy !== null && task.claimedBy !== userId && (task.claimedUntil ?? now) > now)
        throw taken(task.claimedByName);
      const isHeld = task.claimedBy === userId && (task.claimedUntil ?? now) > now;
      const { calendar } = parts.policies.at(task.programme, loaded.revision);
      if (task.readyAt > now) throw new Problem("not-now", msg("contact-centre.callBacks.notYet"));
      // A call that was begun in time goes on.
      if (!isHeld && !calendar.isWorkingTime(now)) throw closedNow(calendar, now);
      const applicant = await storedApplicantOf(parts.db, transaction, task.caseId);
      const phone = applicant?.phone ?? null;
      if (phone === null || (await isCallNeedless(parts.db, id, transaction))) {
        await cancel(parts.db, { id, now }, transaction);
        return null;
      }
      if (task.reason === "survey" && (await handled(parts.db, { id, userId }, transaction)))
        throw new Problem("action-refused", msg("contact-centre.callBacks.handled"));
      await lockClaims(parts.db, userId, transaction);
      const mine = await claimOf(parts.db, userId, transaction);
      if (mine !== null && mine.id !== id) {
        if ((mine.claimedUntil ?? now) > now) throw new Problem("not-now", msg("contact-centre.callBacks.another"));
        await release(parts.db, { id: mine.id, userId }, transaction);
      }
      // Two tasks may lead to one person: the agent who comes second waits here, and sees the first.
      await query(parts.db, sql`select pg_advisory_xact_lock(hashtextextended(${phone}, 19))`, transaction);
      const colleague = await whoCalls(parts.db, { phone, userId, now }, transaction);
      if (colleague !== null) throw taken(colleague);
      const until = new Date(now.getTime() + claimMs);
      await claim(parts.db, { id, userId, now, until }, transaction);
      await setAside(parts.db, { agent: userId, now }, transaction);
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
export async function readOut(parts: CaseParts, a: ByAgent & { id: number }): Promise<readonly ReadOut[]> {
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
  // The call that was promised is this one.
  return readOutOf({ ...(await readFollowed(parts, loaded, { link: null, now: a.now })), call: null });
}

/** Gives the task back, for others. */
export async function releaseCallBack(parts: CaseParts, { actor, id }: ByAgent & { id: number }): Promise<void> {
  await release(parts.db, { id, userId: userOf(actor) });
}
