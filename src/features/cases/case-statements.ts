/** The statements of the case store, built from one list of columns a table. */

import type { Statement } from "../../platform/db/query.js";
import { pinnedWording } from "../../platform/mail/pinned-wording.js";

/** Column → type as it travels in JSON; `hex` becomes bytea, `texts` an array. */
type Columns = Readonly<Record<string, string>>;

const caseColumns: Columns = {
  id: "bigint",
  programme: "text",
  reference: "text",
  code_hash: "hex",
  code_reference: "text",
  split_from: "bigint",
  type: "text",
  channel: "text",
  workflow_version_id: "integer",
  state: "text",
  state_kind: "text",
  state_since: "timestamptz",
  turn_since: "timestamptz",
  pillar: "text",
  importance: "text",
  sector: "text",
  entity: "text",
  assignee: "integer",
  confidential: "boolean",
  imported: "boolean",
  cycle: "integer",
  last_seq: "integer",
  last_hash: "text",
  escalation_steps: "jsonb",
  escalation_level: "integer",
  next_due_at: "timestamptz",
  due_at: "timestamptz",
  received_at: "timestamptz",
  assigned_at: "timestamptz",
  last_official_action_at: "timestamptz",
  reminded_at: "timestamptz",
  first_response_at: "timestamptz",
  first_resolved_at: "timestamptz",
  resolved_at: "timestamptz",
  resolution_working_seconds: "bigint",
  closed_at: "timestamptz",
  withdrawn_at: "timestamptz",
  withdrawn_by: "integer",
  closing_reason: "text",
  rejected_at: "timestamptz",
  duplicate_of: "bigint",
  transfer_count: "integer",
  reopen_count: "integer",
  first_reopened_at: "timestamptz",
  rating: "smallint",
  rating_scales: "jsonb",
  rated_at: "timestamptz",
  rating_invited_at: "timestamptz",
  answered_by: "integer",
};

/** Set once, when the case is opened. */
const fixedCaseColumns = new Set([
  "id",
  "programme",
  "reference",
  "code_hash",
  "code_reference",
  "split_from",
  "type",
  "channel",
  "imported",
  "received_at",
]);

const tables = {
  case_events: {
    case_id: "bigint",
    seq: "integer",
    at: "timestamptz",
    type: "text",
    actor: "text",
    data: "text",
    previous_hash: "text",
    hash: "text",
  },
  clocks: {
    case_id: "bigint",
    cycle: "integer",
    target: "text",
    calendar_version_id: "integer",
    budget: "jsonb",
    started_at: "timestamptz",
    consumed_seconds: "bigint",
    running_since: "timestamptz",
    paused_at: "timestamptz",
    due_at: "timestamptz",
    paused_seconds: "bigint",
    met_at: "timestamptz",
    breached_at: "timestamptz",
    cancelled_at: "timestamptz",
  },
  decisions: {
    case_id: "bigint",
    number: "integer",
    cycle: "integer",
    rule_set: "text",
    version_id: "integer",
    at: "timestamptz",
    rule_ids: "texts",
    outcome: "jsonb",
    facts: "jsonb",
    faults: "jsonb",
  },
  enforcements: {
    case_id: "bigint",
    cycle: "integer",
    rule_id: "text",
    level: "integer",
    kind: "text",
    due_at: "timestamptz",
    at: "timestamptz",
  },
  messages: {
    key: "text",
    case_id: "bigint",
    programme: "text",
    template: "text",
    receiver_user: "integer",
    receiver_case: "bigint",
    language: "text",
    data: "jsonb",
    created_at: "timestamptz",
    state: "text",
    last_error: "text",
  },
  applications: {
    id: "bigint",
    programme: "text",
    type: "text",
    channel: "text",
    language: "text",
    subject: "text",
    description: "text",
    sector: "text",
    entity: "text",
    service: "text",
    governorate: "text",
    pillar: "text",
    importance: "text",
    category: "text",
    anonymous: "boolean",
    fields: "jsonb",
    received_at: "timestamptz",
    imported: "boolean",
    source_id: "text",
  },
  applicants: {
    case_id: "bigint",
    name: "text",
    national_number: "text",
    phone: "text",
    email: "text",
    name_words: "tsvector",
  },
  case_texts: { case_id: "bigint", lexemes: "tsvector" },
  idempotency_keys: {
    channel_key_id: "integer",
    key_hash: "hex",
    request_hash: "hex",
    case_id: "bigint",
    answer: "jsonb",
    locked_code: "hex",
    created_at: "timestamptz",
  },
} satisfies Record<string, Columns>;

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
 * The staged files of a JSON array, locked: whoever comes second waits here and then does not find them any more. And
 * their binding, once `gate` is open.
 */
const files = (parameter: number) => `files as (
  select t.id, r.case_id, r.seq from jsonb_to_recordset($${parameter}::jsonb) as r(${record(takenAlong)})
  join attachments t on t.id = r.id and t.owner = r.owner where t.case_id is null for update of t)`;
const bind = `b as (update attachments t set case_id = f.case_id, event_seq = f.seq
  from files f, gate where t.id = f.id)`;
const allThere = (parameter: number): string =>
  `(select count(*) from files) = jsonb_array_length($${parameter}::jsonb)`;

