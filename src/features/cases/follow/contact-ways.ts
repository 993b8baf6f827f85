/** How the applicant of a case hears: shown to people with its code, and changed there. Addresses are shown as far as they say which one it is. */

import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import type { ApplicantProof } from "../../../engine/applicant/applicant-keys.js";
import { type ApplicantReach, type ContactBy, waysOf, whyUnreached } from "../../../engine/letters/applicant-ways.js";
import { draftOf, emit } from "../../../engine/lifecycle/case-draft.js";
import { parseReference } from "../../../engine/lifecycle/case-reference.js";
import { finishOutcome } from "../../../engine/lifecycle/finish-outcome.js";
import type { ContactChanged, ContactChoice, FollowedContact } from "../../../engine/lifecycle/views/follow-view.js";
import { maskPersonal } from "../../../engine/text/mask-personal.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { type Database, query } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { applicantReach, hearsBy } from "../../../platform/sms/applicant-reach.js";
import { optIn, optOut } from "../../../platform/sms/opt-outs.js";
import { isMobileNumber } from "../../../platform/sms/phone-numbers.js";
import { type CaseParts, caseNotFound } from "../case-parts.js";
import { caseByReference, type LoadedCase } from "../case-queries.js";
import { updateCases } from "../case-store.js";
import { letMessagesLapse } from "./let-messages-lapse.js";
import type { FoundLink } from "./link-store.js";
import { openedBy } from "./open-by-link.js";

interface Row {
  readonly phone: string | null;
  readonly email: string | null;
  readonly contactBy: ContactBy | null;
  /** Who ended text messages to the number; null: nobody. */
  readonly stoppedBy: "reply" | "page" | null;
  readonly phoneProven: boolean;
  readonly emailProven: boolean;
  readonly offersTexts: boolean;
  readonly reach: ApplicantReach;
}

/** @param a.offersTexts false where no text message can leave: then there are none to choose, and none are promised */
async function contactRow(
  db: Database,
  a: { caseId: number; offersTexts: boolean },
  transaction?: Transaction,
): Promise<Row | null> {
  const statement = sql`select p.phone, p.email, p.contact_by as "contactBy",
      (select o.by from sms_opt_outs o where o.number = p.phone) as "stoppedBy", p.phone_proven_at is not null as "phoneProven",
      p.email_proven_at is not null as "emailProven",
      ${applicantReach} as reach
    from applicants p where p.case_id = ${a.caseId}`;
  const [row] = await query<Omit<Row, "offersTexts">>(db, statement, transaction);
  if (row === undefined) return null;
  return { ...row, offersTexts: a.offersTexts, reach: { ...row.reach, sms: row.reach.sms && a.offersTexts } };
}

/** What is chosen, from what is stored; null: letters were ended, which is no choice of those, so that nobody saves another unawares. */
function choiceOf({ contactBy, reach }: Row): ContactChoice | null {
  if (contactBy === "none") return "none";
  if (reach.emailStopped) return null;
  if (reach.email && reach.sms && contactBy !== "sms") return "both";
  if (reach.sms && (contactBy === "sms" || !reach.email)) return "sms";
  return reach.email ? "email" : "none";
}

function choicesOf({ email, phone, stoppedBy, phoneProven, offersTexts, reach }: Row): readonly ContactChoice[] {
  // A STOP that came from the telephone is taken back from there: who has the code may not be who has the number.
  const open = stoppedBy === null || (stoppedBy === "page" && phoneProven);
  // Nor does who has the code have texts sent to a number that is another's: it is confirmed first.
  const sms = offersTexts && phone !== null && open && !reach.wrongNumber && isMobileNumber(phone);
  return [
    ...(email === null ? [] : (["email"] as const)),
    ...(sms ? (["sms"] as const) : []),
    ...(email !== null && sms ? (["both"] as const) : []),
    "none",
  ];
}

/** How many applications would send no text messages any more. */
async function casesTexting(db: Database, phone: string): Promise<number> {
  const statement = sql`select count(*)::integer as n from applicants p join cases c on c.id = p.case_id
    where p.phone = ${phone} and c.closed_at is null and ${hearsBy("sms")}`;
  return (await query<{ n: number }>(db, statement))[0]?.n ?? 0;
}

async function stoppingOf(db: Database, row: Row, to: string | null): Promise<FollowedContact["stopping"]> {
  const { phone, phoneProven: proven, reach, offersTexts, contactBy, stoppedBy } = row;
  if (phone === null || to === null) return null;
  // Other applications may still write to the number of who wants to hear nothing of this one.
  const others = contactBy === "none" && offersTexts && stoppedBy === null && isMobileNumber(phone);
  if (!others && !waysOf(reach).includes("sms")) return null;
  // How many they are is for the owner of the number: anybody can type somebody else's.
  return { to, proven, cases: proven ? await casesTexting(db, phone) : null };
}

