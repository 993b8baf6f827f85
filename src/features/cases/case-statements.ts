/** The statements of the case store, built from one list of columns a table. */

import sql, { empty, join, raw, type Sql } from "sql-template-tag";
import { filled, placeholders } from "../../platform/db/query.js";
import { pinnedWording } from "../../platform/mail/pinned-wording.js";
import { type Columns, caseColumns, changingCase, changingClockColumns, tables } from "./stored-columns.js";

const jsonTypes: Readonly<Record<string, string>> = { hex: "text", texts: "text[]" };

const names = (columns: Columns): Sql => raw(Object.keys(columns).join(", "));
const record = (columns: Columns): Sql =>
  raw(
    Object.entries(columns)
      .map(([name, type]) => `${name} ${jsonTypes[type] ?? type}`)
      .join(", "),
  );
const selected = (columns: Columns): Sql =>
  raw(
    Object.entries(columns)
      .map(([name, type]) => (type === "hex" ? `decode(r.${name}, 'hex')` : `r.${name}`))
      .join(", "),
  );

/** `insert` of a JSON array, only when `gate` has a row. */
function insert(table: keyof typeof tables | "cases", rows: object): Sql {
  const columns: Columns = table === "cases" ? caseColumns : tables[table];
  const [column, value] =
    table === "messages"
      ? [
          sql`, next_attempt_at, held_at, wording_id, sent_at, delivered_at`,
          sql`, case when r.state <> 'held' then r.created_at end, case when r.state = 'held' then r.created_at end, ${pinnedWording},
    case when r.state = 'sent' then r.created_at end, case when r.state = 'sent' and r.way = 'sms' then r.created_at end`,
        ]
      : [empty, empty];
  return sql`insert into ${raw(table)} (${names(columns)}${column})
  select ${selected(columns)}${value} from gate, jsonb_to_recordset(${rows}::jsonb) as r(${record(columns)})`;
}

/** Files that an outcome takes along, by the owner who staged them; as they travel in JSON. */
const takenAlong = { id: "text", owner: "text", case_id: "bigint", seq: "integer" };

/**
 * The staged files of a JSON array, locked: the second to come waits here and then does not find them any more. And
 * their binding, once `gate` is open.
 */
const files = (rows: object): Sql => sql`files as (
  select t.id, r.case_id, r.seq from jsonb_to_recordset(${rows}::jsonb) as r(${record(takenAlong)})
  join attachments t on t.id = r.id and t.owner = r.owner where t.case_id is null for update of t)`;
const bind = sql`b as (update attachments t set case_id = f.case_id, event_seq = f.seq
  from files f, gate where t.id = f.id)`;
const allThere = (rows: object): Sql => sql`(select count(*) from files) = jsonb_array_length(${rows}::jsonb)`;

const clockChanges = raw(changingClockColumns.map((column) => `${column} = excluded.${column}`).join(", "));

/** JSON arrays of rows, but for the revision. */
export interface InsertValues {
  readonly revision: number;
  readonly cases: string;
  readonly events: string;
  readonly clocks: string;
  readonly decisions: string;
  readonly enforcements: string;
  readonly messages: string;
  readonly applications: string;
  readonly applicants: string;
  readonly keys: string;
  /** What cases are found by. */
  readonly texts: string;
  /** What is news of them: an order is, to who is asked. */
  readonly news: string;
  /** Taken along. */
  readonly files: string;
}

const inserted = placeholders<InsertValues>();
const insertOfAll = sql`with ${files(inserted.files)},
gate as (select 1 from configuration_revision where revision = ${inserted.revision} and ${allThere(inserted.files)}),
a as (${insert("applications", inserted.applications)}),
p as (${insert("applicants", inserted.applicants)}),
c as (${insert("cases", inserted.cases)} returning id),
e as (${insert("case_events", inserted.events)}),
k as (${insert("clocks", inserted.clocks)}),
d as (${insert("decisions", inserted.decisions)}),
f as (${insert("enforcements", inserted.enforcements)}),
m as (${insert("messages", inserted.messages)}),
i as (${insert("idempotency_keys", inserted.keys)}),
t as (${insert("case_texts", inserted.texts)}),
n as (${insert("case_news", inserted.news)}),
${bind}
select count(*)::integer as written from c`;

/** New cases. Writes nothing unless the configuration is at the revision and every file is still to be had. */
export const caseInsert = (values: InsertValues): Sql => filled(insertOfAll, values);

/**
 * Bytes of what a case is found by. PostgreSQL takes no longer vector than a megabyte, and an act must never fail because
 * the case could not be found by one word more: what is said later than that is not searched.
 */
const maxFoundBy = 400_000;

const changesOf = (columns: Columns): Sql =>
  raw(
    Object.keys(columns)
      .filter((name) => name !== "id")
      .map((name) => `${name} = r.${name}`)
      .join(", "),
  );
const { escalation_steps: _steps, ...changingOften } = changingCase;

/** `from` gives rows `r` of what cases are found by from now on, `where` says whose they are. */
const textsChanged = (from: Sql, where: Sql): Sql => sql`update case_texts t
  set lexemes = case when r.places is null then t.lexemes else ts_filter(t.lexemes, '{a}') || r.places end
    || case when octet_length(tsvectorsend(t.lexemes)) + octet_length(tsvectorsend(r.words)) < ${maxFoundBy}
      then r.words else ''::tsvector end
  from ${from} as r(case_id bigint, words tsvector, places tsvector)
  where t.case_id = ${where}`;

