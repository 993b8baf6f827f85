/** Sweeps that hold: what would be enforced late, and what the operation room let go on. */
import type { Transaction } from "sequelize";
import { type Database, query, type Statement } from "../../../platform/db/query.js";

export interface LateDue {
  readonly programme: string;
  /** Of all, by which it is decided whether a sweep holds; and without confidential cases, which people see. */
  readonly cases: number;
  readonly toldCases: number;
  /** Of those that people see; of the others where there are none. */
  readonly oldestDueAt: Date;
}

/*
 * Along the index of moments: an ordinary minute finds none, and no sweep reads more here than it has to enforce. What
 * was released is left out while the release holds.
 */
/** $1 before which moment, $2 since when a release holds. */
const late: Statement = {
  name: "late-due",
  text: `select c.programme, count(*)::integer as cases,
  (count(*) filter (where not c.confidential))::integer as "toldCases",
  coalesce(min(c.next_due_at) filter (where not c.confidential), min(c.next_due_at)) as "oldestDueAt"
from cases c left join held_sweeps h on h.programme = c.programme and h.ended_at is null and h.released_at > $2
where c.next_due_at < $1 and c.state_kind in ('open', 'waiting') and (h.id is null or c.next_due_at > h.released_until)
group by c.programme order by c.programme`,
};

/** Open cases, a programme, whose next moment came before `before` and that nobody released after `releasedAfter`. */
export function lateDue(db: Database, a: { before: Date; releasedAfter: Date }): Promise<LateDue[]> {
  return query<LateDue>(db, late, [a.before, a.releasedAfter]);
}

/** $1 programme, $2 before which moment, $3 how many. */
const sample: Statement = {
  name: "sample-late-due",
  text: `select id from cases where next_due_at < $2 and programme = $1 and state_kind in ('open', 'waiting') and not confidential
order by md5(reference) limit $3`,
};

/** Numbers of some of a programme's, drawn by their references; of those that people see. */
export async function sampleLateDue(
  db: Database,
  a: { programme: string; before: Date; limit: number },
): Promise<number[]> {
  return (await query<{ id: number }>(db, sample, [a.programme, a.before, a.limit])).map(({ id }) => id);
}

/** $1 programme, $2 at most. */
const open: Statement = {
  name: "open-cases-up-to",
  text: `select count(*)::integer as all, (count(*) filter (where not confidential))::integer as told from
  (select confidential from cases where programme = $1 and state_kind in ('open', 'waiting') limit $2) x`,
};

/**
 * How many cases of a programme are open or wait for the applicant, and how many of them people see: all but
 * confidential ones; counted no further than `most`.
 */
export async function openCasesUpTo(
  db: Database,
  a: { programme: string; most: number },
): Promise<{ all: number; told: number }> {
  return (await query<{ all: number; told: number }>(db, open, [a.programme, a.most]))[0] ?? { all: 0, told: 0 };
}

/** What a sweep found when it looked, as people see it: confidential cases are in no number. */
export interface FoundLate {
  readonly asOf: Date;
  readonly cases: number;
  readonly openCases: number;
  readonly most: number;
  readonly letters: number;
  readonly escalated: number;
  readonly oldestDueAt: Date;
}

export interface HeldSweep extends FoundLate {
  readonly id: number;
  readonly programme: string;
  readonly since: Date;
  /** The database's clock when the sweep looked. */
  readonly databaseAt: Date;
  readonly releasedAt: Date | null;
  /** Name of the person. */
  readonly releasedBy: string | null;
  readonly reason: string | null;
  readonly releasedUntil: Date | null;
}

const columns = `h.id, h.programme, h.since, h.as_of as "asOf", h.database_at as "databaseAt", h.cases, h.open_cases as "openCases",
  h.most, h.letters, h.escalated, h.oldest_due_at as "oldestDueAt", h.released_at as "releasedAt", u.name as "releasedBy", h.reason,
  h.released_until as "releasedUntil"`;

const all: Statement = {
  name: "held-sweeps",
  text: `select ${columns} from held_sweeps h left join users u on u.id = h.released_by where h.ended_at is null order by h.programme`,
};

/** Those that are not over, one a programme; also what was released and is not worked off yet. */
export function heldSweeps(db: Database): Promise<HeldSweep[]> {
  return query<HeldSweep>(db, all, []);
}

/** Programmes whose sweep holds and was not released. */
export async function programmesHeld(db: Database): Promise<string[]> {
  return (await heldSweeps(db)).filter(({ releasedAt }) => releasedAt === null).map(({ programme }) => programme);
}

/** $1 number. */
const lock: Statement = {
  name: "lock-held-sweep",
  text: `select ${columns} from held_sweeps h left join users u on u.id = h.released_by
where h.id = $1 and h.ended_at is null for update of h`,
};

/** The one of that number, locked; null when it is over. */
export async function lockHeldSweep(db: Database, tx: Transaction, id: number): Promise<HeldSweep | null> {
  return (await query<HeldSweep>(db, lock, [id], tx))[0] ?? null;
}

/** $1 programme, $2 the moment, $3 cases, $4 open, $5 most, $6 letters, $7 escalated, $8 oldest. */
const hold: Statement = {
  name: "hold-sweep",
  text: `insert into held_sweeps (programme, since, as_of, database_at, cases, open_cases, most, letters, escalated, oldest_due_at)
values ($1, $2, $2, clock_timestamp(), $3, $4, $5, $6, $7, $8)
on conflict (programme) where ended_at is null do nothing returning id, database_at as "databaseAt"`,
};

const valuesOf = (found: FoundLate) => [
  found.asOf,
  found.cases,
  found.openCases,
  found.most,
  found.letters,
  found.escalated,
  found.oldestDueAt,
];

/** From now on the programme's sweep holds; null when it does already, by another instance. */
export async function holdSweep(
  db: Database,
  tx: Transaction,
  a: { programme: string; found: FoundLate },
): Promise<{ id: number; databaseAt: Date } | null> {
  type Held = { id: number; databaseAt: Date };
  return (await query<Held>(db, hold, [a.programme, ...valuesOf(a.found)], tx))[0] ?? null;
}

/** $1 number; then as `hold`. */
const again: Statement = {
  name: "still-held-sweep",
  text: `update held_sweeps set as_of = $2, database_at = clock_timestamp(), cases = $3, open_cases = $4, most = $5, letters = $6,
  escalated = $7, oldest_due_at = $8 where id = $1 and ended_at is null and released_at is null`,
};

/** It holds still: with what was found now. */
export async function stillHeld(db: Database, id: number, found: FoundLate): Promise<void> {
  await query(db, again, [id, ...valuesOf(found)]);
}

/** $1 number, $2 the moment, $3 who, $4 why, $5 until which moment. */
const release: Statement = {
  name: "release-sweep",
  text: `update held_sweeps set released_at = $2, released_by = $3, reason = $4, released_until = $5 where id = $1`,
};

/** What was due until `until` may be enforced. */
export async function releaseHeldSweep(
  db: Database,
  tx: Transaction,
  a: { id: number; at: Date; userId: number; reason: string; until: Date },
): Promise<void> {
  await query(db, release, [a.id, a.at, a.userId, a.reason, a.until], tx);
}

/** $1 number, $2 the moment. */
const end: Statement = {
  name: "end-held-sweep",
  text: "update held_sweeps set ended_at = $2 where id = $1 and ended_at is null returning id",
};

/** It is over; false when it was already. */
export async function endHeldSweep(db: Database, tx: Transaction, a: { id: number; at: Date }): Promise<boolean> {
  return (await query(db, end, [a.id, a.at], tx)).length > 0;
}
