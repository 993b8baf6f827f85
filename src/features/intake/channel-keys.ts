/**
 * Whose key it is, without asking the database at every request.
 *
 * A key was good at a revision of the configuration, and every change of keys, channels and programmes is a new revision.
 * Intake writes only at the revision it decided by; where that has moved on, `stillGood` asks anew. So a revoked key never
 * stores another application, in any instance.
 */

import { createHash } from "node:crypto";
import { publicChannel } from "../../engine/applicant/public-pages.js";
import { revokedKey } from "../../engine/text/revoked-key.js";
import type { Database } from "../../platform/db/query.js";
import type { ChannelKey, SentKey } from "../people/channel-key-store.js";
import { channelOfKey, isKeyGood } from "../people/channel-key-store.js";
import type { Policies } from "../setup/policies.js";
import { configurationRevision } from "../setup/tables/setup-queries.js";
import { pagesClosed } from "./public-pages.js";

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
