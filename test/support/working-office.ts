/** The shipped Jordan set-up in a database of its own, all services over it, and short words for what people do. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import type { Sequelize } from "sequelize";
import { type Composed, compose, type Parts } from "../../src/app/compose.js";
import type { Actor, HeldSeat } from "../../src/engine/access/permissions.js";
import type { RoleCode } from "../../src/engine/access/roles.js";
import { withoutMarks } from "../../src/engine/audit/row-marks.js";
import { makeReference } from "../../src/engine/lifecycle/case-reference.js";
import type { Setup } from "../../src/engine/setup/setup.js";
import type { Problem } from "../../src/engine/text/problems.js";
import type { PerformedAction } from "../../src/features/cases/act/perform-action.js";
import type { ApplicationInput } from "../../src/features/intake/application-input.js";
import type { ReceivedApplication } from "../../src/features/intake/receive-application.js";
import type { ChannelKey } from "../../src/features/people/channel-key-store.js";
import { connect } from "../../src/platform/db/connect.js";
import { createTestDatabase, type TestDatabase } from "./database.js";
import { programme } from "./office-template.js";

export { programme };
/** Sunday, 9:00 in Amman; working hours are 8:30 to 15:30, Sunday to Thursday. */
export const sundayNine = new Date("2026-11-22T06:00:00Z");
export const sealKey = "s".repeat(64);
const sessionSecret = "k".repeat(64);
/** A well-formed reference that no case has. */
export const unknownReference = makeReference(Buffer.alloc(8));

/** A normal complaint about quality at the Civil Status Department, which stands below the Ministry of Interior. */
export const complaint: ApplicationInput = {
  programme,
  type: "complaint",
  language: "en",
  subject: "The hall was closed",
  description: "Nobody opened the hall of the department.",
  sector: "INTERIOR",
  entity: "CSPD",
  pillar: "QUALITY",
  importance: "normal",
  applicant: { category: "citizen", name: "Rana Haddad", email: "rana@example.com", phone: "+962791234567" },
};

export type Person = Extract<Actor, { kind: "user" }>;
export type Row = Record<string, unknown>;

export interface WorkingOffice {
  readonly database: TestDatabase;
  readonly db: Sequelize;
  readonly services: Composed;
  readonly setup: Setup;
  readonly key: ChannelKey;
  /** The folder of files, of this office alone. */
  readonly files: string;
  /** Another instance over the same database, with a pool and caches of its own. */
  instance(parts?: Partial<Parts>): Composed;
  receive(input?: Partial<ApplicationInput>, at?: Date): Promise<ReceivedApplication>;
  /** The n-th holder (from 0) of seats of a role at an entity or of a sector. */
  official(role: RoleCode, place?: string | null, n?: number): Person;
  act(reference: string, actor: Actor, action: string, fields: Row, now: Date): Promise<PerformedAction>;
  applicantActs(
    sent: { reference: string; code: string },
    action: string,
    fields: Row,
    now: Date,
  ): Promise<PerformedAction>;
  rows(sql: string, ...bind: unknown[]): Promise<Row[]>;
  /** Runs a statement as the owner of the tables: what nobody may do through the services. */
  asOwner(sql: string, ...bind: unknown[]): Promise<Row[]>;
  caseRow(reference: string): Promise<Row>;
  /** Events of a case in order, data parsed, without the marks of rows. */
  events(reference: string): Promise<{ seq: number; type: string; at: Date; data: Row }[]>;
  close(): Promise<void>;
}

const silent = pino({ level: "silent" });

async function select(db: Sequelize, sql: string, bind: unknown[]): Promise<Row[]> {
  const [rows] = await db.query(sql, { bind });
  return rows as Row[];
}

export async function openWorkingOffice(parts: Partial<Parts> = {}): Promise<WorkingOffice> {
  const database = await createTestDatabase("office");
  const { db } = database;
  const [issued] = await select(db, "select id from channel_keys", []);
  const key: ChannelKey = { id: issued?.id as number, programme, channel: "web" };
  const owner = connect(database.ownerUrl, { max: 2, name: "test-owner" });
  const files = parts.files ?? (await mkdtemp(join(tmpdir(), "diwan-files-")));
  const pools: Sequelize[] = [owner];
  const composed = (over: Sequelize, more: Partial<Parts>): Composed =>
    compose({
      db: over,
      log: silent,
      now: () => sundayNine,
      smtpUrl: null,
      publicUrl: "https://diwan.example.jo/",
      sealKey,
      sessionSecret,
      files,
      ...parts,
      ...more,
    });
  const services = composed(db, {});
  const setup = await services.setup.of(programme);

  return {
    database,
    db,
    services,
    setup,
    key,
    files,
    instance(more = {}) {
      const pool = connect(database.url, { max: 5, name: "test-instance" });
      pools.push(pool);
      return composed(pool, more);
    },
    receive: (input = {}, now = sundayNine) =>
      services.intake.receive({ input: { ...complaint, ...input }, key, idempotencyKey: null, now }),
    official(role, place = null, n = 0) {
      const seats = setup.seats.filter((s) => s.role === role && (s.entity === place || s.sector === place));
      const seat = seats[n];
      const holder = seat?.holders[0];
      if (seat === undefined || holder === undefined) throw new Error(`nobody is ${role} of ${place} (${n})`);
      const held: HeldSeat = { id: seat.id, role, programme, entity: seat.entity, sector: seat.sector };
      return { kind: "user", userId: holder.userId, name: holder.name, seats: [held] };
    },
    act: (reference, actor, action, fields, now) => services.cases.perform({ reference, action, fields, actor, now }),
    applicantActs: ({ reference, code }, action, fields, now) =>
      services.cases.performAsApplicant({ reference, code, action, fields, now }),
    rows: (sql, ...bind) => select(db, sql, bind),
    asOwner: (sql, ...bind) => select(owner, sql, bind),
    async caseRow(reference) {
      const [row] = await select(db, "select * from cases where reference = $1", [reference]);
      if (row === undefined) throw new Error(`no case ${reference}`);
      return row;
    },
    async events(reference) {
      const rows = await select(
        db,
        "select e.seq, e.type, e.at, e.data from case_events e join cases c on c.id = e.case_id where c.reference = $1 order by e.seq",
        [reference],
      );
      return rows.map((row) => ({
        seq: row.seq as number,
        type: row.type as string,
        at: row.at as Date,
        data: withoutMarks(JSON.parse(row.data as string)) as Row,
      }));
    },
    async close() {
      for (const pool of pools) await pool.close();
      await database.close();
      if (parts.files === undefined) await rm(files, { recursive: true, force: true });
    },
  };
}

/** Types of events, first to last. */
export const typesOf = (events: readonly { type: string }[]): string[] => events.map(({ type }) => type);

/** The code of the Problem that a promise rejects with; an error when it does not. */
export async function problemOf(
  work: Promise<unknown>,
): Promise<Pick<Problem, "code" | "status" | "detail" | "faults">> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error && "code" in error) return error as never;
    throw error;
  }
  throw new Error("it was not refused");
}
