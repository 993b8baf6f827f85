/** What a check of the audit can find, and how it is said. */
import type { Bilingual } from "../text.js";

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
  | "seal altered"
  | "seal removed"
  /** Nothing is known of these seals: the key that they were made with is not here. */
  | "seal key missing";

export interface AuditFault {
  /** `case/123`, `audit/users` or `seal`. */
  readonly chain: string;
  /** Number of the event in its chain, or of the seal. */
  readonly seq: number;
  readonly what: FaultKind;
  /** Reference of the case, where there is one. */
  readonly reference: string | null;
  /** Of `seal key missing`: the key's label, and how many later seals are of it too. */
  readonly missing?: { readonly key: string; readonly more: number };
}

type Words = (place: Bilingual, seq: number, missing: { readonly key: string; readonly more: number }) => Bilingual;

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
  "case removed": (p) => ({ en: `All of ${p.en} was removed.`, ar: `حُذفت كل أحداث ${p.ar}.` }),
  "seal altered": (_, n) => ({
    en: `Seal ${n} or one of its entries was altered, or the key is not the one it was made with.`,
    ar: `عُدّل الختم رقم ${n} أو أحد بنوده، أو أن المفتاح ليس المفتاح الذي خُتم به.`,
  }),
  "seal key missing": (_, n, { key, more }) => ({
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
  return words[fault.what](placeOf(fault), fault.seq, fault.missing ?? { key: "?", more: 0 });
}
