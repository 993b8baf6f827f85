/**
 * Past decisions by columns, a block of cases at a time. They are made of what is on record, ahead of whoever asks about many
 * cases: taking some facts of a million decisions out of their JSON costs more than all that is done with them. A block to which
 * a decision has been added since is no good any more, which is seen by counting along a key; it is made again.
 */
import {
  type Column,
  columnsOf,
  type DecisionColumns,
  type PastDecision,
  placesFor,
} from "../../../engine/replay/decision-columns.js";
import type { Facts } from "../../../engine/rules/fact-catalogue.js";
import { ruleSetNames } from "../../../engine/rules/rule-set.js";
import { type Database, query, type Statement } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";

/** Numbers of cases in a block. */
export const blockCases = 4096;
export const blockOf = (caseId: number): number => Math.floor(caseId / blockCases);
/** Numbers of its cases, half-open. */
export const rangeOf = (block: number): { from: number; to: number } => ({
  from: block * blockCases,
  to: (block + 1) * blockCases,
});

/** No names of facts: those hold letters, digits and points. */
const beside = { cases: "@case", cycles: "@cycle", versions: "@version" } as const;

/** Between the parts of a column or a decision, and between them; JSON writes them in another way. */
const [textMark, lineMark] = ["\x1d", "\x1e"];

/** Names of columns, where these facts are asked for. */
export const columnNames = (facts: readonly string[]): string[] => [...Object.values(beside), ...facts];

/** Places of parameters in a statement. */
export interface ColumnsAsked {
  readonly block: string;
  /** Numbers of its cases, half-open: of all of them, since what was laid down is held against their decisions. */
  readonly from: string;
  readonly to: string;
  readonly set: string;
  /** As `columnNames` gives them. */
  readonly names: string;
}

/** As one text; null where there is none, or where `good` does not hold for its row `b` in `decision_blocks`. */
const columnsWhere = ({ block, set, names }: Omit<ColumnsAsked, "from" | "to">, good: string): string =>
  `(select string_agg(x.name || E'\\x1d' || x.words || E'\\x1d' || coalesce(encode(x.places, 'hex'), ''), E'\\x1e')
    from decision_columns x where x.block = ${block} and x.rule_set = ${set} and x.name = any(${names})
      and (select ${good} from decision_blocks b where b.block = ${block}))`;

/**
 * As one text; null where the block was not laid down, or decisions have been added to it. It is good while it has as many
 * decisions as the record: of all rule sets, which is counted along a key, or else of this one, for which rows are looked at.
 */
export function columnsText({ from, to, ...asked }: ColumnsAsked): string {
  const onRecord = `(select count(*) from decisions n where n.case_id >= ${from} and n.case_id < ${to}`;
  const { set } = asked;
  const ofSet = `(b.by_set->>${set})::integer = ${onRecord} and n.rule_set = ${set})`;
  return columnsWhere(asked, `case when b.decisions = ${onRecord}) then true else ${ofSet} end`);
}

/** As `columnsText`, where somebody knows how many decisions the block has. */
export const columnsTextOf = (asked: Omit<ColumnsAsked, "from" | "to">, decisions: string): string =>
  columnsWhere(asked, `b.decisions = ${decisions}`);

function columnIn(words: readonly unknown[], hex: string): Column {
  if (hex === "") return { words, places: null };
  const bytes = Buffer.from(hex, "hex");
  const places = placesFor(words.length, bytes.length / placesFor(words.length, 0).BYTES_PER_ELEMENT);
  new Uint8Array(places.buffer).set(bytes);
  return { words, places };
}

/** What `columnsText` tells. */
export function columnsIn(text: string): DecisionColumns {
  const facts = new Map<string, Column>();
  for (const line of text.split(lineMark)) {
    const [name = "", words = "[]", hex = ""] = line.split(textMark);
    facts.set(name, columnIn(JSON.parse(words), hex));
  }
  const taken = (name: string): Column => {
    const column = facts.get(name) ?? { words: [], places: null };
    facts.delete(name);
    return column;
  };
  const cases = taken(beside.cases).words as number[];
  return { cases, cycles: taken(beside.cycles), versions: taken(beside.versions), facts };
}

