/**
 * What a limit holds goes on another way after some hours of the programme, so that none is a dead end. A text message goes by email where
 * its applicant hears by it; else it tries once more, and where the limit still holds it, it has failed: its owner hears, and an answer is
 * called. A receipt by email leaves where its address takes one more, goes as a text message, or lapses.
 */

import sql from "sql-template-tag";
import { type ApplicantReach, type ApplicantWay, waysOf } from "../../engine/letters/applicant-ways.js";
import { heldHours, lateDays, lateReasons, whyTooLate } from "../../engine/letters/late-messages.js";
import { messageInstead, type UnsentMessage } from "../../engine/letters/message-instead.js";
import type { MessageTemplate } from "../../engine/letters/message-kinds.js";
import type { Setup } from "../../engine/setup/setup.js";
import { isUnavailable } from "../../platform/db/connect.js";
import { type Database, query } from "../../platform/db/query.js";
import { inTransaction } from "../../platform/db/transaction.js";
import { insertMessages, type NewMessageState } from "../../platform/mail/message-store.js";
import { applicantReach } from "../../platform/sms/applicant-reach.js";
import { knowsSince } from "../cases/follow/heard-since.js";
import type { FailForGood } from "./fail-for-good.js";
import { lapse } from "./lapse-late.js";
import type { MayGetReceipt } from "./may-get-receipt.js";

export interface HeldParts {
  readonly db: Database;
  readonly programmes: () => Promise<readonly string[]>;
  readonly setupOf: (programme: string) => Promise<Pick<Setup, "programme">>;
  readonly messages: NewMessageState;
  readonly failForGood: FailForGood;
  readonly mayGetReceipt: MayGetReceipt;
}

interface Held extends UnsentMessage {
  readonly id: number;
  readonly way: ApplicantWay;
  readonly template: MessageTemplate;
  readonly caseId: number;
  readonly reach: ApplicantReach;
  readonly reason: string;
  readonly heldAt: Date;
  readonly known: boolean;
}

const batch = 500;
/** What waited for hours leaves its turn to what was asked for a moment ago. */
const mostARun = 500;
const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** Whatever holds it is asked when it goes on: by the programme as it is set now. */
const setMoment = (programme: string, hours: number) => sql`update messages
  set next_attempt_at = coalesce(held_at, created_at) + make_interval(hours => ${hours}::integer)
  where state = ${"held"} and next_attempt_at is null and programme = ${programme}`;

const due = (a: {
  programme: string;
  way: ApplicantWay;
  after: number;
  limit: number;
  now: Date;
}) => sql`select m.id::integer, m.programme, m.way, m.key, m.template, m.language,
    m.data, m.receiver_case::integer as "caseId", m.case_id as "aboutCase", m.last_error as reason, coalesce(m.held_at, m.created_at) as "heldAt",
    ${applicantReach} as reach, ${knowsSince(sql`m.receiver_case`, sql`m.created_at`)} as known
  from messages m join applicants p on p.case_id = m.receiver_case
  where m.state = ${"held"} and m.programme = ${a.programme} and m.way = ${a.way} and m.next_attempt_at <= ${a.now} and m.id > ${a.after}
  order by m.id limit ${a.limit}`;

/** It tries to leave by its own way once more. */
const tryAgain = (id: number, now: Date) => sql`update messages
  set state = ${"pending"}, next_attempt_at = ${now}, attempts = 0, claimed_until = null, failing_since = null
  where id = ${id} and state = ${"held"}`;

async function releaseText({ db, failForGood }: HeldParts, held: Held, late: boolean, now: Date): Promise<void> {
  const ways = waysOf(held.reach);
  // One that is old has had its day: it does not compete with those of today.
  if (ways.includes("email") || late) await failForGood({ id: held.id, reason: held.reason, refused: false, now });
  else await query(db, tryAgain(held.id, now));
}

async function releaseReceipt(parts: HeldParts, held: Held, late: boolean, now: Date): Promise<void> {
  const { db, messages: state } = parts;
  const { id, programme, caseId } = held;
  if (!late && waysOf(held.reach).includes("email") && (await parts.mayGetReceipt({ caseId, programme, now }))) {
    await query(db, tryAgain(id, now));
    return;
  }
  const other = messageInstead(held);
  await inTransaction(db, async (tx) => {
    const gone = sql`update messages set state = ${"lapsed"}, lapsed_at = ${now}, next_attempt_at = null, last_error = ${lateReasons.receipts}
      where id = ${id} and state = ${"held"} returning id`;
    if ((await query(db, gone, tx)).length === 0 || other === null) return;
    await insertMessages(db, { programme, intents: [other], now, state, caseId: held.aboutCase }, tx);
  });
}

async function release(parts: HeldParts, held: Held, a: { days: number; hours: number; now: Date }): Promise<void> {
  const { days, hours, now } = a;
  const waitedMs = now.getTime() - held.heldAt.getTime();
  const reason = whyTooLate({ ...held, waitedMs, lateDays: held.known ? 0 : days });
  // Its first hours are the programme's own.
  const late = waitedMs >= days * dayMs + hours * hourMs;
  if (reason !== null) await lapse(parts.db, [{ id: held.id, reason }], now);
  else if (held.way === "sms") await releaseText(parts, held, late, now);
  else await releaseReceipt(parts, held, late, now);
}

/** What is due of one way, at most `mostARun`. One that cannot go on keeps no other from it: why not is given back. */
export async function releaseHeld(
  parts: HeldParts,
  { way, now }: { way: ApplicantWay; now: Date },
): Promise<readonly unknown[]> {
  const { db } = parts;
  const failures: unknown[] = [];
  const orNote = (error: unknown): void => {
    if (isUnavailable(error)) throw error;
    failures.push(error);
  };
  let left = mostARun;
  async function releaseOf(programme: string): Promise<void> {
    const { settings } = (await parts.setupOf(programme)).programme;
    const hours = heldHours(settings);
    await query(db, setMoment(programme, hours));
    const days = lateDays(settings);
    for (let after = 0; left > 0; ) {
      const limit = Math.min(batch, left);
      const found = await query<Held>(db, due({ programme, way, after, limit, now }));
      left -= found.length;
      for (const held of found) await release(parts, held, { days, hours, now }).catch(orNote);
      const last = found.at(-1);
      if (last === undefined || found.length < limit) break;
      after = last.id;
    }
  }
  for (const programme of await parts.programmes()) await releaseOf(programme).catch(orNote);
  return failures;
}
