/**
 * A message to an applicant that cannot be delivered: the next of the ways tries, once a way. The case says so, and where no way is left,
 * its owner hears of it. All of that is one transaction: a killed run leaves the message as it was.
 */
import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import { type ApplicantReach, type ApplicantWay, keyByOther, waysOf } from "../../engine/letters/applicant-ways.js";
import { messageInstead, type UnsentMessage } from "../../engine/letters/message-instead.js";
import { type ApplicantLetter, applicantLetterOf } from "../../engine/letters/message-kinds.js";
import { draftOf, emit } from "../../engine/lifecycle/case-draft.js";
import { finishOutcome } from "../../engine/lifecycle/finish-outcome.js";
import { query } from "../../platform/db/query.js";
import { inTransaction } from "../../platform/db/transaction.js";
import { insertMessages } from "../../platform/mail/message-store.js";
import { applicantReach } from "../../platform/sms/applicant-reach.js";
import type { CaseParts } from "../cases/case-parts.js";
import { lockAndLoad } from "../cases/case-queries.js";
import { updateCases } from "../cases/case-store.js";
import { setUnproven } from "../cases/follow/contact-store.js";
import { heardSince } from "../cases/follow/heard-since.js";
import { revokeLinks } from "../cases/follow/link-store.js";
import type { MayGetReceipt } from "./may-get-receipt.js";

/** `refused`: the address itself does not take it. What was sent there opens nothing any more, and whose it is has to be shown anew. */
export type FailForGood = (a: { id: number; reason: string; refused: boolean; now: Date }) => Promise<void>;

interface Failed extends UnsentMessage {
  readonly way: ApplicantWay;
  readonly createdAt: Date;
}

const canFail = sql`((state = 'pending' and attempts > 0) or (state = 'sent' and delivered_at is null and way = 'sms')
  or (state = 'held' and way = 'sms'))`;

/** Only what is on its way, held or left can fail: a report that comes twice, or to one that waits to be sent again, changes nothing. */
const fail = (id: number, reason: string, now: Date) => sql`with f as (
    update messages set state = 'failed', failed_at = ${now}, last_error = ${reason}, next_attempt_at = null, claimed_until = null
    where id = ${id} and ${canFail}
    returning programme, key, way, template, language, data, receiver_case, case_id, created_at)
  select f.programme, f.key, f.way, f.template, f.language, f.data, f.receiver_case as "caseId", f.case_id as "aboutCase", f.created_at as "createdAt",
    (select ${applicantReach} from applicants p where p.case_id = f.receiver_case) as reach from f`;

export function createFailForGood(parts: CaseParts & { readonly mayGetReceipt: MayGetReceipt }): FailForGood {
  const { db } = parts;

  /** Whether a receipt that cannot go as a text message may go by email; asked where that is what would be done. */
  async function receiptByEmail(id: number, now: Date): Promise<boolean> {
    const statement = sql`select m.programme, m.key, m.receiver_case as "caseId", ${applicantReach} as reach
      from messages m join applicants p on p.case_id = m.receiver_case
      where m.id = ${id} and m.way = ${"sms"} and m.template = ${"sms-received"} and ${canFail}`;
    const [row] = await query<{ programme: string; key: string; caseId: number; reach: ApplicantReach }>(db, statement);
    if (row === undefined || !waysOf(row.reach).includes("email")) return false;
    if ((await query(db, sql`select 1 as there from messages where key = ${keyByOther(row.key).key}`)).length > 0)
      return false;
    return parts.mayGetReceipt({ caseId: Number(row.caseId), programme: row.programme, now });
  }

  /** The other way, where it takes it or has told it; null where it had its try. */
  async function otherWay(
    failed: Failed,
    now: Date,
    tx: Transaction,
    mayGetReceipt: boolean,
  ): Promise<ApplicantWay | null> {
    const { way, key } = keyByOther(failed.key);
    const told = sql`select 1 as told from messages where key = ${key} and state in ('pending', 'sent')`;
    if ((await query(db, told, tx)).length > 0) return way;
    const intent = messageInstead(failed);
    if (intent === null || (intent.template === "applicant-received" && !mayGetReceipt)) return null;
    const { programme, aboutCase: caseId } = failed;
    const at = { programme, intents: [intent], now, state: parts.messages, caseId };
    return (await insertMessages(db, at, tx)) > 0 ? way : null;
  }

  /** By what they did since, or a call. */
  async function isKnown({ caseId, createdAt }: Failed, tx: Transaction): Promise<boolean> {
    const statement = sql`select ${heardSince(sql`${caseId}::bigint`, sql`${createdAt}::timestamptz`)} as known`;
    return (await query<{ known: boolean }>(db, statement, tx))[0]?.known ?? false;
  }

  async function sayUndelivered(
    failed: Failed,
    data: { letter: ApplicantLetter; way: ApplicantWay; next: ApplicantWay | null },
    now: Date,
    tx: Transaction,
  ): Promise<void> {
    const lock = sql`select id from cases where id = ${failed.caseId} and not imported for update`;
    const [loaded] = await lockAndLoad(db, tx, lock);
    if (loaded === undefined) return;
    const { theCase, applicantWays, nextDecision, revision } = loaded;
    const { setup } = parts.policies.at(theCase.programme, revision);
    const { calendarOf, workflowOf } = parts.policies.pinned([theCase]);
    const draft = draftOf(theCase, { kind: "system", job: "deliver-messages" }, now);
    const outcome = finishOutcome({
      draft: emit(draft, "applicant.not-reached", data),
      before: theCase.clocks,
      workflow: workflowOf(theCase.workflow.versionId),
      setup,
      calendarOf,
      applicantWays,
    });
    await updateCases(db, tx, [{ outcome, nextDecision }], parts.messages);
  }

  return async ({ id, reason, refused, now }) => {
    // Before the transaction: it holds its connection, and counts an address once, however often it is done again.
    const mayGetReceipt = await receiptByEmail(id, now);
    return parts.policies.loaded(() =>
      inTransaction(db, async (tx) => {
        const [failed] = await query<Failed>(db, fail(id, reason, now), tx);
        if (refused && failed !== undefined && failed.caseId !== null) {
          const { caseId, way } = failed;
          await setUnproven(db, tx, { caseId, way });
          await revokeLinks(db, { caseId, by: "address", way, now }, tx);
        }
        const letter = failed === undefined ? null : applicantLetterOf(failed.template);
        if (failed === undefined || failed.caseId === null || letter === null) return;
        const next = await otherWay(failed, now, tx, mayGetReceipt);
        // They know of it all the same, so it is nothing that did not reach them.
        if (next === null && (await isKnown(failed, tx))) return;
        await sayUndelivered(failed, { letter, way: failed.way, next }, now, tx);
      }),
    );
  };
}
