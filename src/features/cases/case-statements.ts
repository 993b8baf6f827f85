/** The statements of the case store, built from one list of columns a table. */

import type { Statement } from "../../platform/db/query.js";
import { pinnedWording } from "../../platform/mail/pinned-wording.js";
import { type Columns, caseColumns, changingCase, changingClockColumns, tables } from "./stored-columns.js";

const jsonTypes: Readonly<Record<string, string>> = { hex: "text", texts: "text[]" };

const names = (columns: Columns): string => Object.keys(columns).join(", ");
const record = (columns: Columns): string =>
  Object.entries(columns)
    .map(([name, type]) => `${name} ${jsonTypes[type] ?? type}`)
    .join(", ");
const selected = (columns: Columns): string =>
  Object.entries(columns)
    .map(([name, type]) => (type === "hex" ? `decode(r.${name}, 'hex')` : `r.${name}`))
    .join(", ");

/** `insert` of a JSON array, only when `gate` has a row. */
function insert(table: keyof typeof tables | "cases", columns: Columns, parameter: number, gate: string): string {
  const extra =
    table === "messages"
      ? { column: ", next_attempt_at, wording_id", value: `, r.created_at, ${pinnedWording}` }
      : { column: "", value: "" };
  return `insert into ${table} (${names(columns)}${extra.column})
  select ${selected(columns)}${extra.value} from ${gate}, jsonb_to_recordset($${parameter}::jsonb) as r(${record(columns)})`;
}

/** Files that an outcome takes along, by the owner who staged them; as they travel in JSON. */
const takenAlong = { id: "text", owner: "text", case_id: "bigint", seq: "integer" };

/**
 * The staged files of a JSON array, locked: the second to come waits here and then does not find them any more. And
 * their binding, once `gate` is open.
 */
const files = (parameter: number) => `files as (
  select t.id, r.case_id, r.seq from jsonb_to_recordset($${parameter}::jsonb) as r(${record(takenAlong)})
  join attachments t on t.id = r.id and t.owner = r.owner where t.case_id is null for update of t)`;
const bind = `b as (update attachments t set case_id = f.case_id, event_seq = f.seq
  from files f, gate where t.id = f.id)`;
const allThere = (parameter: number): string =>
  `(select count(*) from files) = jsonb_array_length($${parameter}::jsonb)`;

const clockChanges = changingClockColumns.map((column) => `${column} = excluded.${column}`).join(", ");

/**
 * $1 revision, $2 cases, $3 events, $4 clocks, $5 decisions, $6 enforcements, $7 messages, $8 applications,
 * $9 applicants, $10 idempotency keys, $11 what cases are found by, $12 files taken along. Writes nothing unless the
 * configuration is at the revision and every file is still to be had.
 */
export const caseInsert: Statement = {
  name: "insert-cases",
  text: `with ${files(12)},
gate as (select 1 from configuration_revision where revision = $1 and ${allThere(12)}),
a as (${insert("applications", tables.applications, 8, "gate")}),
p as (${insert("applicants", tables.applicants, 9, "gate")}),
c as (${insert("cases", caseColumns, 2, "gate")} returning id),
e as (${insert("case_events", tables.case_events, 3, "gate")}),
k as (${insert("clocks", tables.clocks, 4, "gate")}),
d as (${insert("decisions", tables.decisions, 5, "gate")}),
f as (${insert("enforcements", tables.enforcements, 6, "gate")}),
m as (${insert("messages", tables.messages, 7, "gate")}),
i as (${insert("idempotency_keys", tables.idempotency_keys, 10, "gate")}),
t as (${insert("case_texts", tables.case_texts, 11, "gate")}),
${bind}
select count(*)::integer as written from c`,
};

/**
 * Bytes of what a case is found by. PostgreSQL takes no longer vector than a megabyte, and an act must never fail because
 * the case could not be found by one word more: what is said later than that is not searched.
 */
const maxFoundBy = 400_000;

const changesOf = (columns: Columns): string =>
  Object.keys(columns)
    .filter((name) => name !== "id")
    .map((name) => `${name} = r.${name}`)
    .join(", ");
const { escalation_steps: _steps, ...changingOften } = changingCase;

/** `from` gives rows `r` of what cases are found by from now on, `where` says whose they are. */
const textsChanged = (from: string, where: string): string => `update case_texts t
  set lexemes = case when r.places is null then t.lexemes else ts_filter(t.lexemes, '{a}') || r.places end
    || case when octet_length(tsvectorsend(t.lexemes)) + octet_length(tsvectorsend(r.words)) < ${maxFoundBy}
      then r.words else ''::tsvector end
  from ${from} as r(case_id bigint, words tsvector, places tsvector)
  where t.case_id = ${where}`;

