/** The keys that must not be in the database: asked for when something needs them, and named where they are missing. */
import { type AccountKeys, accountKeys } from "./accounts/account-keys.js";
import { Problem } from "./domain/problems.js";

interface GivenKeys {
  readonly sealKey: string | null;
  readonly sessionSecret?: string | null;
}

/** Each throws Problem `unavailable` that names the variable. */
export function openKeys(given: GivenKeys): { sealKey: () => string; sessionKeys: () => AccountKeys } {
  let derived: AccountKeys | null = null;
  return {
    // A key made up on the spot would seal what no other instance could ever check.
    sealKey() {
      if (given.sealKey !== null) return given.sealKey;
      throw new Problem("unavailable", {
        en: "SEAL_KEY is missing: set it to the key that this database's record is sealed with.",
        ar: "المتغير SEAL_KEY غير موجود: اضبطه على المفتاح الذي تُختم به سجلات قاعدة البيانات هذه.",
      });
    },
    sessionKeys() {
      if (!given.sessionSecret) {
        throw new Problem("unavailable", {
          en: "SESSION_SECRET is missing: set it to the one that the web servers of this database have.",
          ar: "المتغير SESSION_SECRET غير موجود: اضبطه على القيمة المستخدمة في خوادم قاعدة البيانات هذه.",
        });
      }
      derived ??= accountKeys(given.sessionSecret);
      return derived;
    },
  };
}
