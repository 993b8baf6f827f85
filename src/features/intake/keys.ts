/** Keys of channels, for whoever may edit the set-up. */

import type { Keys, Random } from "../../app/services.js";
import { type Actor, can } from "../../engine/access/permissions.js";
import { Problem } from "../../engine/text/problems.js";
import type { Database } from "../../platform/db/query.js";
import { issueChannelKey, keysOfProgramme, programmeOfKey, revokeChannelKey } from "../people/channel-key-store.js";

function demand(actor: Actor, programme: string): void {
  if (can(actor, "setup.edit", { programme })) return;
  throw new Problem("forbidden", {
    en: "Only the operation room may issue, list and revoke keys of channels.",
    ar: "لا يصدر مفاتيح القنوات ولا يعرضها ولا يلغيها إلا غرفة العمليات.",
  });
}

export function createKeys(db: Database, random: Random): Keys {
  return {
    async issue(a) {
      demand(a.by, a.programme);
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
