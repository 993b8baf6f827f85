/**
 * An office to measure: a fresh PostgreSQL of its own with the settings of a production server, the shipped Jordan
 * set-up, and the real services over it. Gone when it is closed.
 */

import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { pino } from "pino";
import type { Sequelize } from "sequelize";
import { migratePremises, seedPremises } from "../../src/app/boot.js";
import { type Composed, compose } from "../../src/app/compose.js";
import { type WrittenApplication, writeApplication } from "../../src/app/demo/applicants.js";
import { readMaterial } from "../../src/app/demo/material.js";
import { seededRandom } from "../../src/app/demo/seeded-random.js";
import { isKeylessKind } from "../../src/engine/setup/channel-kinds.js";
import type { Setup } from "../../src/engine/setup/setup.js";
import type { Bilingual } from "../../src/engine/text/text.js";
import { storedColumns } from "../../src/features/cases/stored-columns.js";
import type { ChannelKey } from "../../src/features/people/channel-key-store.js";
import { issueChannelKey } from "../../src/features/people/channel-key-store.js";
import { loadSetup } from "../../src/features/setup/active-setup.js";
import { connect } from "../../src/platform/db/connect.js";
import { useEmbedded } from "../../src/platform/db/embedded.js";

export const programme = "jordan";
/** Sunday, in the middle of a working day in Amman. */
export const sunday = new Date("2026-11-22T10:00:00Z");

/** As a server with a few gigabytes would have it: nothing of its care for power cuts is switched off. */
const serverSettings = [
  "fsync=on",
  "synchronous_commit=on",
  "full_page_writes=on",
  "shared_buffers=1GB",
  "max_wal_size=8GB",
  "checkpoint_timeout=30min",
] as const;

export interface CopiedOffice {
  readonly url: string;
  readonly db: Sequelize;
  readonly owner: pg.Client;
  readonly services: Composed;
}

export interface BenchOffice {
  readonly url: string;
  readonly ownerUrl: string;
  /** A pool as the running role. */
  readonly db: Sequelize;
  /** A connection as the owner, who may insert in bulk and say CHECKPOINT. */
  readonly owner: pg.Client;
  readonly setup: Setup;
  readonly services: Composed;
  /** A key for each channel: what a caller sends, and whom it names. */
  readonly keys: ReadonlyMap<string, { readonly secret: string; readonly key: ChannelKey }>;
  /** `PostgreSQL 18.…`, as the server says. */
  readonly version: string;
  /** Makes databases that hold what stands in the office now. The office itself is shut: `db` and `owner` are closed. */
  copyTo<Name extends string>(names: readonly Name[]): Promise<Record<Name, CopiedOffice>>;
  close(): Promise<void>;
}

const withDatabase = (url: string, database: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
};

/** Services over a pool, with a transport, so that messages are stored as in production; nothing delivers them. */
function servicesOver(db: Sequelize, now: () => Date): Composed {
  return compose({
    db,
    log: pino({ level: "silent" }),
    now,
    smtpUrl: "smtp://127.0.0.1:9",
    publicUrl: "https://diwan.example.jo",
    sealKey: "a key for measuring only, nothing is sealed with it",
    sessionSecret: "a secret for measuring only, nobody signs in by it",
  });
}

