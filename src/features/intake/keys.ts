/** Keys of channels, for whoever may edit the set-up. */

import type { KeyPurpose } from "../../engine/access/key-purposes.js";
import type { Change } from "../../engine/access/permissions.js";
import { type Actor, can } from "../../engine/access/permissions.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Database } from "../../platform/db/query.js";
import type { Random } from "../../platform/unguessable.js";
import {
  issueChannelKey,
  keysOfProgramme,
  type ListedKey,
  programmeOfKey,
  revokeChannelKey,
} from "../people/channel-key-store.js";

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
