/**
 * Statements with their values in place: `` query(db, sql`select … where id = ${id}`, transaction) ``. For what models cannot
 * ask, or could only ask a row at a time. How one writes them: README.md.
 */
import { createHash } from "node:crypto";
import type { Sequelize, Transaction } from "sequelize";
import { Sql } from "sql-template-tag";
import { type Connection, connectionOf, withConnection } from "./connections.js";

export type Database = Sequelize;

/** A statement as the driver takes it; under a name it is prepared. */
interface Asked {
  readonly name?: string;
  readonly text: string;
  readonly values: unknown[];
}

/** As `parameter` makes it. */
class Parameter {
  constructor(readonly value: unknown) {}
}

/**
 * A value that is one parameter of its statement wherever it stands. Left to itself, each `${}` is a parameter of its own,
 * whose type the server works out from that place alone: a list of thousands would be sent as often, and what stands in a
 * column and in `group by` would not be the same.
 */
export const parameter = (value: unknown): object => new Parameter(value);

class Placeholder {
  constructor(readonly name: string) {}
}

/** Names that stand for values in a statement that is too long to be put together for each question: `filled` gives them. */
export const placeholders = <Values extends object>(): { readonly [Name in keyof Values]-?: object } =>
  new Proxy({} as { readonly [Name in keyof Values]-?: object }, {
    get: (_, name) => new Placeholder(String(name)),
  });

/** The statement with a value for each of its placeholders; a name is one parameter wherever it stands. */
export function filled<Values extends object>(statement: Sql, values: Values): Sql {
  const named = new Map(Object.entries(values).map(([name, value]) => [name, parameter(value)]));
  function filling(value: unknown): unknown {
    if (!(value instanceof Placeholder)) return value;
    if (!named.has(value.name)) throw new Error(`no value for ${value.name}`);
    return named.get(value.name);
  }
  return new Sql(statement.strings, statement.values.map(filling));
}

/** The text as the server reads it, with `$1`, `$2`, …, and a value for each of these. */
export function textAndValues(statement: Sql): Asked {
  const numbers = new Map<Parameter, number>();
  const values: unknown[] = [];
  function numberOf(value: unknown): number {
    if (!(value instanceof Parameter)) return values.push(value);
    const number = numbers.get(value) ?? values.push(value.value);
    numbers.set(value, number);
    return number;
  }
  const [beginning = "", ...others] = statement.strings;
  const text = others.reduce((before, next, at) => `${before}$${numberOf(statement.values[at])}${next}`, beginning);
  return { text, values };
}

/** Each connection keeps what is prepared on it: what is beyond is planned each time. */
const maxPrepared = 1000;
const prepared = new Map<string, string>();

/** By which the server knows the text; the same in every process. */
function nameOf(text: string): { readonly name?: string } {
  const known = prepared.get(text);
  if (known !== undefined) return { name: known };
  if (prepared.size === maxPrepared) return {};
  const name = createHash("sha256").update(text).digest("base64url");
  prepared.set(text, name);
  return { name };
}

const ask = (db: Database, asked: Asked, transaction: Transaction | undefined) => {
  const on = async (connection: Connection) => (await connection.query(asked)).rows;
  return transaction === undefined ? withConnection(db, on) : on(connectionOf(transaction));
};

/**
 * Rows of a statement that the server parses once a connection, inside `transaction` or in one of its own. Its text may depend
 * on a few things; one that differs without bound is for `queryUnprepared`. Errors are the driver's (with `code`).
 */
export async function query<Row>(db: Database, statement: Sql, transaction?: Transaction): Promise<Row[]> {
  const asked = textAndValues(statement);
  return ask(db, { ...asked, ...nameOf(asked.text) }, transaction);
}

/** As `query`, for a text that depends on what somebody looks for: planned each time, and kept by no connection. */
export async function queryUnprepared<Row>(db: Database, statement: Sql, transaction?: Transaction): Promise<Row[]> {
  return ask(db, textAndValues(statement), transaction);
}
