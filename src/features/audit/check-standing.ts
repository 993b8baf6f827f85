/**
 * Holds what decides and who may act against the record of changes: the text of every version and which is in force; every
 * seat, who sits on it from–to, and which accounts may sign in. Beside the chain, which vouches for the record.
 */
import type { Transaction } from "sequelize";
import type { AuditFault } from "../../engine/audit/audit-fault.js";
import { auditChain } from "../../engine/audit/chain.js";
import type { Coverage, Covered } from "../../engine/audit/coverage.js";
import { type RecordedPeople, type RecordedSeat, readRecordedPeople } from "../../engine/audit/recorded-people.js";
import { type RecordedVersions, readRecordedVersions, thingOf } from "../../engine/audit/recorded-versions.js";
import type { Database } from "../../platform/db/query.js";
import { checksumOf } from "../policy/definition-faults.js";
import { type StandingSeat, standingAccounts, standingSeats, standingVersions } from "./audit-standing-queries.js";

type StandingCoverage = Pick<Coverage, "versions" | "seats" | "accounts">;

export interface StandingCheck {
  /** The next event of a stream of changes, each stream in order. */
  add(
    stream: string,
    event: { readonly seq: number; readonly at: Date; readonly type: string; readonly data: string },
  ): void;
  /** `faulty`: streams whose chain does not hold. */
  faults(db: Database, tx: Transaction, faulty: ReadonlySet<string>): Promise<AuditFault[]>;
}

const faultOf = (stream: string, what: AuditFault["what"], seq: number, reference: string): AuditFault => ({
  chain: auditChain(stream),
  seq,
  what,
  reference,
});

async function versionFaults(
  db: Database,
  tx: Transaction,
  recorded: RecordedVersions,
  covered: Covered,
): Promise<AuditFault[]> {
  const found: AuditFault[] = [];
  const missing = new Map(recorded.versions);
  for await (const row of standingVersions(db, tx)) {
    const thing = thingOf(row);
    const reference = `${thing} ${row.version}`;
    const said = recorded.versions.get(row.id);
    missing.delete(row.id);
    if (said === undefined) {
      covered.uncovered += 1;
      // Nothing comes into force without a word in the record.
      if (row.published) found.push(faultOf("configuration", "version unrecorded", 0, reference));
      continue;
    }
    covered.checked += 1;
    const asPublished =
      said.thing === thing &&
      said.version === row.version &&
      said.approvedBy === row.approvedBy &&
      said.checksum === checksumOf(row.definition);
    if (!asPublished) found.push(faultOf("configuration", "version altered", said.seq, reference));
    else if (row.published !== (recorded.inForce.get(thing) === row.id))
      found.push(faultOf("configuration", "force altered", said.seq, reference));
  }
  for (const { seq, thing, version } of missing.values())
    found.push(faultOf("configuration", "version removed", seq, `${thing} ${version}`));
  return found;
}

function asRecorded(row: StandingSeat, said: RecordedSeat): boolean {
  const terms = (of: RecordedSeat["terms"] | StandingSeat["terms"]): string =>
    of
      .map(({ userId, from, to }) => `${userId} ${from} ${to}`)
      .sort()
      .join();
  const placed = said.place === undefined || (said.place.entity === row.entity && said.place.sector === row.sector);
  return placed && said.role === row.role && said.retired === row.retired && terms(said.terms) === terms(row.terms);
}

async function seatFaults(
  db: Database,
  tx: Transaction,
  people: RecordedPeople,
  covered: Covered,
): Promise<AuditFault[]> {
  const found: AuditFault[] = [];
  const recorded = new Map(people.seats);
  for (const row of await standingSeats(db, tx)) {
    const said = recorded.get(row.seat);
    recorded.delete(row.seat);
    covered.checked += 1;
    if (said !== undefined && said.place === undefined) covered.uncovered += 1;
    if (said === undefined || !asRecorded(row, said))
      found.push(faultOf("permissions", "seat altered", said?.seq ?? 0, row.seat));
  }
  for (const [seat, { seq }] of recorded) found.push(faultOf("permissions", "seat altered", seq, seat));
  return found;
}

async function accountFaults(
  db: Database,
  tx: Transaction,
  people: RecordedPeople,
  covered: Covered,
): Promise<AuditFault[]> {
  const found: AuditFault[] = [];
  const recorded = new Map(people.accounts);
  for (const { id, email, disabled } of await standingAccounts(db, tx)) {
    const said = recorded.get(id);
    recorded.delete(id);
    covered.checked += 1;
    if (said === undefined || said.email !== email || said.disabled !== disabled)
      found.push(faultOf("users", "account altered", said?.seq ?? 0, said?.email ?? email));
  }
  for (const { seq, email } of recorded.values()) found.push(faultOf("users", "account altered", seq, email));
  return found;
}

/** Against a stream that has a fault of its own, or cannot be read, nothing is held: what it says is worth nothing. */
export function createStandingCheck(covered: StandingCoverage): StandingCheck {
  const versions = readRecordedVersions();
  const people = readRecordedPeople();
  const unreadable = new Set<string>();
  const readers: Readonly<Record<string, Pick<RecordedPeople, "add">>> = {
    configuration: versions,
    permissions: people,
    users: people,
  };
  return {
    add(stream, event) {
      try {
        if (!unreadable.has(stream)) readers[stream]?.add(event);
      } catch {
        unreadable.add(stream);
      }
    },
    async faults(db, tx, faulty) {
      const sound = (stream: string) => !faulty.has(stream) && !unreadable.has(stream);
      return [
        ...(sound("configuration") ? await versionFaults(db, tx, versions, covered.versions) : []),
        ...(sound("permissions") ? await seatFaults(db, tx, people, covered.seats) : []),
        ...(sound("users") ? await accountFaults(db, tx, people, covered.accounts) : []),
      ];
    },
  };
}