/**
 * Decisions as they are on record, as one text; null: there is none.
 * @param facts what is told of the facts of `d`
 */
export const recordText = (
  { from, to, set }: Pick<ColumnsAsked, "from" | "to" | "set">,
  { where = "true", facts = "d.facts" } = {},
): string =>
  `(select string_agg(d.case_id || E'\\x1d' || d.cycle || E'\\x1d' || d.version_id || E'\\x1d' || (${facts})::text, E'\\x1e'
      order by d.case_id, d.number)
    from decisions d where d.case_id >= ${from} and d.case_id < ${to} and d.rule_set = ${set} and ${where})`;

/** What `recordText` tells. */
export function recordIn(text: string | null): PastDecision[] {
  return (text === null ? [] : text.split(lineMark)).map((line) => {
    const [caseId, cycle, version, facts = "{}"] = line.split(textMark);
    return {
      ...{ caseId: Number(caseId), cycle: Number(cycle), versionId: Number(version) },
      facts: JSON.parse(facts) as Facts,
    };
  });
}

/** Along a key, without a look at the decisions themselves. */
const toLayDown: Statement = {
  name: "blocks-to-lay-down",
  text: `select n.block::integer as block, n.decisions from
    (select d.case_id / ${blockCases} as block, count(*)::integer as decisions from decisions d group by 1) n
    left join decision_blocks b on b.block = n.block where b.decisions is distinct from n.decisions order by n.block limit $1`,
};

/** A block, and how many decisions it has. */
export interface BlockToLayDown {
  readonly block: number;
  readonly decisions: number;
}

/** Blocks that were not laid down yet, or to which decisions have been added; the first so many. */
export function blocksToLayDown(db: Database, most: number): Promise<BlockToLayDown[]> {
  return query(db, toLayDown, [most]);
}

const record: Statement = {
  name: "record-of-block",
  text: `select ${recordText({ from: "$1", to: "$2", set: "$3" })} as text`,
};
const layBlock: Statement = {
  name: "lay-block",
  text: `insert into decision_blocks (block, decisions, by_set) values ($1, $2, '{}')
    on conflict (block) do update set decisions = excluded.decisions, by_set = excluded.by_set`,
};
const laySet: Statement = {
  name: "lay-set",
  text: "update decision_blocks set by_set = by_set || jsonb_build_object($2::text, $3::integer) where block = $1",
};
const layColumns: Statement = {
  name: "lay-columns",
  text: `insert into decision_columns (block, rule_set, name, words, places)
    select $1, $2, x.name, x.words, x.places from unnest($3::text[], $4::text[], $5::bytea[]) x(name, words, places)
    on conflict (block, rule_set, name) do update set words = excluded.words, places = excluded.places`,
};

/** Low bytes first, as the machines do that this runs on. */
const bytesOf = ({ places }: Column): Buffer | null =>
  places === null ? null : Buffer.from(places.buffer, places.byteOffset, places.byteLength);

/** Lays a block down as it is on record. Done twice, or while a decision is added, it does no harm: it is found again then. */
export function layDown(db: Database, { block, decisions }: BlockToLayDown): Promise<void> {
  const { from, to } = rangeOf(block);
  return inTransaction(db, async (tx) => {
    await query(db, layBlock, [block, decisions], tx);
    for (const set of ruleSetNames) {
      const [row] = await query<{ text: string | null }>(db, record, [from, to, set], tx);
      const { cases, cycles, versions, facts } = columnsOf(recordIn(row?.text ?? null));
      const columns: [string, Column][] = [
        [beside.cases, { words: cases, places: null }],
        [beside.cycles, cycles],
        [beside.versions, versions],
        ...facts,
      ];
      const names = columns.map(([name]) => name);
      const words = columns.map(([, column]) => JSON.stringify(column.words));
      await query(db, layColumns, [block, set, names, words, columns.map(([, column]) => bytesOf(column))], tx);
      await query(db, laySet, [block, set, cases.length], tx);
    }
  });
}
