/** What a change of configuration, people, permissions or machinery says to a person. */
import { setNames } from "../explain/explain-decision.js";
import type { RuleSetName } from "../rules/rule-set.js";
import { declarationOf, inSentence, setupTableNames } from "../setup/tables/setup-registry.js";
import { apart, type Bilingual } from "../text/text.js";
import type { AuditType } from "./audit-types.js";

export interface AuditFact {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Name of the account it tells of, if it tells of one. */
  readonly person: string | null;
  /** What the version that it tells of calls itself, where it has a name for people. */
  readonly called?: Bilingual | null;
}

export interface AuditChange {
  readonly field: string;
  readonly from: string | null;
  readonly to: string | null;
}

type Data = AuditFact["data"];
type Sayer = (data: Data, person: string, called: Bilingual | null) => Bilingual;

const textOf = (value: unknown): string =>
  value === null || value === undefined ? "—" : typeof value === "object" ? JSON.stringify(value) : String(value);
const of = (data: Data, ...names: string[]): string => {
  const found = names.map((name) => data[name]).find((value) => value !== undefined && value !== null);
  return apart(textOf(found));
};

/** Sentences about one thing that is named by a field of the data. */
const thing =
  (en: string, ar: string, ...names: string[]): Sayer =>
  (data) => ({ en: en.replace("{}", of(data, ...names)), ar: ar.replace("{}", of(data, ...names)) });
const somebody =
  (en: string, ar: string): Sayer =>
  (_, person) => ({ en: en.replace("{}", person), ar: ar.replace("{}", person) });

const kinds: Readonly<Record<string, Bilingual>> = {
  rules: { en: "rules", ar: "قواعد" },
  workflow: { en: "workflow", ar: "سير عمل" },
  calendar: { en: "calendar", ar: "تقويم" },
  message: { en: "letter", ar: "رسالة" },
  digest: { en: "digest", ar: "موجز" },
};

/** Tables of the set-up, as lists of them are headed. */
const tables: Readonly<Record<string, Bilingual>> = Object.fromEntries(
  setupTableNames.map((table) => [table, inSentence(declarationOf(table).many)]),
);

/** By what somebody looked for an applicant. */
const soughtBy: Readonly<Record<string, Bilingual>> = {
  name: { en: "name", ar: "الاسم" },
  phone: { en: "telephone number", ar: "رقم الهاتف" },
  email: { en: "e-mail address", ar: "البريد الإلكتروني" },
  nationalNumber: { en: "national number", ar: "الرقم الوطني" },
};

const sought: Sayer = (data) => {
  const by = soughtBy[String(data.by)] ?? { en: of(data, "by"), ar: of(data, "by") };
  const found = Array.isArray(data.found) ? data.found.length : 0;
  return {
    en: `Looked for an applicant by ${by.en} ${of(data, "sought")}; cases shown: ${found}`,
    ar: `بحث عن مقدم طلب حسب ${by.ar} ${of(data, "sought")}؛ المعاملات المعروضة: ${found}`,
  };
};

/** What was done to one row of a table. */
const row =
  (en: string, ar: string): Sayer =>
  (data) => {
    const code = of(data, "code");
    const other = of(data, "table");
    const table = tables[String(data.table)] ?? { en: other, ar: other };
    return {
      en: en.replace("{code}", code).replace("{table}", table.en),
      ar: ar.replace("{code}", code).replace("{table}", table.ar),
    };
  };

/** What of the policy it is about: “workflow Complaint”. */
function policyWords(data: Data, called: Bilingual | null): Bilingual {
  const kind = kinds[String(data.kind)] ?? { en: textOf(data.kind), ar: textOf(data.kind) };
  const code = textOf(data.name);
  const name = (data.kind === "rules" && setNames[String(data.name) as RuleSetName]) ||
    called || { en: code, ar: code };
  // Many a workflow is called “workflow of …” already.
  const what = (word: string, named: string) => (named.startsWith(word) ? apart(named) : `${word} ${apart(named)}`);
  return { en: what(kind.en, name.en), ar: what(kind.ar, name.ar) };
}

