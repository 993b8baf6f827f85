/** What a check of the audit can find, and how it is said. */
import type { Bilingual } from "../text/text.js";

export type FaultKind =
  /** The row's content is not what was hashed. */
  | "altered"
  /** A row that was there is missing. */
  | "removed"
  /** A row that was not there has been added. */
  | "inserted"
  /** The row was changed and the hashes after it were made anew; the seal remembers the old ones. */
  | "rewritten"
  /** Nothing is left of a case that a seal knows. */
  | "case removed"
  /** A file that the event names has other bytes than it had, or none any more. */
  | "file altered"
  | "file removed"
  /** What stands in other tables is not what the event recorded: the application, decisions, clocks, the case's own row. */
  | "application altered"
  | "decisions altered"
  | "clocks altered"
  | "case altered"
  /** A version of rules, a workflow, a calendar or a letter, by the record of changes; and which of them is in force. */
  | "version altered"
  | "version removed"
  | "version unrecorded"
  | "force altered"
  /** A seat or who sits on it; an account's address or whether it may sign in. */
  | "seat altered"
  | "account altered"
  | "seal altered"
  | "seal removed"
  /** Nothing is known of these seals: the key that they were made with is not here. */
  | "seal key missing";

export interface AuditFault {
  /** `case/123`, `audit/users` or `seal`. */
  readonly chain: string;
  /** Number of the event in its chain, or of the seal; 0: no event tells of it. */
  readonly seq: number;
  readonly what: FaultKind;
  /** Reference of the case, or what the fault of a stream is about, where there is one. */
  readonly reference: string | null;
  /** Of `seal key missing`: the key's label, and how many later seals are of it too. */
  readonly missing?: { readonly key: string; readonly more: number };
}

const lastEvent = (stream: string, seq: number): Bilingual =>
  seq === 0
    ? { en: `audit/${stream} does not name it`, ar: `لا يذكره audit/${stream}` }
    : { en: `event ${seq} of audit/${stream}`, ar: `الحدث رقم ${seq} من audit/${stream}` };

type Missing = NonNullable<AuditFault["missing"]>;
type Words = (place: Bilingual, seq: number, about: string, missing: Missing) => Bilingual;