/** @param now when it is set up; before the moment that anybody who runs over it goes by */
export async function openBenchOffice({ now = sunday }: { now?: Date } = {}): Promise<BenchOffice> {
  const home = mkdtempSync(join(tmpdir(), "diwan-bench-"));
  chmodSync(home, 0o755);
  const say = ({ en }: Bilingual): void => void process.stderr.write(`${en}\n`);
  const embedded = await useEmbedded(home, { say, settings: serverSettings });
  const premises = { ...embedded, reset: null };
  await migratePremises(premises);
  await seedPremises(premises, { now, programmes: [programme] });
  const db = connect(embedded.url, { max: 16, name: "bench" });
  const owner = new pg.Client({ connectionString: embedded.ownerUrl });
  await owner.connect();
  const setup = await loadSetup(db, programme);
  const keys = new Map<string, { secret: string; key: ChannelKey }>();
  const random = seededRandom(1);
  for (const { code: channel, retired, kind } of setup.channels.values()) {
    if (retired || isKeylessKind(kind)) continue;
    const by = { kind: "system", job: "bench" } as const;
    const { id, key: secret } = await issueChannelKey(db, {
      programme,
      channel,
      label: "bench",
      random,
      by,
      now,
    });
    keys.set(channel, { secret, key: { id, programme, channel } });
  }
  const open: { db: Sequelize; owner: pg.Client }[] = [{ db, owner }];
  const shut = async (): Promise<void> => {
    for (const one of open.splice(0)) {
      await one.db.close();
      await one.owner.end();
    }
  };
  const copyTo = async (name: string): Promise<CopiedOffice> => {
    const admin = new pg.Client({ connectionString: withDatabase(embedded.ownerUrl, "postgres") });
    await admin.connect();
    await admin.query(`create database ${name} template diwan strategy file_copy`);
    await admin.end();
    const url = withDatabase(embedded.url, name);
    const copy = {
      url,
      db: connect(url, { max: 4, name: `bench-${name}` }),
      owner: new pg.Client({ connectionString: withDatabase(embedded.ownerUrl, name) }),
    };
    await copy.owner.connect();
    open.push(copy);
    return { ...copy, services: servicesOver(copy.db, () => sunday) };
  };
  const { rows } = await owner.query<{ version: string }>("select split_part(version(), ' on ', 1) as version");
  return {
    url: embedded.url,
    ownerUrl: embedded.ownerUrl,
    db,
    owner,
    setup,
    keys,
    services: servicesOver(db, () => sunday),
    version: rows[0]?.version ?? "",
    async copyTo<Name extends string>(names: readonly Name[]) {
      await shut();
      const copies: [Name, CopiedOffice][] = [];
      for (const name of names) copies.push([name, await copyTo(name)]);
      return Object.fromEntries(copies) as Record<Name, CopiedOffice>;
    },
    async close() {
      await shut();
      await embedded.release();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** What people write, the same every time. */
export function writtenApplications(setup: Setup, count: number): WrittenApplication[] {
  const material = readMaterial(join(process.cwd(), "seeds", programme, "population.json"));
  const random = seededRandom(20261125);
  return Array.from({ length: count }, () => writeApplication(random, material, setup));
}

/** The middle one of an odd number of figures. */
export function median(figures: readonly number[]): number {
  return [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
}

/** Has applications received by the real services, so that there are real cases to make many of. */
export async function receiveAll({ setup, keys, services }: BenchOffice, count: number): Promise<void> {
  for (const { channel, input } of writtenApplications(setup, count)) {
    const key = keys.get(channel)?.key;
    if (key === undefined) throw new Error(`no key for ${channel}`);
    await services.intake.receive({ input: { ...input, programme }, key, idempotencyKey: null, now: sunday });
  }
}

/**
 * The statement that copies rows of a table for every row of `clones` (id, from_id, shift): its own number and keys, every
 * moment moved by `shift`. `change` says what a column gets instead; `where` which rows (`t`) are copied.
 */
export function cloneStatement(table: string, a: { change?: Record<string, string>; where?: string } = {}): string {
  const columns = Object.entries(storedColumns[table] ?? {});
  const key = table === "applications" || table === "cases" ? "id" : "case_id";
  const ours: Record<string, string> = {
    [key]: "k.id",
    reference: "'b' || k.id",
    receiver_case: "case when t.receiver_case is not null then k.id end",
    key: "t.key || '/' || k.id",
    ...a.change,
  };
  const values = columns.map(
    ([name, type]) => ours[name] ?? (type === "timestamptz" ? `t.${name} + k.shift` : `t.${name}`),
  );
  return `insert into ${table} (${columns.map(([name]) => name).join(", ")}) select ${values.join(", ")}
    from clones k join ${table} t on t.${key} = k.from_id ${a.where === undefined ? "" : `where ${a.where}`}`;
}
