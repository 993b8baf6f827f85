/**
 * Checks the whole record: seals, every case's chain, every stream of changes, and what stands in other tables against them.
 * Names the first row that is not as it was written.
 */

import { Transaction } from "sequelize";
import type { AuditFault, FaultKind } from "../../engine/audit/audit-fault.js";
import { type AuditNote, notesOnSeals } from "../../engine/audit/audit-notes.js";
import { auditChain, canonicalText, caseChain } from "../../engine/audit/chain.js";
import { type ChainChecker, createChainChecker } from "../../engine/audit/check-chain.js";
import { type Coverage, nothingCovered } from "../../engine/audit/coverage.js";
import { marksIn, type Row, type RowMarks } from "../../engine/audit/row-marks.js";
import { type Attachment, attachmentsIn } from "../../engine/files/attachment.js";
import type { KeyRing } from "../../engine/text/key-ring.js";
import { msg } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";
import type { Database } from "../../platform/db/query.js";
import {
  markedApplication,
  markedCase,
  markedClocks,
  markedDecisions,
  type StandingRows,
  standingRows,
} from "../cases/case-row-marks.js";
import {
  allSeals,
  auditStreams,
  entriesByChain,
  eventsOfCases,
  eventsOfStream,
  headsOf,
  knownCases,
  type StoredSeal,
} from "./audit-queries.js";
import { checkSeals, type MailedSeal } from "./check-seals.js";
import { createStandingCheck } from "./check-standing.js";

// Holds the rows of cases against the marks in their events: the application as it was received, decisions, clocks, and the
// case's own row. Beside the chain, which vouches for the marks.

/** What is counted of cases. */
type RowCoverage = Pick<Coverage, "applications" | "cases" | "decisions">;

interface RowFault {
  readonly seq: number;
  readonly what: FaultKind;
}

interface Recorded {
  application: { readonly seq: number; readonly mark: string } | null;
  readonly decisions: { readonly seq: number; readonly from: number; readonly to: number; readonly mark: string }[];
  /** The last event that has marks. */
  last: { readonly seq: number; readonly marks: RowMarks } | null;
  lastSeq: number;
}

/** The ladder of a case is what was decided on it last; none where nothing was. */
function hasItsLadder({ escalation_steps }: Row, decisions: readonly Row[]): boolean {
  const decided = decisions.filter(({ rule_set }) => rule_set === "escalation").at(-1);
  return canonicalText(escalation_steps) === canonicalText(decided?.outcome ?? []);
}

/** What is wrong with the rows of one case, or null. Counts what it could hold against the record. */
function rowFault(recorded: Recorded, rows: StandingRows, covered: RowCoverage): RowFault | null {
  const { application, last } = recorded;
  covered.applications[application === null ? "uncovered" : "checked"] += 1;
  // A release without marks may have acted on it after one with marks: then its row and clocks have moved on since.
  const newest = last !== null && last.seq === recorded.lastSeq ? last : null;
  covered.cases[newest === null ? "uncovered" : "checked"] += 1;
  const marked = (number: unknown) =>
    recorded.decisions.some(({ from, to }) => from <= Number(number) && Number(number) <= to);
  const decided = rows.decisions.filter(({ number }) => marked(number)).length;
  covered.decisions.checked += decided;
  covered.decisions.uncovered += rows.decisions.length - decided;

  if (application !== null) {
    const stands = rows.application && rows.case && markedApplication(rows.application, rows.case);
    if (stands !== application.mark) return { seq: application.seq, what: "application altered" };
  }
  for (const { seq, from, to, mark } of recorded.decisions) {
    const of = rows.decisions.filter(({ number }) => from <= Number(number) && Number(number) <= to);
    if (markedDecisions(of) !== mark) return { seq, what: "decisions altered" };
  }
  if (newest === null) return null;
  const { seq, marks } = newest;
  if (rows.decisions.some(({ number }) => Number(number) > marks.decided)) return { seq, what: "decisions altered" };
  if (markedClocks(rows.clocks) !== marks.clocks) return { seq, what: "clocks altered" };
  if (rows.case === null || markedCase(rows.case) !== marks.case) return { seq, what: "case altered" };
  return application !== null && !hasItsLadder(rows.case, rows.decisions) ? { seq, what: "case altered" } : null;
}

