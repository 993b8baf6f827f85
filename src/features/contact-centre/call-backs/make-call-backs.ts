/**
 * Makes the call-backs that nobody has to ask for: of answers that reached nobody, and of the sample that is asked how satisfied
 * it is. That an answer reached nobody is news to its owner. Each is made once by its key, so a run that was killed is done again; how far a programme is, is written with what was
 * made.
 */

import type { Transaction } from "sequelize";
import sql, { type Sql } from "sql-template-tag";
import { civilDate, startOfDay } from "../../../engine/calendar/civil-days.js";
import type { WorkingCalendar } from "../../../engine/calendar/working-calendar.js";
import {
  type CallBackReason,
  callBackPolicy,
  defaultCallBacks,
  type MadeByDay,
  spreadMoments,
} from "../../../engine/contact-centre/call-backs.js";
import { isSurveyed, surveyPolicy } from "../../../engine/contact-centre/survey-sample.js";
import { ratingTemplates } from "../../../engine/letters/rating-invitation.js";
import { answers } from "../../../engine/measures/kpi-counts.js";
import type { Policy } from "../../../engine/setup/policy.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { readCheckpoint } from "../../../platform/db/checkpoint-store.js";
import { type Database, query } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { mayBeCalled } from "../../../platform/sms/applicant-reach.js";
import type { CaseParts } from "../../cases/case-parts.js";
import { lockAndLoad } from "../../cases/case-queries.js";
import { noneOnItsWay, tellsAnswer, unheard, wasAnswered } from "../../cases/follow/heard-since.js";
import { recordLook } from "../../cases/record-look.js";
import { addCallBacks, type NewCallBack } from "./call-back-store.js";
import { isNeedless } from "./needless-calls.js";

const dayMs = 86_400_000;
/** So far back answers are looked for at first, and after a standstill. */
const farthestMs = 14 * dayMs;
/** What was answered is looked at again for so long: its transaction may have ended after others. */
const overlapMs = 15 * 60_000;
const batch = 500;
const job = "make-call-backs";

export interface MakingParts extends CaseParts {
  readonly programmes: () => Promise<readonly string[]>;
  readonly policyOf: (programme: string) => Promise<Pick<Policy, "setup" | "calendar">>;
}

export interface Made {
  readonly answersToTell: number;
  readonly surveys: number;
  readonly cancelled: number;
}

interface Candidate {
  readonly caseId: number;
  readonly cycle: number;
  readonly type: string;
  readonly language: string;
  readonly at: Date;
}

const columns = sql`c.id as "caseId", c.cycle, c.type, a.language`;

/** A person who can be called under their number, and did not say that they want no messages. */
const callable = sql`join applications a on a.id = c.id join applicants p on p.case_id = c.id and ${mayBeCalled}`;

/** Not confidential, not of another system, and there is an answer that still holds: a compliment was only passed on. */
const answered = sql`${wasAnswered} and not c.confidential and not c.imported and c.resolved_at is not null and c.rejected_at is null
    and c.withdrawn_at is null and c.duplicate_of is null`;

/** When a message failed: one that a limit held did so later than it was written. */
const failedAt = sql`coalesce(m.failed_at, m.created_at)`;

/** Lately, and no message of the answer, by whichever way, is there or on its way. */
const failed = (
  programme: string,
  after: { readonly at: Date; readonly id: number },
): Sql => sql`select ${columns}, m.id as "messageId", ${failedAt} as at
  from messages m join cases c on c.id = m.case_id ${callable}
  where m.programme = ${programme} and m.state = 'failed' and (${failedAt}, m.id) > (${after.at}, ${after.id}) and ${tellsAnswer} and ${answered} and ${unheard}
    and ${noneOnItsWay}
    and not exists (select 1 from call_backs b where b.key = 'answer/' || c.id || '/' || c.cycle)
  order by ${failedAt}, m.id limit ${batch}`;

type JobReason = "answerNotDelivered" | "survey";
/** What their keys begin with. */
const keyOf = { answerNotDelivered: "answer/", survey: "survey/" } as const satisfies Record<JobReason, string>;