/** Kinds of rows that an outcome may bring besides its case and its events. */
const rowParts = ["clocks", "decisions", "enforcements", "messages", "case_news"] as const;

/** How many news say their kind; a person who has not looked for longer reads the case. */
const mostNews = "$[0 to 19]";

/**
 * What an update may write besides cases and events. `texts`: what cases are found by, words to add, and the places in the
 * place of those before (null: they stay). `files`: taken along. `key`: of an act on one case; what its owner was writing for
 * the act is sent now, so the draft goes with it.
 */
const updateParts = [...rowParts, "texts", "files", "key"] as const;
type UpdatePart = (typeof updateParts)[number];

/**
 * How cases are held between their reading and their writing. `locked`: by the transaction. `optimistic`: not at all; one
 * case, and nothing is written unless its row and the configuration are still those that were read.
 */
export type Hold = "optimistic" | "locked";

const onConflict: { readonly [Part in UpdatePart]?: Sql } = {
  clocks: sql`on conflict (case_id, cycle, target) do update set ${clockChanges}`,
  messages: sql`on conflict (key) do nothing`,
  // What all of the place share stays theirs until the case changes hands, which a trigger follows: an appeal against the holder of the case.
  case_news: sql`on conflict (case_id, user_id) do update
    set holder = case when case_news.holder is null then null else excluded.holder end, entity = excluded.entity, sector = excluded.sector,
    items = jsonb_path_query_array(excluded.items || case_news.items, ${raw(`'${mostNews}'`)}), last_seq = excluded.last_seq, at = excluded.at,
    seen = case when case_news.holder is null or excluded.holder is null then case_news.seen || excluded.seen else case_news.seen end`,
};

/** JSON: arrays of rows; where cases are written `optimistic`, one record for the case, its texts and the key. */
export interface UpdateValues extends Readonly<Partial<Record<UpdatePart, string | undefined>>> {
  readonly cases: string;
  readonly events: string;
  /** What was read, for `optimistic`: the version of the case's row, and the configuration's revision. */
  readonly version?: string;
  readonly revision?: number;
}

const changed = placeholders<UpdateValues>();

const rowsOf = (part: (typeof rowParts)[number]) => (): Sql =>
  sql`${raw(part)} as (${insert(part, changed[part])} ${onConflict[part] ?? empty})`;

/** How a part is written. */
const writing: { readonly [Part in UpdatePart]: (hold: Hold) => Sql } = {
  clocks: rowsOf("clocks"),
  decisions: rowsOf("decisions"),
  enforcements: rowsOf("enforcements"),
  messages: rowsOf("messages"),
  case_news: rowsOf("case_news"),
  texts: (hold) =>
    hold === "locked"
      ? sql`x as (${textsChanged(sql`jsonb_to_recordset(${changed.texts}::jsonb)`, sql`r.case_id`)})`
      : sql`x as (${textsChanged(sql`jsonb_to_record(${changed.texts}::jsonb)`, sql`(select id from c)`)})`,
  files: () => sql`${files(changed.files)},\n${bind}`,
  key: () => sql`a as (
  select * from c, jsonb_to_record(${changed.key}::jsonb) as r(user_id integer, key text, action text, at timestamptz)),
i as (insert into case_acts (user_id, key, case_id, action, at) select user_id, key, id, action, at from a),
g as (delete from case_drafts t using a where t.user_id = a.user_id and t.case_id = a.id and t.action = a.action)`,
};

/** Where the cases come from, and which of them are written. */
const heldBy = {
  locked: { from: sql`jsonb_to_recordset(${changed.cases}::jsonb)`, unless: empty },
  // As a record: of a set of rows the server expects a hundred, and goes through the whole table for them where that looks
  // cheaper than a hundred looks into an index.
  optimistic: {
    from: sql`jsonb_to_record(${changed.cases}::jsonb)`,
    unless: sql`and t.xmin = ${changed.version}::xid
    and exists (select from configuration_revision where revision = ${changed.revision})`,
  },
} satisfies Record<Hold, unknown>;

function updateOf(hold: Hold, steps: boolean, parts: readonly UpdatePart[]): Sql {
  const columns = steps ? changingCase : changingOften;
  const { from, unless } = heldBy[hold];
  const written = [sql`e as (${insert("case_events", changed.events)})`, ...parts.map((part) => writing[part](hold))];
  return sql`with c as (update cases t set ${changesOf(columns)}
  from ${from} as r(${record({ ...columns, previous_seq: "integer" })})
  where t.id = r.id and t.last_seq = r.previous_seq ${unless} returning t.id),
gate as (select from c limit 1),
${join(written, ",\n")}
select count(*)::integer as written, ${parts.includes("files") ? allThere(changed.files) : sql`true`} as bound from c`;
}

const updates = new Map<string, Sql>();

/**
 * What acts and time did to cases (`optimistic`: to one), with what the outcomes bring: most bring few parts, and a statement
 * for each set of parts spares the server the others. Rows: `written`, and `bound`, whether all files were still to be had.
 * @param a.steps whether steps of escalation may be others than before: they are half of the row, and few acts change them
 */
export function caseUpdate(hold: Hold, a: { steps: boolean; values: UpdateValues }): Sql {
  const parts = updateParts.filter((part) => a.values[part] !== undefined);
  const key = [hold, a.steps, ...parts].join();
  const statement = updates.get(key) ?? updateOf(hold, a.steps, parts);
  updates.set(key, statement);
  return filled(statement, a.values);
}
