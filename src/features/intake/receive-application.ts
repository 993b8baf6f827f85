/**
 * Receives an application from a channel: checks it, lets the rules decide, and stores application, case, events, clocks,
 * decisions and messages in one statement. Acknowledged means stored.
 *
 * The statement writes only if the configuration is still the one that decided; when an administrator published in
 * between, the application is decided again by the new version. So a publication decides the very next application in
 * every running instance, without a restart and without a read of its own.
 */

import { createHash } from "node:crypto";
import type { Actor } from "../../engine/access/permissions.js";
import { codeHash, makeCode } from "../../engine/applicant/applicant-code.js";
import { canonicalText } from "../../engine/audit/chain.js";
import { ownedByDraft, ownedByKey } from "../../engine/files/attachment-owner.js";
import { type ApplicantWay, waysOf } from "../../engine/letters/applicant-ways.js";
import { receiptsMost } from "../../engine/letters/receipts-most.js";
import type { Application } from "../../engine/lifecycle/case.js";
import type { CaseOutcome } from "../../engine/lifecycle/case-outcome.js";
import { makeReference } from "../../engine/lifecycle/case-reference.js";
import { finishOutcome } from "../../engine/lifecycle/finish-outcome.js";
import { openCase } from "../../engine/lifecycle/open-case.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import { uniqueViolation } from "../../platform/db/errors.js";
import type { Database } from "../../platform/db/query.js";
import type { NewMessageState } from "../../platform/mail/message-store.js";
import { isOptedOut } from "../../platform/sms/opt-outs.js";
import type { Random } from "../../platform/unguessable.js";
import { filesToTake } from "../cases/act/files-to-take.js";
import { insertCases, type NewCaseRows, type OpenedCase } from "../cases/case-store.js";
import type { ChannelKey } from "../people/channel-key-store.js";
import type { Policies } from "../setup/policies.js";
import type { ApplicationInput } from "./application-input.js";
import { type CheckedInput, checkApplicationInput } from "./application-input.js";
import type { ChannelKeys } from "./channel-keys.js";
import { idempotentAnswer } from "./idempotency-queries.js";
import { lockText, unlockText } from "./locked-text.js";

export interface ReceivedApplication {
  readonly caseId: number;
  readonly reference: string;
  /** The applicant's secret, shown once; only its hash is stored. */
  readonly code: string;
  readonly state: string;
  readonly entity: string | null;
  readonly pillar: string | null;
  readonly importance: string | null;
  /** When an answer is due; null where nothing is promised. */
  readonly dueAt: Date | null;
  /** True when this is the stored answer to a retry. */
  readonly replayed: boolean;
  /** The retry said something else than what was stored (`keyNamesCall`). */
  readonly changed?: true;
}

export interface IntakeParts {
  readonly db: Database;
  readonly policies: Policies;
  readonly keys: Pick<ChannelKeys, "stillGood">;
  readonly nextCaseId: () => Promise<number>;
  readonly random: Random;
  readonly messages: NewMessageState;
  /** Whether a receipt may still be sent to an address that nobody has shown to be theirs. */
  readonly receiptTo: (a: { email: string; most: number; now: Date }) => Promise<boolean>;
}

export interface Reception {
  readonly input: unknown;
  readonly key: ChannelKey;
  readonly idempotencyKey: string | null;
  /** The key names a call, whatever is typed of it: other words under it are answered with what was stored first. */
  readonly keyNamesCall?: true;
  readonly now: Date;
  /** Ids of files that were staged with the key, or in the form's draft. */
  readonly attachments?: readonly string[] | undefined;
  /** The token of the form in which the files were staged; left out: the channel staged them with its key. */
  readonly draft?: string | undefined;
  /** The official who typed it for a caller; left out: it was sent by a channel, or at the public pages. */
  readonly typedBy?: Actor | undefined;
}

const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Tries so often when references collide or the configuration keeps moving; each is rare, all of them together absurd. */
const attempts = 6;

function applicationOf(
  input: ApplicationInput,
  channel: string,
  defaultLanguage: Application["language"],
  now: Date,
): Application {
  const applicant = input.applicant ?? null;
  return {
    programme: input.programme,
    type: input.type,
    channel,
    language: input.language ?? defaultLanguage,
    subject: input.subject,
    description: input.description,
    sector: input.sector ?? null,
    entity: input.entity ?? null,
    service: input.service ?? null,
    governorate: input.governorate ?? null,
    pillar: input.pillar ?? null,
    importance: input.importance ?? null,
    category: applicant?.category ?? null,
    anonymous: !(applicant?.name || applicant?.nationalNumber || applicant?.phone || applicant?.email),
    fields: input.fields ?? {},
    receivedAt: now,
    imported: false,
  };
}

