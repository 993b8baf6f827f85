/**
 * Drafts of the public pages. The browser holds a token, the database its hash: whoever reads the database can open no draft,
 * and the code of what was sent is locked under the token.
 */

import { createHash } from "node:crypto";
import sql from "sql-template-tag";
import type { ApplicationDraft, DraftHolder, Drafts } from "../../engine/applicant/application-drafts.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import { type Database, query } from "../../platform/db/query.js";
import type { Random } from "../../platform/unguessable.js";
import type { ChannelKey } from "../people/channel-key-store.js";
import { lockText, unlockText } from "./locked-text.js";
import type { ReceivedApplication } from "./receive-application.js";

interface StoredDraft {
  readonly id: string;
  readonly programme: string;
  /** What was typed, as it was typed, by the name of its input. */
  readonly typed: Readonly<Record<string, string>>;
  readonly done: readonly string[];
  readonly reference: string | null;
  readonly lockedCode: Buffer | null;
  readonly createdAt: Date;
}

interface Owned {
  readonly id: string;
  readonly ownerHash: Buffer;
  readonly now: Date;
}

const columns = sql`id, programme, typed, done, reference, locked_code as "lockedCode", created_at as "createdAt"`;

/** Applications that are being typed at the public pages and were not sent yet. */
async function addDraft(
  db: Database,
  a: Owned & { programme: string; typed: Readonly<Record<string, string>>; expiresAt: Date },
): Promise<void> {
  const statement = sql`insert into application_drafts (id, owner_hash, programme, typed, created_at, expires_at)
    values (${a.id}, ${a.ownerHash}, ${a.programme}, ${JSON.stringify(a.typed)}, ${a.now}, ${a.expiresAt})`;
  await query(db, statement);
}

/** Null: there is none, it is somebody else's, or its time is over. */
async function draftOf(db: Database, a: Owned): Promise<StoredDraft | null> {
  const statement = sql`select ${columns} from application_drafts
    where id = ${a.id} and owner_hash = ${a.ownerHash} and expires_at > ${a.now}`;
  return (await query<StoredDraft>(db, statement))[0] ?? null;
}

/** The draft with what was added; null as `draftOf`, and for one that was sent. */
async function saveDraft(
  db: Database,
  a: Owned & { typed: Readonly<Record<string, string>>; done: readonly string[]; undone: readonly string[] },
): Promise<StoredDraft | null> {
  const statement = sql`update application_drafts set typed = typed || ${JSON.stringify(a.typed)}::jsonb,
      done = array(select distinct page from unnest(done || ${a.done}::text[]) as page where page <> all(${a.undone}::text[]))
    where id = ${a.id} and owner_hash = ${a.ownerHash} and expires_at > ${a.now} and reference is null
      returning ${columns}`;
  return (await query<StoredDraft>(db, statement))[0] ?? null;
}

async function noteDraftSent(
  db: Database,
  a: Owned & { reference: string; lockedCode: Buffer; expiresAt: Date },
): Promise<void> {
  // What was typed is in the application now, and nowhere else.
  const statement = sql`update application_drafts
    set typed = '{}', done = '{}', reference = ${a.reference}, locked_code = ${a.lockedCode}, expires_at = ${a.expiresAt}
    where id = ${a.id} and owner_hash = ${a.ownerHash} and expires_at > ${a.now}`;
  await query(db, statement);
}

async function forgetDraft(db: Database, a: Omit<Owned, "now">): Promise<void> {
  await query(db, sql`delete from application_drafts where id = ${a.id} and owner_hash = ${a.ownerHash}`);
}

/** Removes those whose time is over; how many. */
export async function sweepDrafts(db: Database, now: Date): Promise<{ applicationDrafts: number }> {
  const statement = sql`with gone as (delete from application_drafts where expires_at <= ${now} returning 1)
    select count(*)::integer as "applicationDrafts" from gone`;
  return (await query<{ applicationDrafts: number }>(db, statement))[0] ?? { applicationDrafts: 0 };
}

export interface DraftParts {
  readonly db: Database;
  /** Never a simulation's: a token must not be repeatable. */
  readonly random: Random;
  readonly keyOf: (programme: string) => Promise<ChannelKey>;
  readonly receive: (a: {
    input: unknown;
    key: ChannelKey;
    idempotencyKey: string;
    attachments: readonly string[];
    draft: string;
    now: Date;
  }) => Promise<ReceivedApplication>;
}

/** How long what somebody typed waits for being sent. */
const draftMs = 24 * 3_600_000;
/** How long reference and code can still be looked at after sending, by whoever sent. */
const sentMs = 30 * 60_000;

const later = (now: Date, ms: number): Date => new Date(now.getTime() + ms);
const hashOf = (token: string): Buffer => createHash("sha256").update(token).digest();
/** A key made of what only that browser knows: the database holds nothing from which it can be made. */
const secretOf = ({ id, token }: DraftHolder): string => `draft ${id} ${token}`;
const filesOf = ({ id, token }: DraftHolder): string => `files of ${id} ${token}`;
const isToken = (token: string): boolean => /^[\w-]{43}$/.test(token);
const isId = (id: string): boolean => /^[\w-]{16}$/.test(id);

function draftGone(): Problem {
  return new Problem("not-found", msg("intake.applicationDrafts.whatYouBeganHereIs"));
}

export function createDrafts({ db, random, keyOf, receive }: DraftParts): Drafts {
  const owned = ({ id, token, now }: DraftHolder) => ({ id, ownerHash: hashOf(token), now });
  const known = ({ id, token }: DraftHolder): boolean => isId(id) && isToken(token);
  const shown = (holder: DraftHolder, { reference, lockedCode, ...draft }: StoredDraft): ApplicationDraft => ({
    ...draft,
    filesToken: filesOf(holder),
    sent:
      reference === null || lockedCode === null ? null : { reference, code: unlockText(lockedCode, secretOf(holder)) },
  });
  return {
    async begin({ programme, token, typed, now }) {
      const kept = token !== null && isToken(token) ? token : random.bytes(32).toString("base64url");
      const id = random.bytes(12).toString("base64url");
      const expiresAt = later(now, draftMs);
      await addDraft(db, { id, ownerHash: hashOf(kept), programme, typed, now, expiresAt });
      return { id, token: kept };
    },
    async open(holder) {
      const stored = known(holder) ? await draftOf(db, owned(holder)) : null;
      return stored && shown(holder, stored);
    },
    async save({ typed, done = [], undone = [], ...holder }) {
      const stored = known(holder) ? await saveDraft(db, { ...owned(holder), typed, done, undone }) : null;
      return stored && shown(holder, stored);
    },
    async send({ input, attachments, ...holder }) {
      const stored = known(holder) ? await draftOf(db, owned(holder)) : null;
      if (stored === null) throw draftGone();
      const { sent } = shown(holder, stored);
      if (sent !== null) return sent;
      const idempotencyKey = secretOf(holder);
      const { now } = holder;
      const { reference, code } = await receive({
        input,
        key: await keyOf(stored.programme),
        idempotencyKey,
        attachments,
        draft: filesOf(holder),
        now,
      });
      const lockedCode = lockText(code, idempotencyKey, random);
      await noteDraftSent(db, { ...owned(holder), reference, lockedCode, expiresAt: later(now, sentMs) });
      return { reference, code };
    },
    async forget(holder) {
      if (known(holder)) await forgetDraft(db, owned(holder));
    },
  };
}