/** Kinds of rows that an outcome may bring besides its case and its events. */
export const rowParts = ["clocks", "decisions", "enforcements", "messages"] as const;

/**
 * What an update may write besides cases and events, one value each. `texts`: what cases are found by, words to add, and
 * the places in the place of those before (null: they stay). `files`: taken along. `key`: of an act on one case; what its
 * owner was writing for the act is sent now, so the draft goes with it.
 */
export type UpdatePart = (typeof rowParts)[number] | "texts" | "files" | "key";

/**
 * How cases are held between their reading and their writing. `locked`: by the transaction. `optimistic`: not at all; one
 * case, and nothing is written unless its row and the configuration are still those that were read.
 */
export type Hold = "optimistic" | "locked";

const onConflict: { readonly [Part in UpdatePart]?: string } = {
  clocks: `on conflict (case_id, cycle, target) do update set ${clockChanges}`,
  messages: "on conflict (key) do nothing",
};

const rowsOf =
  (part: (typeof rowParts)[number]) =>
  (at: number): string =>
    `${part} as (${insert(part, tables[part], at, "gate")} ${onConflict[part] ?? ""})`;

/** How a part is written from value number `at`. */
const writing: { readonly [Part in UpdatePart]: (at: number, hold: Hold) => string } = {
  clocks: rowsOf("clocks"),
  decisions: rowsOf("decisions"),
  enforcements: rowsOf("enforcements"),
  messages: rowsOf("messages"),
  texts: (at, hold) =>
    hold === "locked"
      ? `x as (${textsChanged(`jsonb_to_recordset($${at}::jsonb)`, "r.case_id")})`
      : `x as (${textsChanged(`jsonb_to_record($${at}::jsonb)`, "(select id from c)")})`,
  files: (at) => `${files(at)},\n${bind}`,
  key: (
    at,
  ) => `a as (select * from c, jsonb_to_record($${at}::jsonb) as r(user_id integer, key text, action text, at timestamptz)),
i as (insert into case_acts (user_id, key, case_id, action, at) select user_id, key, id, action, at from a),
g as (delete from case_drafts t using a where t.user_id = a.user_id and t.case_id = a.id and t.action = a.action)`,
};

/** Where the cases come from, and which of them are written. */
const heldBy = {
  locked: { from: "jsonb_to_recordset($1::jsonb)", unless: "", first: 3 },
  // As a record: of a set of rows the server expects a hundred, and goes through the whole table for them where that looks
  // cheaper than a hundred looks into an index.
  optimistic: {
    from: "jsonb_to_record($1::jsonb)",
    unless: ` and t.xmin = $3::xid
    and exists (select from configuration_revision where revision = $4)`,
    first: 5,
  },
} satisfies Record<Hold, unknown>;

const updates = new Map<string, Statement>();

/**
 * What acts and time did to cases. $1 the cases (`optimistic`: the one), $2 their events, for `optimistic` $3 the version
 * of the row and $4 the revision, then a value for each of `parts`: most outcomes bring few of them, and a statement for
 * each set of parts spares the server the others. Rows: `written`, and `bound`, whether all files were still to be had.
 * @param a.steps whether steps of escalation may be others than before: they are half of the row, and few acts change them
 */
export function caseUpdate(hold: Hold, a: { steps: boolean; parts: readonly UpdatePart[] }): Statement {
  const { steps, parts } = a;
  // The driver warns of names beyond 63 letters.
  const name = `update-${hold}${steps ? "-steps" : ""}-${parts.map((part) => part.slice(0, 3)).join("")}`;
  const known = updates.get(name);
  if (known !== undefined) return known;
  const columns = steps ? changingCase : changingOften;
  const { from, unless, first } = heldBy[hold];
  const filesAt = parts.indexOf("files");
  const text = `with c as (update cases t set ${changesOf(columns)}
  from ${from} as r(${record({ ...columns, previous_seq: "integer" })})
  where t.id = r.id and t.last_seq = r.previous_seq${unless} returning t.id),
gate as (select from c limit 1),
${[`e as (${insert("case_events", tables.case_events, 2, "gate")})`, ...parts.map((part, i) => writing[part](first + i, hold))].join(",\n")}
select count(*)::integer as written, ${filesAt === -1 ? "true" : allThere(first + filesAt)} as bound from c`;
  const statement = { name, text };
  updates.set(name, statement);
  return statement;
}