const resolvedIn = (
  programme: string,
  a: { from: Date; fromId: number; to: Date; reason: JobReason },
  more: Sql,
): Sql =>
  sql`select ${columns}, c.resolved_at as at from cases c ${callable}
  where c.programme = ${programme} and (c.resolved_at, c.id) > (${a.from}, ${a.fromId}) and c.resolved_at <= ${a.to}
    and ${answered} and ${more} and not exists (select 1 from call_backs b where b.key = ${keyOf[a.reason]} || c.id || '/' || c.cycle)
  order by c.resolved_at, c.id limit ${batch}`;

/** Nobody was ever written the answer: there was no way, no gateway for text messages, or letters were ended before it left. */
const untold = sql`${unheard} and not exists (select 1 from messages m where m.case_id = c.id and ${tellsAnswer}
    and m.state <> ${"lapsed"} and not (m.way = 'sms' and m.state = 'kept'))`;
/** By no email and no text message, nor is about to be; who rated it was asked already. */
const unasked = sql`p.email is null and c.rated_at is null and (c.closed_at is not null or c.invite_to_rate_at is null or p.sms_consent_at is null)
    and not exists (select 1 from messages m where m.case_id = c.id and m.receiver_case = c.id
      and m.template = any(${[...ratingTemplates]}::text[]) and m.state = 'sent')`;

interface Making {
  readonly parts: CaseParts;
  readonly setup: Setup;
  readonly calendar: WorkingCalendar;
  readonly now: Date;
  /** How many are made for each day already, by reason: calls about answers wait for no survey. */
  readonly made: MadeByDay;
}

/** By the day in the programme's zone on which they are due first. */
async function madeByDay(
  db: Database,
  { setup, now }: Pick<Making, "setup" | "now">,
  reasons: readonly CallBackReason[],
): Promise<MadeByDay> {
  const { code, timeZone } = setup.programme;
  const today = startOfDay(civilDate(now, timeZone), timeZone);
  const statement = sql`select to_char(ready_at at time zone ${timeZone}, 'YYYY-MM-DD') as day, count(*)::integer as n from call_backs
    where programme = ${code} and ready_at >= ${today} and asked_by is null and reason = any(${[...reasons]}::text[])
      and outcome is distinct from ${"cancelled"} group by 1`;
  const days = await query<{ day: string; n: number }>(db, statement);
  return { byDay: new Map(days.map(({ day, n }) => [day, n])), from: null };
}

const rowOf = (
  { setup, calendar, now, made }: Making,
  reason: JobReason,
  { caseId, cycle, language }: Candidate,
): NewCallBack => ({
  key: `${keyOf[reason]}${caseId}/${cycle}`,
  programme: setup.programme.code,
  caseId,
  reason,
  language,
  askedBy: null,
  note: null,
  wishedAt: null,
  ...spreadMoments({
    policy: callBackPolicy(setup.programme.settings),
    calendar,
    from: now,
    perDay: setup.programme.settings.callBacksPerDay ?? defaultCallBacks.perDay,
    made,
  }),
});

/** Cases that said already, by a message of the answer that failed, that it reached nobody. */
const said = (
  caseIds: readonly number[],
): Sql => sql`select distinct c.id from cases c join case_events e on e.case_id = c.id
  where c.id = any(${caseIds}::bigint[]) and e.type = 'applicant.not-reached' and e.at >= c.resolved_at
    and e.data::jsonb->>'letter' = any(${[...answers]}::text[]) and e.data::jsonb->>'next' is null`;

/** Adds them; what is of an answer says in its case that it reached nobody, unless a failed message said so. How many were added. */
async function add({ parts, now }: Making, rows: readonly NewCallBack[], transaction: Transaction): Promise<number> {
  const { db } = parts;
  const ids = rows.filter(({ reason }) => reason === "answerNotDelivered").map(({ caseId }) => caseId);
  // A case is locked before its task.
  const lock = sql`select id from cases where id = any(${ids}::bigint[]) order by id for update`;
  const cases = ids.length === 0 ? [] : await lockAndLoad(db, transaction, lock);
  const added = await addCallBacks(db, { rows, now }, transaction);
  const told = new Set((await query<{ id: number }>(db, said(ids), transaction)).map(({ id }) => id));
  const unsaid = cases.filter(({ theCase: { id } }) => added.includes(id) && !told.has(id));
  const data = { letter: "applicant-answered", way: null, next: null };
  for (const one of unsaid)
    await recordLook(parts, transaction, one, {
      type: "applicant.not-reached",
      data,
      actor: { kind: "system", job },
      now,
    });
  return added.length;
}

