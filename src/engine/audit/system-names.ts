/** What the parts of the system are called that act by themselves: whoever reads a record sees these, not codes. */
import { jobOf } from "../jobs/job-definitions.js";
import { memberOf } from "../registry.js";
import type { Bilingual } from "../text/text.js";

const byCommand: Bilingual = { en: "At the server, by command", ar: "من الخادم، بأمر" };

const parts: Readonly<Record<string, Bilingual>> = {
  ...memberOf(jobOf, "inAudit"),
  seed: { en: "Diwan, as shipped", ar: "ديوان عند التثبيت" },
  "command line": byCommand,
  publish: byCommand,
  "import-config": byCommand,
  "create-admin": byCommand,
  "disable-user": byCommand,
  "enable-user": byCommand,
  "take-seat": byCommand,
  "leave-seat": byCommand,
  "create-seat": byCommand,
  "retire-seat": byCommand,
  "hand-over": byCommand,
  "issue-key": byCommand,
  "revoke-key": byCommand,
  upgrade: { en: "Upgrade of Diwan", ar: "تحديث ديوان" },
  retime: { en: "Re-timing", ar: "إعادة احتساب المواعيد" },
  "change-set": { en: "Publication of a change-set", ar: "نشر مجموعة تغييرات" },
  "migrate-cases": { en: "Moving cases to another version", ar: "نقل المعاملات إلى نسخة أخرى" },
  import: { en: "Import", ar: "الاستيراد" },
  demo: { en: "Demonstration", ar: "العرض التجريبي" },
  "sign-in": { en: "Sign-in", ar: "تسجيل الدخول" },
  system: { en: "The system", ar: "النظام" },
};

/** Null: it is no part of the system, so it is the name of a person. */
export const systemName = (job: string): Bilingual | null => (Object.hasOwn(parts, job) ? (parts[job] ?? null) : null);
