/** What stands in the tables of versions and of people, to be held against the record of changes. */
import type { Sequelize, Transaction } from "sequelize";
import sql from "sql-template-tag";
import { query } from "../../platform/db/query.js";

export interface StandingVersion {
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
export async function* standingVersions(db: Sequelize, tx: Transaction): AsyncGenerator<StandingVersion> {
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

export interface StandingSeat {
  /** `programme/code`. */
  readonly seat: string;
  readonly role: string;
  readonly entity: string | null;
  readonly sector: string | null;
  readonly retired: boolean;
  /** In milliseconds, with fractions where somebody put some; an endless moment is a text. */
  readonly terms: readonly {
    readonly userId: number;
    readonly from: number | string;
    readonly to: number | string | null;
  }[];
}

export function standingSeats(db: Sequelize, tx: Transaction): Promise<StandingSeat[]> {
  const statement = sql`select s.programme || '/' || s.code as seat, s.role, s.entity, s.sector, s.retired_at is not null as retired,
      coalesce(json_agg(json_build_object('userId', h.user_id, 'from', extract(epoch from h.held_from) * 1000,
        'to', extract(epoch from h.held_to) * 1000)) filter (where h.id is not null), '[]') as terms
    from seats s left join seat_holders h on h.seat_id = s.id group by s.id order by seat`;
  return query<StandingSeat>(db, statement, tx);
}

export interface StandingAccount {
  readonly id: number;
  readonly email: string;
  readonly disabled: boolean;
}

export function standingAccounts(db: Sequelize, tx: Transaction): Promise<StandingAccount[]> {
  return query<StandingAccount>(
    db,
    sql`select id, email, disabled_at is not null as disabled from users order by id`,
    tx,
  );
}