interface RowCheck {
  /** The next event of a case, in order. */
  add(event: { readonly caseId: string; readonly seq: number; readonly data: string }): void;
  /** The first fault of each of these cases that has one, by its number; `events` of `add` are those of these cases. */
  faults(db: Database, tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, RowFault>>;
}

/** For one batch of cases. What is held against the record, and what is not, is added to `covered`. */
function createRowCheck(covered: RowCoverage): RowCheck {
  const known = new Map<string, Recorded>();
  return {
    add({ caseId, seq, data }) {
      const recorded = known.get(caseId) ?? { application: null, decisions: [], last: null, lastSeq: 0 };
      known.set(caseId, recorded);
      recorded.lastSeq = seq;
      const marks = marksIn(data);
      if (marks === null) return;
      recorded.last = { seq, marks };
      if (marks.application !== undefined) recorded.application = { seq, mark: marks.application };
      if (marks.decisions !== undefined) recorded.decisions.push({ seq, ...marks.decisions, to: marks.decided });
    },
    async faults(db, tx, ids) {
      const rows = await standingRows(db, tx, ids);
      const found = new Map<string, RowFault>();
      for (const id of ids) {
        const [recorded, standing] = [known.get(id), rows.get(id)];
        const fault = recorded && standing ? rowFault(recorded, standing, covered) : null;
        if (fault !== null) found.set(id, fault);
      }
      return found;
    },
  };
}

export interface AuditReport {
  readonly ok: boolean;
  /** In order: seals, cases by number, streams by name, then versions and people. */
  readonly firstFault: AuditFault | null;
  /** One a chain at most, and one of what stands beside it; the first hundred. */
  readonly faults: readonly AuditFault[];
  readonly checked: { readonly seals: number; readonly chains: number; readonly events: number };
  /** What of other tables was held against the record, and what could not be. */
  readonly covered: Coverage;
  /** The newest by number, whatever moment it bears. */
  readonly lastSeal: { readonly number: number; readonly sealedAt: Date } | null;
  /** What is younger than the last seal: only the chain itself vouches for it yet. */
  readonly unsealed: { readonly events: number; readonly chains: number; readonly since: Date | null };
  /** Seals that bear an earlier moment than the one before, or one that has not come: a clock was wrong, the seals hold. */
  readonly notes: readonly AuditNote[];
  /** What should have been sealed by now and was not: the record of those events rests on the chain alone. */
  readonly warning: Bilingual | null;
}

const casesABatch = 500;
const maxFaults = 100;
/** A seal a day, and a day's grace. */
const unsealedForMs = 2 * 86_400_000;

interface Tally {
  readonly faults: AuditFault[];
  readonly covered: Coverage;
  chains: number;
  events: number;
  unsealedChains: number;
  unsealedEvents: number;
  oldEvents: number;
  since: Date | null;
}

/** What ages are counted by: what is of before `oldBefore` is old; an import's own moments are of long ago. */
interface Ages {
  readonly oldBefore: Date;
  /** Whether a seal was made since: then what was imported meanwhile comes with the next one. */
  readonly sealedSince: boolean;
}

function blame(tally: Tally, fault: AuditFault | null): void {
  if (fault !== null && tally.faults.length < maxFaults) tally.faults.push(fault);
}

/** Whether the chain holds. */
function close(checker: ChainChecker, tally: Tally, countsOld: boolean): boolean {
  tally.chains += 1;
  const fault = checker.end();
  blame(tally, fault);
  const { events, since, old } = checker.unsealed();
  tally.unsealedEvents += events;
  if (countsOld) tally.oldEvents += old;
  if (events > 0) tally.unsealedChains += 1;
  if (since !== null && (tally.since === null || since < tally.since)) tally.since = since;
  return fault === null;
}

/** Hash of a file on disk in hexadecimal; null: it is not there. */
export type FileHash = (id: string) => Promise<string | null>;

/** Files that an event names; most name none, and are not parsed for it. */
const filesNamed = (data: string): Attachment[] =>
  data.includes('"attachments"') ? attachmentsIn(JSON.parse(data) as Record<string, unknown>) : [];

/** The first file of these that is not as its event says. */
async function fileFault(
  named: readonly { seq: number; file: Attachment }[],
  hashOf: FileHash,
  a: Pick<AuditFault, "chain" | "reference">,
): Promise<AuditFault | null> {
  for (const { seq, file } of named) {
    const found = await hashOf(file.id);
    if (found !== file.sha256) return { ...a, seq, what: found === null ? "file removed" : "file altered" };
  }
  return null;
}

type Progress = (checked: { readonly chains: number; readonly events: number }) => void;

async function checkCases(
  db: Database,
  tx: Transaction,
  tally: Tally,
  ages: Ages & { readonly progress: Progress | undefined; readonly fileHash: FileHash | undefined },
): Promise<void> {
  for await (const ids of knownCases(db, tx, casesABatch)) {
    const entries = await entriesByChain(db, tx, ids.map(caseChain));
    const heads = new Map((await headsOf(db, tx, ids)).map((head) => [head.id, head]));
    const checkers = new Map(
      ids.map((id) => {
        const chain = caseChain(id);
        const head = heads.get(id) ?? null;
        const checker = createChainChecker({
          chain,
          reference: head?.reference ?? null,
          entries: entries.get(chain) ?? [],
          head,
          oldBefore: ages.oldBefore,
        });
        return [id, checker];
      }),
    );
    const files = new Map<string, { seq: number; file: Attachment }[]>();
    const rows = createRowCheck(tally.covered);
    for await (const event of eventsOfCases(db, tx, ids)) {
      checkers.get(event.caseId)?.add(event);
      rows.add(event);
      tally.events += 1;
      const named = filesNamed(event.data).map((file) => ({ seq: event.seq, file }));
      if (named.length > 0) files.set(event.caseId, [...(files.get(event.caseId) ?? []), ...named]);
    }
    for (const [id, named] of ages.fileHash === undefined ? [] : files) {
      const place = { chain: caseChain(id), reference: heads.get(id)?.reference ?? null };
      blame(tally, await fileFault(named, ages.fileHash as FileHash, place));
    }
    // What a chain says that does not hold is worth nothing: the rows are not held against it.
    const sound = [...checkers].filter(([id, checker]) =>
      close(checker, tally, !(ages.sealedSince && heads.get(id)?.imported)),
    );
    const wrong = await rows.faults(
      db,
      tx,
      sound.map(([id]) => id),
    );
    for (const [id, { seq, what }] of wrong)
      blame(tally, { chain: caseChain(id), seq, what, reference: heads.get(id)?.reference ?? null });
    ages.progress?.({ chains: tally.chains, events: tally.events });
  }
}

async function checkStreams(db: Database, tx: Transaction, tally: Tally, { oldBefore }: Ages): Promise<void> {
  const standing = createStandingCheck(tally.covered);
  const faulty = new Set<string>();
  for (const stream of await auditStreams(db, tx)) {
    const chain = auditChain(stream);
    const entries = (await entriesByChain(db, tx, [chain])).get(chain) ?? [];
    const checker = createChainChecker({ chain, reference: null, entries, head: undefined, oldBefore });
    for await (const event of eventsOfStream(db, tx, stream)) {
      checker.add(event);
      standing.add(stream, event);
      tally.events += 1;
    }
    if (!close(checker, tally, true)) faulty.add(stream);
  }
  for (const fault of await standing.faults(db, tx, faulty)) blame(tally, fault);
}

function warningOf(tally: Tally, lastSeal: StoredSeal | undefined): Bilingual | null {
  const n = tally.oldEvents;
  if (n === 0) return null;
  const none = lastSeal === undefined;
  return msg("audit.verify.warningOlderEvents", { n, none: none ? "yes" : "no" });
}

/**
 * Checks everything, in batches and on one picture of the database, so that it can run beside the daily work.
 * @param keys of SEAL_KEY; a seal of another key is a fault of its own kind, and no proof
 * @param now what the age of unsealed events is told by
 * @param seals seals as they were mailed: they tell when the newest one was removed, or all were made anew
 * @param fileHash with it, the files that events name are read from the disk and compared as well
 * @param progress told after each batch how much has been checked
 */
export function verifyAudit(
  db: Database,
  a: { keys: KeyRing; now: Date; seals?: readonly MailedSeal[] | undefined; progress?: Progress; fileHash?: FileHash },
): Promise<AuditReport> {
  const onePicture = { isolationLevel: Transaction.ISOLATION_LEVELS.REPEATABLE_READ, readOnly: true };
  return db.transaction(onePicture, async (tx) => {
    const tally: Tally = {
      faults: [],
      covered: nothingCovered(),
      chains: 0,
      events: 0,
      unsealedChains: 0,
      unsealedEvents: 0,
      oldEvents: 0,
      since: null,
    };
    const seals = await allSeals(db, tx);
    tally.faults.push(...(await checkSeals(db, tx, { keys: a.keys, mailed: a.seals ?? [] }, seals)));
    const last = seals.at(-1);
    const oldBefore = new Date(a.now.getTime() - unsealedForMs);
    const sealedSince = last !== undefined && last.sealedAt >= oldBefore && last.sealedAt <= a.now;
    await checkCases(db, tx, tally, { oldBefore, sealedSince, progress: a.progress, fileHash: a.fileHash });
    await checkStreams(db, tx, tally, { oldBefore, sealedSince });
    return {
      ok: tally.faults.length === 0,
      firstFault: tally.faults[0] ?? null,
      faults: tally.faults,
      checked: { seals: seals.length, chains: tally.chains, events: tally.events },
      covered: tally.covered,
      lastSeal: last === undefined ? null : { number: last.number, sealedAt: last.sealedAt },
      unsealed: { events: tally.unsealedEvents, chains: tally.unsealedChains, since: tally.since },
      notes: notesOnSeals(seals, a.now),
      warning: warningOf(tally, last),
    };
  });
}
