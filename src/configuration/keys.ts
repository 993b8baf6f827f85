/** Keys of channels, for whoever may edit the set-up. */
import { issueChannelKey, keysOfProgramme, programmeOfKey, revokeChannelKey } from "../db/channel-key-store.js";
import type { Database } from "../db/query.js";
import { type Actor, can } from "../domain/permissions.js";
import { Problem } from "../domain/problems.js";
import type { Keys, Random } from "../services.js";

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
