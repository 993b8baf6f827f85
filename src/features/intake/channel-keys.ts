/**
 * Whose key it is, without asking the database at every request.
 *
 * A key was good at a revision of the configuration, and every change of keys, channels and programmes is a new revision.
 * Intake writes only at the revision it decided by; where that has moved on, `stillGood` asks anew. So a revoked key never
 * stores another application, in any instance.
 */

import { createHash } from "node:crypto";
import type { KeyPurpose } from "../../engine/access/key-purposes.js";
import type { Change } from "../../engine/access/permissions.js";
import { type Actor, can } from "../../engine/access/permissions.js";
import { publicChannel } from "../../engine/applicant/public-pages.js";
import { msg } from "../../engine/text/msg.js";
import { Problem, revokedKey } from "../../engine/text/problems.js";
import type { Database } from "../../platform/db/query.js";
import type { Random } from "../../platform/unguessable.js";
import type { ChannelKey, SentKey } from "../people/channel-key-store.js";
import {
  channelOfKey,
  isKeyGood,
  issueChannelKey,
  keysOfProgramme,
  type ListedKey,
  programmeOfKey,
  revokeChannelKey,
} from "../people/channel-key-store.js";
import type { Policies } from "../setup/policies.js";
import { configurationRevision } from "../setup/tables/setup-queries.js";
import { pagesClosed } from "./public-pages.js";

export interface Keys {
  /** `key` can be read here and never again. Problems: forbidden, not-found. */
  issue(
    a: { programme: string; channel: string; label: string; purpose?: KeyPurpose } & Change,
  ): Promise<{ id: number; key: string }>;
  /** Out of use at once, in every instance. Problems: forbidden, not-found. */
  revoke(a: { id: number } & Change): Promise<void>;
  /** All of a programme, also revoked ones, the oldest first. Problem forbidden. */
  list(a: { programme: string; actor: Actor }): Promise<readonly ListedKey[]>;
}

function demand(actor: Actor, programme: string): void {
  if (can(actor, "setup.edit", { programme })) return;
  throw new Problem("forbidden", msg("intake.keys.onlyTheOperationRoomMay"));
}

/** Keys of channels, for whoever may edit the set-up. */
export function createKeys(db: Database, random: Random): Keys {
  return {
    async issue(a) {
      demand(a.by, a.programme);
      // Nobody hands out what they may not read themselves.
      if (a.purpose === "figures" && !can(a.by, "kpi.read", { programme: a.programme }))
        throw new Problem("forbidden", msg("intake.keys.figuresAreNotYours"));
      return issueChannelKey(db, { ...a, random });
    },
    async revoke(a) {
      // A number that no key has belongs to no programme: only the system hears that there is none.
      demand(a.by, (await programmeOfKey(db, a.id)) ?? "");
      await revokeChannelKey(db, a);
    },
    async list({ programme, actor }) {
      demand(actor, programme);
      return keysOfProgramme(db, programme);
    },
  };
}

export interface ChannelKeys {
  /** Null: unknown, revoked, or of a channel or programme that is out of use. */
  of(secret: string): Promise<SentKey | null>;
  /** Problem `unauthenticated` when the key was revoked in the meantime, not-found when our own pages were closed. */
  stillGood(key: ChannelKey): Promise<void>;
}

export function createChannelKeys(db: Database, policies: Policies): ChannelKeys {
  const good = new Map<string, { readonly key: SentKey; readonly revision: number }>();
  const revisionOf = async (programme: string): Promise<number> => (await policies.current(programme)).setup.revision;
  return {
    async of(secret) {
      const digest = createHash("sha256").update(secret).digest("base64");
      const known = good.get(digest);
      if (known !== undefined && known.revision === (await revisionOf(known.key.programme))) return known.key;
      good.delete(digest);
      // Before the key: a revocation that comes between the two is a later revision, and the entry is worth nothing.
      const revision = await configurationRevision(db);
      const key = await channelOfKey(db, secret);
      if (key !== null) good.set(digest, { key, revision });
      return key;
    },
    async stillGood(key) {
      if (key.id === null) {
        // Our own pages: they are open, or closed, by the programme's settings.
        if (publicChannel((await policies.fresh(key.programme)).setup)?.code === key.channel) return;
        throw pagesClosed();
      }
      if (await isKeyGood(db, key.id)) return;
      throw revokedKey();
    },
  };
}
