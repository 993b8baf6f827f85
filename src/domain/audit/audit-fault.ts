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
  | "seal removed";

export interface AuditFault {
  /** `case/123`, `audit/users` or `seal`. */
  readonly chain: string;
  /** Number of the event in its chain, or of the seal. */
  readonly seq: number;
  readonly what: FaultKind;
  /** Reference of the case, where there is one. */
  readonly reference: string | null;
}

const words: Readonly<Record<FaultKind, (place: Bilingual, seq: number) => Bilingual>> = {
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
  "seal removed": (_, n) => ({ en: `Seal ${n} was removed.`, ar: `حُذف الختم رقم ${n}.` }),
};

function placeOf({ chain, reference }: AuditFault): Bilingual {
  const name = reference === null ? chain : `${chain} (${reference})`;
  return chain.startsWith("case/") ? { en: name, ar: `المعاملة ${name}` } : { en: name, ar: `السجل ${name}` };
}

/** The fault as a sentence. */
export function describeFault(fault: AuditFault): Bilingual {
  return words[fault.what](placeOf(fault), fault.seq);
}