const words: Readonly<Record<FaultKind, Words>> = {
  altered: (p, n) => ({ en: `Event ${n} of ${p.en} was altered.`, ar: `عُدّل الحدث رقم ${n} من ${p.ar}.` }),
  removed: (p, n) => ({ en: `Event ${n} of ${p.en} was removed.`, ar: `حُذف الحدث رقم ${n} من ${p.ar}.` }),
  inserted: (p, n) => ({ en: `Event ${n} of ${p.en} was inserted.`, ar: `أُدخل الحدث رقم ${n} في ${p.ar}.` }),
  rewritten: (p, n) => ({
    en: `Event ${n} of ${p.en} was altered and the hashes from it on were rewritten.`,
    ar: `عُدّل الحدث رقم ${n} من ${p.ar} وأعيدت كتابة البصمات بدءًا منه.`,
  }),
  "file altered": (p, n) => ({
    en: `A file of event ${n} of ${p.en} was altered on disk.`,
    ar: `عُدّل على القرص ملف من ملفات الحدث رقم ${n} من ${p.ar}.`,
  }),
  "file removed": (p, n) => ({
    en: `A file of event ${n} of ${p.en} was removed from the disk.`,
    ar: `حُذف من القرص ملف من ملفات الحدث رقم ${n} من ${p.ar}.`,
  }),
  "application altered": (p, n) => ({
    en: `The application of ${p.en} is not as event ${n} recorded it.`,
    ar: `الطلب في ${p.ar} ليس كما سجّله الحدث رقم ${n}.`,
  }),
  "decisions altered": (p, n) => ({
    en: `Decisions of ${p.en} are not as event ${n} recorded them.`,
    ar: `قرارات القواعد في ${p.ar} ليست كما سجّلها الحدث رقم ${n}.`,
  }),
  "clocks altered": (p, n) => ({
    en: `The clocks of ${p.en} are not as event ${n} recorded them.`,
    ar: `احتساب المدة في ${p.ar} ليس كما سجّله الحدث رقم ${n}.`,
  }),
  "case altered": (p, n) => ({
    en: `The row of ${p.en} (state, place, importance, rating, moments) is not as event ${n} recorded it.`,
    ar: `بيانات ${p.ar} (الحالة أو الجهة أو الأهمية أو التقييم أو الأوقات) ليست كما سجّلها الحدث رقم ${n}.`,
  }),
  "version altered": (_, n, about) => ({
    en: `Version ${about} is not what event ${n} of audit/configuration recorded.`,
    ar: `النسخة ${about} ليست كما سجّلها الحدث رقم ${n} من audit/configuration.`,
  }),
  "version removed": (_, n, about) => ({
    en: `Version ${about}, recorded by event ${n} of audit/configuration, was removed.`,
    ar: `حُذفت النسخة ${about} التي سجّلها الحدث رقم ${n} من audit/configuration.`,
  }),
  "version unrecorded": (_, __, about) => ({
    en: `Version ${about} is in force and no event records its publication.`,
    ar: `النسخة ${about} سارية ولا يوجد حدث يسجّل نشرها.`,
  }),
  "force altered": (_, n, about) => ({
    en: `Whether version ${about} is in force is not as the record says (event ${n} of audit/configuration).`,
    ar: `سريان النسخة ${about} أو عدمه ليس كما في السجل (الحدث رقم ${n} من audit/configuration).`,
  }),
  "seat altered": (_, n, about) => ({
    en: `Seat ${about}, its place or who sits on it is not as the record says (${lastEvent("permissions", n).en}).`,
    ar: `المنصب ${about} أو مكانه أو شاغله ليس كما في السجل (${lastEvent("permissions", n).ar}).`,
  }),
  "account altered": (_, n, about) => ({
    en: `Account ${about} is not as the record says (${lastEvent("users", n).en}).`,
    ar: `الحساب ${about} ليس كما في السجل (${lastEvent("users", n).ar}).`,
  }),
  "case removed": (p) => ({ en: `All of ${p.en} was removed.`, ar: `حُذفت كل أحداث ${p.ar}.` }),
  "seal altered": (_, n) => ({
    en: `Seal ${n} or one of its entries was altered, or the key is not the one it was made with.`,
    ar: `عُدّل الختم رقم ${n} أو أحد بنوده، أو أن المفتاح ليس المفتاح الذي خُتم به.`,
  }),
  "seal key missing": (_place, n, _about, { key, more }) => ({
    en: `Seal ${n}${more > 0 ? ` and ${more} later ones were` : " was"} made with the key “${key}”, which is not here. If that key is yours, add it to SEAL_KEY and verify again; if nobody knows it, somebody else made these seals.`,
    ar: `الختم رقم ${n}${more > 0 ? ` وأختام بعده عددها ${more}` : ""} بالمفتاح «\u2066${key}\u2069»، وهو غير موجود هنا. إن كان من مفاتيحكم فأضفه إلى المتغير SEAL_KEY وأعد التحقق، وإن لم يعرفه أحد فقد أجرى الختم شخص آخر.`,
  }),
  "seal removed": (_, n) => ({ en: `Seal ${n} was removed.`, ar: `حُذف الختم رقم ${n}.` }),
};

function placeOf({ chain, reference }: AuditFault): Bilingual {
  const name = reference === null ? chain : `${chain} (${reference})`;
  return chain.startsWith("case/") ? { en: name, ar: `المعاملة ${name}` } : { en: name, ar: `السجل ${name}` };
}

/** Whether nothing was found but keys of seals that are not here: then nothing is proven, and nothing was altered either. */
export const onlyKeysMissing = (faults: readonly AuditFault[]): boolean =>
  faults.length > 0 && faults.every(({ what }) => what === "seal key missing");

/** The fault as a sentence. */
export function describeFault(fault: AuditFault): Bilingual {
  const missing = fault.missing ?? { key: "?", more: 0 };
  return words[fault.what](placeOf(fault), fault.seq, fault.reference ?? fault.chain, missing);
}