/** The row of personal data; none for an anonymous application, which stores nothing that identifies. */
function applicantRow(input: ApplicationInput, now: Date): NewCaseRows["applicant"] {
  const {
    name = null,
    nationalNumber = null,
    phone = null,
    email = null,
    sms,
    contactBy = null,
  } = input.applicant ?? {};
  if (!(name || nationalNumber || phone || email)) return null;
  return { name, nationalNumber, phone, email, smsConsentAt: sms === true ? now : null, contactBy };
}

function answerOf(outcome: CaseOutcome): Omit<ReceivedApplication, "code" | "replayed"> {
  const { after } = outcome;
  return {
    caseId: after.id,
    reference: after.reference,
    state: after.state,
    entity: after.entity,
    pillar: after.pillar,
    importance: after.importance,
    dueAt: after.clocks.find((clock) => clock.target === "resolution")?.dueAt ?? null,
  };
}

const requestHash = ({ input, attachments = [] }: Reception): Buffer =>
  sha256(canonicalText(attachments.length === 0 ? (input ?? null) : { input: input ?? null, attachments }));

/** The stored answer to a retry; null when this key is new. Problem `idempotency-conflict` for another request. */
async function replay(parts: IntakeParts, reception: Reception, key: string): Promise<ReceivedApplication | null> {
  const stored = await idempotentAnswer(parts.db, reception.key.id, sha256(key));
  if (stored === null) return null;
  const changed = !stored.requestHash.equals(requestHash(reception));
  if (changed && !reception.keyNamesCall) {
    throw new Problem("idempotency-conflict", msg("intake.receiveApplication.thisIdempotencyKeyCameWithA"));
  }
  const answer = stored.answer as Omit<ReceivedApplication, "code" | "replayed" | "dueAt"> & { dueAt: string | null };
  return {
    ...answer,
    dueAt: answer.dueAt === null ? null : new Date(answer.dueAt),
    code: unlockText(stored.lockedCode, key),
    replayed: true,
    ...(changed && { changed }),
  };
}

/**
 * People who fill in the public pages may type anybody's address; who sends by a channel's key answers for what is typed there, and
 * so does an official who types for a caller.
 */
async function isHeldBack(
  parts: IntakeParts,
  { key, now, typedBy }: Reception,
  input: ApplicationInput,
  { intents }: CaseOutcome,
): Promise<boolean> {
  const email = input.applicant?.email;
  if (key.id !== null || typedBy !== undefined || !email) return false;
  // One that goes as a text message fills no mailbox; where an email takes its place, it is counted then.
  if (!intents.some(({ template }) => template === "applicant-received")) return false;
  const { settings } = (await parts.policies.current(input.programme)).setup.programme;
  return !(await parts.receiptTo({ email, most: receiptsMost(settings), now }));
}

/** The case with its receipt kept here. */
const withheld = (outcome: CaseOutcome): CaseOutcome => ({
  ...outcome,
  intents: outcome.intents.map((intent) =>
    intent.template === "applicant-received"
      ? { ...intent, heldBack: "held back: too many receipts to this address" }
      : intent,
  ),
});

/** How the applicant of a new case hears; a number that said STOP is not written to, no matter who agrees for it. */
async function waysOfInput({ db }: IntakeParts, { applicant }: ApplicationInput): Promise<readonly ApplicantWay[]> {
  const { email, phone, sms, contactBy = null } = applicant ?? {};
  const agreed = sms === true && typeof phone === "string";
  return waysOf({ email: Boolean(email), sms: agreed && !(await isOptedOut(db, phone)), contactBy });
}