const lettersGo = ({ reach }: Row): boolean => waysOf(reach).includes("email");

/** Null where the applicant left neither an address nor a number. */
export async function contactOf(
  db: Database,
  a: { caseId: number; offersTexts: boolean },
): Promise<FollowedContact | null> {
  const row = await contactRow(db, a);
  if (row === null || (row.email === null && row.phone === null)) return null;
  const masked = maskPersonal({ name: null, nationalNumber: null, phone: row.phone, email: row.email });
  return {
    ways: waysOf(row.reach).map((way) => ({ way, to: (way === "email" ? masked.email : masked.phone) ?? "" })),
    callsOnly: whyUnreached(row.reach) === "callsOnly",
    wrongNumber: row.reach.wrongNumber === true,
    chosen: choiceOf(row),
    choices: choicesOf(row),
    stopped: row.offersTexts ? row.stoppedBy : null,
    stopping: await stoppingOf(db, row, masked.phone),
    letters: row.emailProven ? { go: lettersGo(row) } : null,
  };
}

const stored: Readonly<Record<ContactChoice, { readonly contactBy: ContactBy; readonly sms: boolean }>> = {
  email: { contactBy: "email", sms: false },
  sms: { contactBy: "sms", sms: true },
  both: { contactBy: "email", sms: true },
  none: { contactBy: "none", sms: false },
};

export type ContactChange = ApplicantProof & { readonly reference: string; readonly now: Date } & (
    | { readonly choice: string; readonly stopNumber?: undefined }
    /** No text messages to this number any more, whatever application they are about. It has to be shown that it is theirs. */
    | { readonly stopNumber: true }
  );

type ContactParts = CaseParts & { readonly offersTexts: boolean };

/** The case says who chose what. */
async function recordChange(
  parts: ContactParts,
  tx: Transaction,
  { theCase, nextDecision, revision, applicantWays }: LoadedCase,
  { data, now }: { data: Readonly<Record<string, unknown>>; now: Date },
): Promise<void> {
  const { setup } = parts.policies.at(theCase.programme, revision);
  const { calendarOf, workflowOf } = parts.policies.pinned([theCase]);
  const outcome = finishOutcome({
    draft: emit(draftOf(theCase, { kind: "applicant" }, now), "applicant.ways-changed", data),
    before: theCase.clocks,
    workflow: workflowOf(theCase.workflow.versionId),
    setup,
    calendarOf,
    applicantWays,
  });
  await updateCases(parts.db, tx, [{ outcome, nextDecision }], parts.messages);
}

/** Another way, or none, by the code. */
async function choose(
  parts: ContactParts,
  tx: Transaction,
  loaded: LoadedCase,
  a: { choice: string; now: Date },
): Promise<ContactChanged> {
  const { db } = parts;
  const { id: caseId } = loaded.theCase;
  const row = await contactRow(db, { caseId, offersTexts: parts.offersTexts }, tx);
  const choice = row === null ? undefined : choicesOf(row).find((one) => one === a.choice);
  if (row === null || choice === undefined) {
    const reason = msg("cases.contactWays.chooseOne");
    throw new Problem("invalid-input", reason, [{ field: "/choice", reason }]);
  }
  const { contactBy, sms } = stored[choice];
  const { phone } = row;
  const resumes = phone !== null && sms && row.stoppedBy === "page";
  // Said again it changes nothing, and is no event.
  const letters = choice === "email" || choice === "both";
  const lettersResume = letters && row.reach.emailStopped === true;
  if (row.contactBy === contactBy && row.reach.sms === sms && !lettersResume) return "same";
  const stopped = letters ? sql`null` : sql`email_stopped_at`;
  const consent = sms ? sql`coalesce(sms_consent_at, ${a.now})` : sql`null`;
  await query(
    db,
    sql`update applicants set contact_by = ${contactBy}, sms_consent_at = ${consent}, email_stopped_at = ${stopped}
      where case_id = ${caseId}`,
    tx,
  );
  if (contactBy === "none")
    await letMessagesLapse(parts, { caseId, reach: { ...row.reach, contactBy }, now: a.now }, tx);
  if (resumes) await optIn(db, { number: phone, at: a.now }, tx);
  await recordChange(parts, tx, loaded, { data: { choice }, now: a.now });
  return resumes ? "resumed" : "saved";
}

/**
 * Ends text messages to the number, whatever they are about; letters stay as they are. A link of a text message does what STOP does and
 * nothing else. By the code the applicant hears by email from then on, or not at all: what that is, is read here, in the transaction.
 */