const version =
  (en: string, ar: string): Sayer =>
  (data, _, called) => {
    const what = policyWords(data, called);
    const number = textOf(data.version);
    return { en: `${en}: ${what.en}, version ${number}`, ar: `${ar}: ${what.ar}، النسخة ${number}` };
  };

const draft =
  (en: string, ar: string): Sayer =>
  (data, _, called) => {
    const what = policyWords(data, called);
    return { en: `${en}: ${what.en}`, ar: `${ar}: ${what.ar}` };
  };

const seat =
  (en: string, ar: string): Sayer =>
  (data, person) => ({
    en: en.replace("{who}", person).replace("{seat}", of(data, "seat", "code")),
    ar: ar.replace("{who}", person).replace("{seat}", of(data, "seat", "code")),
  });

const said: Readonly<Record<AuditType, Sayer>> = {
  "configuration.published": version("Published", "نُشر"),
  "configuration.retired": version("Retired", "أُوقف"),
  "configuration.drafted": version("Draft saved", "حُفظت مسودة"),
  "configuration.opened": draft("Draft begun", "بدأت مسودة"),
  "configuration.discarded": draft("Draft discarded", "أُلغيت مسودة"),
  "configuration.submitted": draft("Draft submitted for approval", "قُدّمت مسودة للموافقة"),
  "configuration.taken-back": draft("Draft taken back by its author", "استعاد الكاتب مسودة"),
  "configuration.sent-back": draft("Draft sent back", "أُعيدت مسودة إلى كاتبها"),
  "configuration.into-set": draft("Draft put into a change-set", "وُضعت مسودة في مجموعة تغييرات"),
  "change-set.opened": thing("Change-set {} begun", "بدأت مجموعة التغييرات {}", "title"),
  "change-set.discarded": thing("Change-set {} discarded", "أُلغيت مجموعة التغييرات {}", "title"),
  "change-set.submitted": thing("Change-set {} submitted for approval", "قُدّمت مجموعة التغييرات {} للموافقة", "title"),
  "change-set.taken-back": thing(
    "Change-set {} taken back by its author",
    "استعاد الكاتب مجموعة التغييرات {}",
    "title",
  ),
  "change-set.sent-back": thing("Change-set {} sent back", "أُعيدت مجموعة التغييرات {} إلى كاتبها", "title"),
  "change-set.published": thing("Change-set {} published", "نُشرت مجموعة التغييرات {}", "title"),
  "setup.seeded": thing("Set-up of {} loaded from files", "حُمّلت بيانات {} من الملفات", "programme"),
  "setup.created": row("Added {code} to {table}", "أُضيف {code} إلى {table}"),
  "setup.changed": row("Changed {code} in {table}", "عُدّل {code} في {table}"),
  "setup.removed": row("Removed {code} from {table}", "حُذف {code} من {table}"),
  "setup.retired": row("Retired {code} of {table}", "أُوقف استخدام {code} من {table}"),
  "setup.restored": row("Took {code} of {table} back into use", "أُعيد استخدام {code} من {table}"),
  "users.seeded": (data) => {
    const count = Array.isArray(data.users) ? data.users.length : 0;
    return { en: `Accounts loaded from files: ${count}`, ar: `حُمّلت حسابات من الملفات: ${count}` };
  },
  "seats.seeded": (data) => {
    const count = Array.isArray(data.seats) ? data.seats.length : 0;
    return { en: `Seats loaded from files: ${count}`, ar: `حُمّلت مقاعد من الملفات: ${count}` };
  },
  "user.created": somebody("Account created for {}", "أُنشئ حساب للمستخدم {}"),
  "user.edited": somebody("Account of {} changed", "عُدّل حساب {}"),
  "user.language-set": somebody("Language of {} set", "عُيّنت لغة {}"),
  "account.signed-in": somebody("{} signed in", "تسجيل دخول {}"),
  "account.sessions-ended": somebody("Sessions of {} ended", "أُنهيت جلسات {}"),
  "account.signed-out": somebody("{} signed out", "تسجيل خروج {}"),
  "account.sign-in-failed": somebody("Wrong passwords for the account of {}", "كلمات مرور خاطئة لحساب {}"),
  "account.throttled": (data, person) =>
    data.userId === undefined
      ? { en: "Too many attempts to sign in: stopped for a while", ar: "محاولات دخول كثيرة: أُوقفت مؤقتًا" }
      : {
          en: `Too many attempts on the account of ${person}: stopped for a while`,
          ar: `محاولات كثيرة على حساب ${person}: أُوقفت مؤقتًا`,
        },
  "account.link-sent": somebody("Link for a password sent to {}", "أُرسل رابط كلمة المرور إلى {}"),
  "account.link-used": somebody("{} set a password by the link", "عيّن {} كلمة المرور عبر الرابط"),
  "account.second-factor-added": somebody("Second factor of {} set up", "فُعّل العامل الثاني لدى {}"),
  "account.second-factor-removed": somebody("Second factor of {} removed", "أُزيل العامل الثاني لدى {}"),
  "account.recovery-code-used": somebody("{} signed in with a recovery code", "دخل {} برمز استرداد"),
  "account.recovery-codes-renewed": somebody("Recovery codes of {} renewed", "جُدّدت رموز الاسترداد لدى {}"),
  "user.disabled": somebody("Account of {} disabled", "عُطّل حساب {}"),
  "user.enabled": somebody("Account of {} enabled", "فُعّل حساب {}"),
  "user.password-set": somebody("Password of {} set", "عُيّنت كلمة مرور {}"),
  "seat.held": seat("{who} took the seat {seat}", "شغل {who} المقعد {seat}"),
  "seat.created": seat("Seat {seat} added", "أُضيف المقعد {seat}"),
  "seat.moved": seat("Seat {seat} moved to another entity", "نُقل المقعد {seat} إلى جهة أخرى"),
  "seat.renamed": seat("Seat {seat} renamed", "عُدّل اسم المقعد {seat}"),
  "seat.retired": seat("Seat {seat} retired", "أُوقف المقعد {seat}"),
  "seat.extended": seat("Term on the seat {seat} changed", "عُدّلت مدة شغل المقعد {seat}"),
  "seat.left": seat("{who} left the seat {seat}", "ترك {who} المقعد {seat}"),
  "key.issued": (data) => ({
    en: `Key ${of(data, "label")} issued for channel ${of(data, "channel")}`,
    ar: `صدر المفتاح ${of(data, "label")} للقناة ${of(data, "channel")}`,
  }),
  "key.revoked": (data) => ({
    en: `Key ${of(data, "label")} of channel ${of(data, "channel")} revoked`,
    ar: `أُلغي المفتاح ${of(data, "label")} للقناة ${of(data, "channel")}`,
  }),
  "applicant.sought": sought,
  "message.resent": thing("Message {} sent again", "أُعيد إرسال الرسالة {}", "messageId"),
  "message.tested": thing("Letter {} sent to themselves as a test", "أرسل الرسالة {} إلى نفسه تجربةً", "name"),
  "job.edited": thing("Schedule of the job {} changed", "عُدّل جدول المهمة {}", "job"),
  "bulk.started": (data) => ({
    en: `${of(data, "action")} carried out on ${textOf(data.cases)} cases at once`,
    ar: `تنفيذ ${of(data, "action")} على ${textOf(data.cases)} معاملة دفعة واحدة`,
  }),
  "workflow.migration-started": (data) => ({
    en: `${textOf(data.cases)} cases of the workflow ${of(data, "workflow")} moved to version ${textOf(data.version)}: ${of(data, "reason")}`,
    ar: `نقل ${textOf(data.cases)} معاملة من سير العمل ${of(data, "workflow")} إلى النسخة ${textOf(data.version)}: ${of(data, "reason")}`,
  }),
  "workflow.migration-cancelled": (data) => ({
    en: `Move of cases of the workflow ${of(data, "workflow")} to version ${textOf(data.version)} cancelled`,
    ar: `أُلغي نقل معاملات سير العمل ${of(data, "workflow")} إلى النسخة ${textOf(data.version)}`,
  }),
  "export.made": (data) => ({
    en: `${textOf(data.rows)} cases exported (${textOf(data.format)})${data.personalReason === undefined ? "" : `, with personal data: ${of(data, "personalReason")}`}`,
    ar: `صُدّرت ${textOf(data.rows)} معاملة (${textOf(data.format)})${data.personalReason === undefined ? "" : ` مع بيانات شخصية: ${of(data, "personalReason")}`}`,
  }),
  "export.fetched": (data) => ({
    en: `A file with ${textOf(data.rows)} cases downloaded`,
    ar: `نُزّل ملف فيه ${textOf(data.rows)} معاملة`,
  }),
  "instruction.acknowledged": (data) => ({
    en: `The entity ${of(data, "entity")} acknowledged the instruction ${of(data, "code")}`,
    ar: `أقرت الجهة ${of(data, "entity")} بالاطلاع على التعليمات ${of(data, "code")}`,
  }),
  "instruction.reminded": (data) => ({
    en: `${textOf(data.entities)} entities reminded of the instruction ${of(data, "code")}`,
    ar: `تذكير الجهات (${textOf(data.entities)}) بالتعليمات ${of(data, "code")}`,
  }),
  "sweep.held": (data) => ({
    en: `The sweep of deadlines holds: ${textOf(data.cases)} of ${textOf(data.openCases)} open cases would be enforced late`,
    ar: `توقف تطبيق المواعيد: كان سيشمل متأخرًا ${textOf(data.cases)} من ${textOf(data.openCases)} معاملة مفتوحة`,
  }),
  "sweep.released": (data) => ({
    en: `Held sweep of ${textOf(data.cases)} cases released: ${of(data, "reason")}`,
    ar: `السماح باستئناف تطبيق المواعيد على ${textOf(data.cases)} معاملة: ${of(data, "reason")}`,
  }),
  "sweep.resumed": (data) => ({
    en: `The held sweep of ${textOf(data.cases)} cases went on by itself: they became fewer`,
    ar: `استؤنف تطبيق المواعيد تلقائيًا بعد أن قلّ عدد المعاملات (كان ${textOf(data.cases)})`,
  }),
  "job.asked": thing("Job {} run by hand", "شُغّلت المهمة {} يدويًا", "job"),
};