async function ofFailed(making: Making): Promise<number> {
  const { parts, setup, now } = making;
  const { db } = parts;
  let made = 0;
  for (let after = { at: new Date(now.getTime() - farthestMs), id: 0 }; ; ) {
    const found = await query<Candidate & { messageId: number }>(db, failed(setup.programme.code, after));
    const rows = found.map((one) => rowOf(making, "answerNotDelivered", one));
    made += await parts.policies.loaded(() => inTransaction(db, (transaction) => add(making, rows, transaction)));
    const last = found.at(-1);
    if (last === undefined || found.length < batch) return made;
    after = { at: last.at, id: last.messageId };
  }
}

/** All that was answered since the last run and until `to`, batch by batch; where that is, is written with what is made of it. */
async function ofResolved(
  making: Making,
  a: { name: string; to: Date; more: Sql; reason: JobReason; chosen: (one: Candidate) => boolean },
): Promise<number> {
  const { parts, setup, now } = making;
  const { db } = parts;
  const programme = setup.programme.code;
  const name = `call-backs/${a.name}/${programme}`;
  const known = (await readCheckpoint(db, name)) as { readonly to?: string } | null;
  const least = a.to.getTime() - farthestMs;
  const since = known?.to === undefined ? least : Math.max(least, Date.parse(known.to) - overlapMs);
  let made = 0;
  for (let from = new Date(since), fromId = 0; ; ) {
    const found = await query<Candidate>(
      db,
      resolvedIn(programme, { from, fromId, to: a.to, reason: a.reason }, a.more),
    );
    const last = found.at(-1);
    const isWhole = last === undefined || found.length < batch;
    const rows = found.filter(a.chosen).map((one) => rowOf(making, a.reason, one));
    const to = (isWhole ? a.to : last.at).toISOString();
    made += await parts.policies.loaded(() =>
      inTransaction(db, async (transaction) => {
        const added = await add(making, rows, transaction);
        await query(
          db,
          sql`insert into checkpoints (name, position, updated_at) values (${name}, ${JSON.stringify({ to })}::jsonb, ${now})
          on conflict (name) do update set position = excluded.position, updated_at = excluded.updated_at`,
          transaction,
        );
        return added;
      }),
    );
    if (isWhole) return made;
    from = last.at;
    fromId = last.caseId;
  }
}

/** What nobody needs any more, unless an agent has it in hand. */
async function cancelNeedless(db: Database, programme: string, now: Date): Promise<number> {
  const statement = sql`update call_backs b set state = 'done', outcome = 'cancelled', done_at = ${now}
    from cases c where c.id = b.case_id and b.programme = ${programme} and b.state = 'open' and (b.claimed_by is null or b.claimed_until <= ${now})
      and ${isNeedless}
    returning b.id`;
  return (await query(db, statement)).length;
}

/** One run over all programmes. */
export async function makeCallBacks(parts: MakingParts, now: Date): Promise<Made> {
  const { db, programmes, policyOf } = parts;
  const made = { answersToTell: 0, surveys: 0, cancelled: 0 };
  for (const programme of await programmes()) {
    const { setup, calendar } = await policyOf(programme);
    const { settings } = setup.programme;
    const way = settings.callBacks ?? defaultCallBacks.way;
    made.cancelled += await cancelNeedless(db, programme, now);
    const counted = (reasons: readonly JobReason[]) => madeByDay(db, { setup, now }, reasons);
    const making: Making = { parts, setup, calendar, now, made: await counted(["answerNotDelivered"]) };
    if (way !== "none") made.answersToTell += await ofFailed(making);
    if (way === "unreached") {
      made.answersToTell += await ofResolved(making, {
        name: "untold",
        to: now,
        more: untold,
        reason: "answerNotDelivered",
        chosen: () => true,
      });
    }
    const { percent, days } = surveyPolicy(settings);
    if (percent === 0) continue;
    // Answers come first, whatever surveys are there; surveys get the room that is left.
    const asking: Making = { ...making, made: await counted(["answerNotDelivered", "survey"]) };
    made.surveys += await ofResolved(asking, {
      name: "survey",
      to: new Date(now.getTime() - days * dayMs),
      more: unasked,
      reason: "survey",
      chosen: ({ caseId, type }) => setup.types.get(type)?.surveyed === true && isSurveyed(caseId, percent),
    });
  }
  return made;
}
