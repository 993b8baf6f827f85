/**
 * Drafts of the public pages. The browser holds a token, the database its hash: whoever reads the database can open no draft,
 * and the code of what was sent is locked under the token.
 */

import { createHash } from "node:crypto";
import type { ApplicationDraft, DraftHolder, Drafts } from "../../engine/applicant/application-drafts.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Database } from "../../platform/db/query.js";
import type { Random } from "../../platform/unguessable.js";
import type { ChannelKey } from "../people/channel-key-store.js";
import {
  addDraft,
  draftOf,
  forgetDraft,
  noteDraftSent,
  type StoredDraft,
  saveDraft,
} from "./application-draft-store.js";
import { lockText, unlockText } from "./locked-text.js";
import type { ReceivedApplication } from "./receive-application.js";

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
/** Of what only that browser knows: the database holds nothing from which it can be made. */
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