/** One sentence: what was done to what. Of a type without a sentence: its name and what it names. */
export function auditSentence({ type, data, person, called = null }: AuditFact): Bilingual {
  const who = apart(person ?? textOf(data.email ?? data.name ?? data.userId));
  if (Object.hasOwn(said, type)) return said[type as AuditType](data, who, called);
  const subject = person === null ? of(data, "code", "seat", "name", "email", "programme") : who;
  return { en: `${apart(type)}: ${subject}`, ar: `${apart(type)}: ${subject}` };
}

const record = (value: unknown): Data =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Data) : {};

/**
 * From what to what, field by field, of data that says so: `{from: {a}, to: {a}}`, `{before, after}`, or
 * `{changes: {a: {from, to}}}` (also `[from, to]`).
 */
export function auditChanges(data: Data): AuditChange[] {
  const shown = (value: unknown): string | null => (value === undefined || value === null ? null : textOf(value));
  const listed = record(data.changes ?? data.changed);
  if (Object.keys(listed).length > 0) {
    return Object.entries(listed).map(([field, change]) => {
      const [from, to] = Array.isArray(change) ? change : [record(change).from, record(change).to];
      return { field, from: shown(from), to: shown(to) };
    });
  }
  const [from, to] = [record(data.from ?? data.before), record(data.to ?? data.after)];
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return names
    .filter((field) => JSON.stringify(from[field]) !== JSON.stringify(to[field]))
    .map((field) => ({ field, from: shown(from[field]), to: shown(to[field]) }));
}
