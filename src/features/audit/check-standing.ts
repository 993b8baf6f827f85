/**
 * Holds what decides and who may act against the record of changes: the text of every version and which is in force; every
 * seat, who sits on it from–to, and which accounts may sign in. Beside the chain, which vouches for the record.
 */
import type { Sequelize, Transaction } from "sequelize";
import sql from "sql-template-tag";
import type { AuditFault } from "../../engine/audit/audit-fault.js";
import { auditChain } from "../../engine/audit/chain.js";
import type { Coverage, Covered } from "../../engine/audit/coverage.js";
import { type RecordedPeople, type RecordedSeat, readRecordedPeople } from "../../engine/audit/recorded-people.js";
import { type RecordedVersions, readRecordedVersions, thingOf } from "../../engine/audit/recorded-versions.js";
import { type Database, query } from "../../platform/db/query.js";
import { checksumOf } from "../policy/definition-faults.js";

// What stands in the tables of versions and of people, to be held against the record of changes.

interface StandingVersion {
  readonly id: number;
  readonly programme: string;
  readonly kind: string;
  readonly name: string;
  readonly version: number;
  readonly published: boolean;
  readonly approvedBy: number | null;
  readonly definition: unknown;
}

/** Every version, in order of the rows' numbers; some at a time, for definitions may be long. */
async function* standingVersions(db: Sequelize, tx: Transaction): AsyncGenerator<StandingVersion> {
  for (let after = -(2 ** 31); ; ) {
    const statement = sql`select id, programme, kind, name, version, status = 'published' as published, approved_by as "approvedBy", definition
      from configuration_versions where id > ${after} order by id limit 50`;
    const rows = await query<StandingVersion>(db, statement, tx);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}

interface StandingSeat {
  /** `programme/code`. */
  readonly seat: string;
  readonly role: string;
  readonly entity: string | null;
  readonly sector: string | null;
  readonly retired: boolean;
  readonly officeOf: string | null;
  /** In milliseconds, with fractions where somebody put some; an endless moment is a text. */
  readonly terms: readonly {
    readonly userId: number;
    readonly from: number | string;
    readonly to: number | string | null;
  }[];
}

function standingSeats(db: Sequelize, tx: Transaction): Promise<StandingSeat[]> {
  const statement = sql`select s.programme || '/' || s.code as seat, s.role, s.entity, s.sector, s.retired_at is not null as retired,
      (select f.code from seats f where f.id = s.office_of) as "officeOf",
      coalesce(json_agg(json_build_object('userId', h.user_id, 'from', extract(epoch from h.held_from) * 1000,
        'to', extract(epoch from h.held_to) * 1000)) filter (where h.id is not null), '[]') as terms
    from seats s left join seat_holders h on h.seat_id = s.id group by s.id order by seat`;
  return query<StandingSeat>(db, statement, tx);
}

interface StandingAccount {
  readonly id: number;
  readonly email: string;
  readonly disabled: boolean;
}

function standingAccounts(db: Sequelize, tx: Transaction): Promise<StandingAccount[]> {
  return query<StandingAccount>(
    db,
    sql`select id, email, disabled_at is not null as disabled from users order by id`,
    tx,
  );
}

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
  const same = said.role === row.role && said.retired === row.retired && said.officeOf === row.officeOf;
  return placed && same && terms(said.terms) === terms(row.terms);
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