async function decide(
  parts: IntakeParts,
  reception: Reception,
  { input, takenOver }: Extract<CheckedInput, { ok: true }>,
): Promise<{ opened: OpenedCase; answer: ReceivedApplication; revision: number }> {
  const { policies, random } = parts;
  const { key, now, idempotencyKey, attachments: ids = [], draft: form } = reception;
  const policy = await policies.current(input.programme);
  const takenFrom = form === undefined ? ownedByKey(key.id) : ownedByDraft(form);
  const attachments = await filesToTake(parts.db, { ids, owner: takenFrom, setup: policy.setup });
  const application = applicationOf(input, key.channel, policy.setup.programme.defaultLanguage, now);
  const reference = makeReference(random.bytes(8));
  const code = makeCode(random.bytes(12));
  const id = await parts.nextCaseId();
  const { draft } = await openCase({
    id,
    reference,
    application,
    policy,
    actor: { kind: "channel", channel: key.channel },
    typedBy: reception.typedBy,
    now,
    attachments,
    takenOver,
  });
  const pinned = await policies.pin([draft.theCase]);
  const outcome = finishOutcome({
    draft,
    before: [],
    workflow: pinned.workflowOf(draft.theCase.workflow.versionId),
    setup: policy.setup,
    calendarOf: pinned.calendarOf,
    applicantWays: await waysOfInput(parts, input),
  });
  const answer = answerOf(outcome);
  const idempotency =
    idempotencyKey === null
      ? null
      : {
          channelKeyId: key.id,
          keyHash: sha256(idempotencyKey),
          requestHash: requestHash(reception),
          answer,
          lockedCode: lockText(code, idempotencyKey, random),
        };
  const rows = {
    codeHash: codeHash(reference, code),
    sourceId: null,
    applicant: applicantRow(input, now),
    idempotency,
  };
  return {
    opened: { outcome, rows, takenFrom },
    answer: { ...answer, code, replayed: false },
    revision: policy.setup.revision,
  };
}

/**
 * One application in, one answer out; a retry with the same Idempotency-Key and request gets the same answer.
 * Problems: `invalid-input` (a fault a field), `forbidden` (a key of another programme), `idempotency-conflict`.
 */
export async function receiveApplication(parts: IntakeParts, reception: Reception): Promise<ReceivedApplication> {
  const { idempotencyKey } = reception;
  let heldBack: boolean | null = null;
  for (let attempt = 1; ; attempt++) {
    const checked = await checkedInput(parts, reception);
    if (!checked.ok) {
      // What was accepted stays accepted, even if the set-up would refuse it today.
      const replayed = idempotencyKey === null ? null : await replay(parts, reception, idempotencyKey);
      if (replayed !== null) return replayed;
      throw invalidApplication(checked.faults);
    }
    let decided: Awaited<ReturnType<typeof decide>>;
    try {
      decided = await decide(parts, reception, checked);
    } catch (error) {
      // A retry names files that its first try has taken along.
      const replayed =
        idempotencyKey !== null && error instanceof Problem ? await replay(parts, reception, idempotencyKey) : null;
      if (replayed !== null) return replayed;
      throw error;
    }
    const { answer, revision } = decided;
    // Counted once, however often it has to be stored.
    heldBack ??= await isHeldBack(parts, reception, checked.input, decided.opened.outcome);
    const opened = heldBack ? { ...decided.opened, outcome: withheld(decided.opened.outcome) } : decided.opened;
    try {
      if (await insertCases(parts.db, [opened], { revision, messages: parts.messages })) return answer;
      parts.policies.reload();
      await parts.keys.stillGood(reception.key);
    } catch (error) {
      const constraint = uniqueViolation(error);
      if (constraint === "idempotency_keys_once" && idempotencyKey !== null) {
        const replayed = await replay(parts, reception, idempotencyKey);
        if (replayed !== null) return replayed;
      } else if (constraint !== "cases_reference_key") throw error;
    }
    if (attempt === attempts) {
      throw new Problem("unavailable", msg("intake.receiveApplication.theConfigurationIsBeingChanged"), [], 2);
    }
  }
}

/** Checked against the cached set-up; only a refusal is worth asking whether the set-up has changed since. */
async function checkedInput(
  parts: IntakeParts,
  { input, key, now, attachments = [] }: Reception,
): Promise<CheckedInput> {
  const cached = (await parts.policies.current(key.programme)).setup;
  const checked = checkApplicationInput(input, cached, now, attachments);
  if (checked.ok) return checked;
  const { setup } = await parts.policies.fresh(key.programme);
  return setup === cached ? checked : checkApplicationInput(input, setup, now, attachments);
}

/** An application with these faults, told at once. */
export function invalidApplication(faults: Problem["faults"]): Problem {
  return new Problem(
    "invalid-input",
    msg("intake.receiveApplication.theApplicationWasNotAccepted", { faultsCount: faults.length }),
    faults,
  );
}