async function stopNumber(
  parts: ContactParts,
  tx: Transaction,
  loaded: LoadedCase,
  a: { link: FoundLink | null; now: Date },
): Promise<ContactChanged> {
  const { db, offersTexts } = parts;
  const { id: caseId } = loaded.theCase;
  const row = await contactRow(db, { caseId, offersTexts }, tx);
  if (row === null || row.phone === null || row.stoppedBy !== null) return "same";
  if (!row.phoneProven) throw new Problem("not-now", msg("cases.contactWays.confirmNumberFirst"));
  const { phone: number, reach } = row;
  // Who ended letters did not say that nobody may call.
  const contactBy = lettersGo(row) ? "email" : reach.emailStopped ? row.contactBy : "none";
  if (a.link === null)
    await query(
      db,
      sql`update applicants set contact_by = ${contactBy}, sms_consent_at = null where case_id = ${caseId}`,
      tx,
    );
  await optOut(db, { number, by: "page", now: a.now }, tx);
  if (!lettersGo(row))
    await letMessagesLapse(
      parts,
      { caseId, reach: { ...reach, sms: false, contactBy: a.link === null ? contactBy : row.contactBy }, now: a.now },
      tx,
    );
  const data = { choice: lettersGo(row) ? "email" : "none", stoppedNumber: true };
  await recordChange(parts, tx, loaded, { data, now: a.now });
  return "stopped";
}

/** The case of a reference, locked, and the link that opens it; null: its code does. Problem not-found. */
async function withCase<Done>(
  parts: ContactParts,
  a: ApplicantProof & { readonly reference: string; readonly now: Date },
  work: (tx: Transaction, loaded: LoadedCase, link: FoundLink | null) => Promise<Done>,
): Promise<Done> {
  const reference = parseReference(a.reference);
  return parts.policies.loaded(() =>
    inTransaction(parts.db, async (tx) => {
      const loaded = reference === null ? null : await caseByReference(parts.db, reference, tx);
      if (loaded === null) throw caseNotFound();
      return work(tx, loaded, await openedBy(parts.db, loaded, a, tx));
    }),
  );
}

/** Problems: not-found (the reference, the code or the link), forbidden (more than a link may), invalid-input (a way that there is not), not-now (a number that nobody has shown to be theirs). */
export const changeContact = (parts: ContactParts, a: ContactChange): Promise<ContactChanged> =>
  withCase(parts, a, (tx, loaded, link) => {
    const { now } = a;
    if (link !== null && (link.way !== "sms" || a.stopNumber === undefined)) throw needsTheCode();
    return a.stopNumber === undefined
      ? choose(parts, tx, loaded, { choice: a.choice, now })
      : stopNumber(parts, tx, loaded, { link, now });
  });

export type LettersChange = ApplicantProof & {
  readonly reference: string;
  /** False: no letters about this application go to the address any more. */
  readonly go: boolean;
  readonly now: Date;
};

/**
 * Ends letters about one application, or lets them come again: by its code, or by the link of one of them, whose reader shows that the
 * address is theirs. Text messages stay as they are. Problems: not-found, forbidden (by the link of a text message), not-now.
 */
export const changeLetters = (parts: ContactParts, a: LettersChange): Promise<ContactChanged> =>
  withCase(parts, a, async (tx, loaded, link) => {
    if (link !== null && link.way !== "email") throw needsTheCode();
    const { db, offersTexts } = parts;
    const { id: caseId } = loaded.theCase;
    const row = await contactRow(db, { caseId, offersTexts }, tx);
    if (row === null || !row.emailProven) throw new Problem("not-now", msg("cases.contactWays.confirmAddressFirst"));
    // A second press finds it done.
    if (lettersGo(row) === a.go) return "same";
    const stopped = a.go ? sql`null` : sql`${a.now}::timestamptz`;
    const contactBy = a.go && row.contactBy === "none" ? "email" : row.contactBy;
    await query(
      db,
      sql`update applicants set email_stopped_at = ${stopped}, contact_by = ${contactBy} where case_id = ${caseId}`,
      tx,
    );
    const reach = { ...row.reach, email: false, emailStopped: true };
    if (!a.go) await letMessagesLapse(parts, { caseId, reach, now: a.now }, tx);
    const data = { choice: a.go ? "lettersResumed" : "lettersStopped" };
    await recordChange(parts, tx, loaded, { data, now: a.now });
    return a.go ? "letters-resumed" : "letters-stopped";
  });

const needsTheCode = (): Problem => new Problem("forbidden", msg("cases.openByLink.needsTheCode"));