const clockKey = new Set(["case_id", "cycle", "target"]);
/** What acts and time change of a clock. */
export const changingClockColumns = Object.keys(tables.clocks).filter((column) => !clockKey.has(column));
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
const mostFoundBy = 400_000;

/** What acts and time change of a case's row. */
export const changingCaseColumns = Object.keys(caseColumns).filter((name) => !fixedCaseColumns.has(name));

const changing = Object.fromEntries(
  Object.entries(caseColumns).filter(([name]) => name === "id" || !fixedCaseColumns.has(name)),
);

const changesOf = (columns: Columns): string =>
  Object.keys(columns)
    .filter((name) => name !== "id")
    .map((name) => `${name} = r.${name}`)
    .join(", ");
const caseChanges = changesOf(changing);
const { escalation_steps: _steps, ...changingOften } = changing;

/** `from` gives rows `r` of what cases are found by from now on, `where` says whose they are. */
const textsChanged = (from: string, where: string): string => `update case_texts t
  set lexemes = case when r.places is null then t.lexemes else ts_filter(t.lexemes, '{a}') || r.places end
    || case when octet_length(tsvectorsend(t.lexemes)) + octet_length(tsvectorsend(r.words)) < ${mostFoundBy}
      then r.words else ''::tsvector end
  from ${from} as r(case_id bigint, words tsvector, places tsvector)
  where t.case_id = ${where}`;

/**
 * $1 cases, $2 events, $3 clocks, $4 decisions, $5 enforcements, $6 messages, $7 what cases are found by: words to add, and
 * the places in the place of those before (null: they stay), $8 files taken along, which were locked before.
 */
export const caseUpdate: Statement = {
  name: "update-cases",
  text: `with gate as (select 1),
c as (update cases t set ${caseChanges}
  from jsonb_to_recordset($1::jsonb) as r(${record({ ...changing, previous_seq: "integer" })})
  where t.id = r.id and t.last_seq = r.previous_seq returning t.id),
e as (${insert("case_events", tables.case_events, 2, "gate")}),
k as (${insert("clocks", tables.clocks, 3, "gate")}
  on conflict (case_id, cycle, target) do update set ${clockChanges}),
d as (${insert("decisions", tables.decisions, 4, "gate")}),
f as (${insert("enforcements", tables.enforcements, 5, "gate")}),
m as (${insert("messages", tables.messages, 6, "gate")}
  on conflict (key) do nothing),
x as (${textsChanged("jsonb_to_recordset($7::jsonb)", "r.case_id")}),
${files(8)},
${bind}
select count(*)::integer as written, ${allThere(8)} as bound from c`,
};

/** Rows that an act may bring besides its case and its events. */
export const loneParts = ["clocks", "decisions", "enforcements", "messages"] as const;
export type LonePart = (typeof loneParts)[number] | "steps" | "texts" | "key";

const onConflict: Partial<Record<LonePart, string>> = {
  clocks: `on conflict (case_id, cycle, target) do update set ${clockChanges}`,
  messages: "on conflict (key) do nothing",
};

/**
 * An act on one case that nobody holds: everything hangs on the case's own row, which must be the version that was read,
 * under the configuration that decided. $1 the case, $2 events, $3 version, $4 revision, then of each of `parts` the rows:
 * `texts` one, as in `caseUpdate`; `key` takes four values, the user, the key, the action and the moment. What the key's
 * owner was writing for the act is sent now: the draft goes with it. `steps`, which takes none, says that the case has other
 * steps of escalation than before: they are half of the row, and few acts change them.
 *
 * The case and its texts travel as records: of a set of rows the server expects a hundred, and goes through the whole
 * table for them where that looks cheaper than a hundred looks into an index.
 */
export function loneUpdate(parts: readonly LonePart[]): Statement {
  const columns = parts.includes("steps") ? changing : changingOften;
  const tails = parts
    .filter((part) => part !== "steps")
    .map((part, i) => {
      const at = 5 + i;
      if (part === "key") {
        return `a as (insert into case_acts (user_id, key, case_id, action, at) select $${at}::integer, $${at + 1}::text, c.id, $${at + 2}::text, $${at + 3}::timestamptz from c),
g as (delete from case_drafts t using c where t.user_id = $${at} and t.case_id = c.id and t.action = $${at + 2})`;
      }
      if (part === "texts") {
        return `x as (${textsChanged(`jsonb_to_record($${at}::jsonb)`, "(select id from c)")})`;
      }
      return `${part} as (${insert(part, tables[part], at, "c")} ${onConflict[part] ?? ""})`;
    });
  return {
    name: `act-alone-${parts.join("-")}`,
    text: `with c as (update cases t set ${changesOf(columns)}
  from jsonb_to_record($1::jsonb) as r(${record({ ...columns, previous_seq: "integer" })})
  where t.id = r.id and t.last_seq = r.previous_seq and t.xmin = $3::xid
    and exists (select from configuration_revision where revision = $4) returning t.id),
${[`e as (${insert("case_events", tables.case_events, 2, "c")})`, ...tails].join(",\n")}
select count(*)::integer as written from c`,
  };
}

/** Column types a table, for whoever writes the same rows another way (the intake benchmark). */
export const storedColumns: Readonly<Record<string, Columns>> = { ...tables, cases: caseColumns };
