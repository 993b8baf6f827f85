/** What a check of the audit can find, and how it is said. */
import { msg } from "../text/msg.js";
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
    ? msg("audit.auditFault.auditDoesNotNameIt", { stream })
    : msg("audit.auditFault.eventOfAudit", { seq, stream });

type Missing = NonNullable<AuditFault["missing"]>;
type Words = (place: Bilingual, seq: number, about: string, missing: Missing) => Bilingual;

const words: Readonly<Record<FaultKind, Words>> = {
  altered: (p, n) => msg("audit.auditFault.eventOfWasAltered", { n, p }),
  removed: (p, n) => msg("audit.auditFault.eventOfWasRemoved", { n, p }),
  inserted: (p, n) => msg("audit.auditFault.eventOfWasInserted", { n, p }),
  rewritten: (p, n) => msg("audit.auditFault.eventOfWasAlteredAnd", { n, p }),
  "file altered": (p, n) => msg("audit.auditFault.aFileOfEventOf", { n, p }),
  "file removed": (p, n) => msg("audit.auditFault.aFileOfEventOf2", { n, p }),
  "application altered": (p, n) => msg("audit.auditFault.theApplicationOfIsNot", { p, n }),
  "decisions altered": (p, n) => msg("audit.auditFault.decisionsOfAreNotAs", { p, n }),
  "clocks altered": (p, n) => msg("audit.auditFault.theClocksOfAreNot", { p, n }),
  "case altered": (p, n) => msg("audit.auditFault.theRowOfStatePlace", { p, n }),
  "version altered": (_, n, about) => msg("audit.auditFault.versionIsNotWhatEvent", { about, n }),
  "version removed": (_, n, about) => msg("audit.auditFault.versionRecordedByEventOf", { about, n }),
  "version unrecorded": (_, __, about) => msg("audit.auditFault.versionIsInForceAnd", { about }),
  "force altered": (_, n, about) => msg("audit.auditFault.whetherVersionIsInForce", { about, n }),
  "seat altered": (_, n, about) => msg("audit.auditFault.seatItsPlaceOrWho", { about, n: lastEvent("permissions", n) }),
  "account altered": (_, n, about) => msg("audit.auditFault.accountIsNotAsThe", { about, n: lastEvent("users", n) }),
  "case removed": (p) => msg("audit.auditFault.allOfWasRemoved", { p }),
  "seal altered": (_, n) => msg("audit.auditFault.sealOrOneOfIts", { n }),
  "seal key missing": (_place, n, _about, { key, more }) =>
    msg("audit.auditFault.sealMadeWithTheKey", {
      n,
      more,
      key,
    }),
  "seal removed": (_, n) => msg("audit.auditFault.sealWasRemoved", { n }),
};

function placeOf({ chain, reference }: AuditFault): Bilingual {
  const name = reference === null ? chain : `${chain} (${reference})`;
  return chain.startsWith("case/") ? msg("audit.auditFault.text", { name }) : msg("audit.auditFault.text2", { name });
}

/** Whether nothing was found but keys of seals that are not here: then nothing is proven, and nothing was altered either. */
export const onlyKeysMissing = (faults: readonly AuditFault[]): boolean =>
  faults.length > 0 && faults.every(({ what }) => what === "seal key missing");

/** The fault as a sentence. */
export function describeFault(fault: AuditFault): Bilingual {
  const missing = fault.missing ?? { key: "?", more: 0 };
  return words[fault.what](placeOf(fault), fault.seq, fault.reference ?? fault.chain, missing);
}
