/**
 * Reads one chain row by row and names the first that is not as it was written.
 *
 * Three witnesses: each row's own hash (catches an edit), the link to the row before (catches a gap), and what was put
 * down elsewhere: marks of the seals and, for a case, its head. The last two catch a chain that was written anew.
 */
import type { AuditFault, FaultKind } from "./audit-fault.js";
import { type ChainedEvent, chainHash, emptyHash, isMoment } from "./chain.js";
import { markBytes, type SealEntry } from "./seal-mac.js";

/** An event as it is stored. */
export interface StoredEvent extends Omit<ChainedEvent, "chain"> {
  readonly previousHash: string;
  readonly hash: string;
  /** False when the stored moment has a part below the millisecond, which Diwan never writes and the hash does not cover. */
  readonly wholeMillisecond: boolean;
}

/** The last event as the case's own row has it. */
export interface ChainHead {
  readonly lastSeq: number;
  readonly lastHash: string;
}

export interface ChainChecker {
  /** The next row in order of `seq`; the first fault, once found, stays. */
  add(event: StoredEvent): void;
  /** The first fault, or null. Asks also whether rows are missing at the end. */
  end(): AuditFault | null;
  /** Rows younger than the last seal so far, the moment of the first of them, and how many are of before `oldBefore`. */
  unsealed(): { readonly events: number; readonly since: Date | null; readonly old: number };
}

/** The first eight bytes of a hash, hexadecimal; of a hash that is none, none. */
const markOf = (hash: string): string => (/^[0-9a-f]{64}$/.test(hash) ? hash.slice(0, markBytes * 2) : "");

/** Mark of each sealed row by its number. */
function sealedMarks(entries: readonly SealEntry[]): { mark(seq: number): string | null; last: number } {
  const last = entries.reduce((most, entry) => Math.max(most, entry.lastSeq), 0);
  return {
    last,
    mark(seq) {
      const entry = entries.find((e) => e.firstSeq <= seq && seq <= e.lastSeq);
      if (entry === undefined) return null;
      const start = (seq - entry.firstSeq) * markBytes;
      return entry.marks.subarray(start, start + markBytes).toString("hex");
    },
  };
}

/**
 * A checker for one chain.
 * @param entries what the seals say of it, in order
 * @param head the case's own row: null when it is missing, undefined for chains that have no head
 * @param oldBefore what is of before this moment should have been sealed by now
 */
export function createChainChecker(a: {
  chain: string;
  reference: string | null;
  entries: readonly SealEntry[];
  head: ChainHead | null | undefined;
  oldBefore: Date;
}): ChainChecker {
  const { chain, reference, head } = a;
  const sealed = sealedMarks(a.entries);
  let fault: AuditFault | null = null;
  /** A row that is not as it was written, while the row after it can still tell whether it belongs there at all. */
  let suspect: { readonly seq: number; readonly what: FaultKind; readonly hashBefore: string } | null = null;
  let before: StoredEvent | null = null;
  let last: StoredEvent | null = null;
  let younger = 0;
  let old = 0;
  let since: Date | null = null;

  const blame = (seq: number, what: FaultKind): void => {
    fault ??= { chain, seq, what, reference };
  };
  const suspicious = (seq: number, what: FaultKind): void => {
    suspect = { seq, what, hashBefore: last?.hash ?? emptyHash };
  };
  const fits = (event: StoredEvent, seq: number): boolean =>
    isMoment(event.at) &&
    event.wholeMillisecond &&
    chainHash(event.previousHash, { ...event, chain, seq }) === event.hash;

  /** A row that was moved on by one still names the row before the one that was put in. */
  function judgeSuspect(next: StoredEvent | null): void {
    if (suspect === null) return;
    blame(suspect.seq, next?.previousHash === suspect.hashBefore ? "inserted" : suspect.what);
  }

  function checkRow(event: StoredEvent): void {
    const { seq, previousHash } = event;
    const mark = sealed.mark(seq);
    if (mark !== null && markOf(event.hash) !== mark) {
      // Moved back by one: the row that was sealed here is gone.
      if (markOf(event.hash) === sealed.mark(seq + 1)) blame(seq, "removed");
      else suspicious(seq, fits(event, seq) ? "rewritten" : "altered");
    } else if (previousHash !== (last?.hash ?? emptyHash)) {
      if (last !== null && previousHash === (before?.hash ?? emptyHash)) blame(seq - 1, "inserted");
      else if (fits(event, seq + 1)) blame(seq, "removed");
      else if (last !== null && fits(event, seq)) blame(seq - 1, "altered");
      else suspicious(seq, "altered");
    } else if (!fits(event, seq)) suspicious(seq, "altered");
  }

  return {
    add(event) {
      if (event.seq > sealed.last) {
        younger += 1;
        if (isMoment(event.at) && (since === null || event.at < since)) since = event.at;
        if (!(event.at >= a.oldBefore)) old += 1;
      }
      judgeSuspect(event);
      if (fault === null) {
        const expected = (last?.seq ?? 0) + 1;
        if (event.seq === expected) checkRow(event);
        else if (event.seq < expected) blame(event.seq, "inserted");
        else blame(expected, "removed");
      }
      before = last;
      last = event;
    },
    end() {
      judgeSuspect(null);
      const reached = last?.seq ?? 0;
      if (head === null && reached === 0) blame(1, "case removed");
      if (reached < sealed.last) blame(reached + 1, "removed");
      if (head === null) blame(1, "case removed");
      if (head) checkHead(head, reached);
      return fault;
    },
    unsealed: () => ({ events: younger, since, old }),
  };

  /** What the case's own row says of its last event; a chain written anew as a whole gives itself away here. */
  function checkHead({ lastSeq, lastHash }: ChainHead, reached: number): void {
    if (reached < lastSeq) blame(reached + 1, "removed");
    else if (reached > lastSeq) blame(lastSeq + 1, "inserted");
    else if (last?.hash !== lastHash) blame(reached, "rewritten");
  }
}
