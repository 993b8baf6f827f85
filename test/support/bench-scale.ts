/** What the benchmarks share that ask the same among ten thousand cases and among a million. */
import { performance } from "node:perf_hooks";
import type pg from "pg";
import type { Actor, HeldSeat } from "../../src/engine/access/permissions.js";
import type { RoleCode } from "../../src/engine/access/roles.js";
import type { Setup } from "../../src/engine/setup/setup.js";
import { type BenchOffice, type CopiedOffice, cloneStatement, median, receiveAll } from "./bench-office.js";

export const small = 10_000;
export const large = 1_000_000;
/** Applications that the real services receive, to make the others of. */
const received = 300;
const rounds = 41;
/** The first warm up and do not count. */
const warmUp = 5;

/** An official with one seat. */
export function seated(setup: Setup, role: RoleCode, entity: string | null = null): Actor {
  const seat: HeldSeat = { role, programme: setup.programme.code, entity, sector: null };
  return { kind: "user", userId: 1, name: role, seats: [seat] };
}

interface Received {
  /** By how many cases they were given that are not confidential, the busiest first. */
  readonly entities: readonly string[];
  /** Of the busiest entity, a case that is not confidential. */
  readonly reference: string;
}

/** Has applications received and tells of them. */
export async function receiveSome(office: BenchOffice): Promise<Received> {
  await receiveAll(office, received);
  const { rows } = await office.owner.query<{ entity: string; reference: string }>(
    `select entity, min(reference) as reference from cases where entity is not null and not confidential
      group by entity order by count(*) desc, entity`,
  );
  const [busiest] = rows;
  if (busiest === undefined) throw new Error("no case was given to an entity");
  return { entities: rows.map(({ entity }) => entity), reference: busiest.reference };
}

export interface BothSizes {
  readonly few: CopiedOffice;
  readonly many: CopiedOffice;
  readonly setUpSeconds: number;
}

/** Two databases of what was received, each filled to its size. The office itself is shut afterwards. */
export async function bothSizes(
  office: BenchOffice,
  fill: (copy: CopiedOffice, size: number) => Promise<void>,
  sizes: { readonly few: number; readonly many: number } = { few: small, many: large },
): Promise<BothSizes> {
  const copies = await office.copyTo(["few", "many"]);
  const began = performance.now();
  await fill(copies.few, sizes.few);
  await fill(copies.many, sizes.many);
  return { ...copies, setUpSeconds: Math.round((performance.now() - began) / 1000) };
}

export interface Cloning {
  /** `select` of the templates, numbered by `n` from 0 on. */
  readonly templates: string;
  /** `select` of a row a case: id, from_id, shift, and what `copied` asks for as `k`. */
  readonly clones: string;
  readonly copied: Readonly<
    Record<string, { readonly change?: Readonly<Record<string, string>>; readonly where?: string }>
  >;
  /** Indexes that are quicker made anew than kept. */
  readonly indexes?: readonly string[];
}

/** Over two years up to the moment that is asked about; `g` is the number of the case. */
export const spread = "(g * 7919::bigint % 17520 - 17519) * interval '1 hour' + interval '20 hours'";

/** Copies cases in SQL, vacuumed and analysed; what was received to copy from stays. */
export async function cloneCases(owner: pg.Client, a: Cloning): Promise<void> {
  await owner.query(`create temp table templates as ${a.templates};
    create temp table clones as ${a.clones};
    analyze clones;
    set session_replication_role = replica`);
  const { rows } = await owner.query<{ name: string; made: string }>(
    "select indexname as name, indexdef as made from pg_indexes where indexname = any($1)",
    [a.indexes ?? []],
  );
  for (const { name } of rows) await owner.query(`drop index ${name}`);
  for (const [table, options] of Object.entries(a.copied)) await owner.query(cloneStatement(table, options));
  for (const { made } of rows) await owner.query(made);
  await owner.query("drop table clones; drop table templates");
}

/** As a database is that has been in use: what was written is settled. */
export async function settle(owner: pg.Client): Promise<void> {
  await owner.query("vacuum (analyze)");
  await owner.query("checkpoint");
}

export interface Compared {
  readonly ratio: number;
  /** Medians, in milliseconds. */
  readonly few: number;
  readonly many: number;
  /** The quickest and the slowest among many. */
  readonly least: number;
  readonly most: number;
}

const rounded = (figure: number, digits = 1): number => Number(figure.toFixed(digits));

/**
 * Asks both sides the same, in turns, since whoever comes second finds the processor warm. The ratio is that of medians.
 * @param a.check that both answers are right; throws
 * @param a.took the milliseconds that count, where an answer tells them; left out: those until it was there
 */
export async function compared<Answer>(a: {
  few: (round: number) => Promise<Answer>;
  many: (round: number) => Promise<Answer>;
  check: (few: Answer, many: Answer) => void;
  took?: (answer: Answer) => number;
}): Promise<Compared> {
  const took: { few: number[]; many: number[] } = { few: [], many: [] };
  for (let round = 0; round < rounds; round++) {
    const timed = async (side: "few" | "many"): Promise<Answer> => {
      const began = performance.now();
      const answer = await a[side](round);
      const milliseconds = performance.now() - began;
      if (round >= warmUp) took[side].push(a.took?.(answer) ?? milliseconds);
      return answer;
    };
    const fewFirst = round % 2 === 0;
    const first = await timed(fewFirst ? "few" : "many");
    const second = await timed(fewFirst ? "many" : "few");
    if (fewFirst) a.check(first, second);
    else a.check(second, first);
  }
  const [few, many] = [median(took.few), median(took.many)];
  return {
    ratio: rounded(many / few, 2),
    few: rounded(few),
    many: rounded(many),
    least: rounded(Math.min(...took.many)),
    most: rounded(Math.max(...took.many)),
  };
}
