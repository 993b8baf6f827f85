/** The audit of changes as a list, inside the programmes that the asker may read of. */
import type { Bilingual } from "../../engine/text/text.js";
import { type Database, query, type Statement } from "../../platform/db/query.js";

export interface ListedAudit {
  /** `users-12`. */
  readonly id: string;
  readonly stream: string;
  readonly seq: number;
  readonly at: Date;
  readonly type: string;
  readonly actor: Readonly<Record<string, unknown>>;
  readonly data: Readonly<Record<string, unknown>>;
  /** Name of the person it tells of (`userId`), where there is one. */
  readonly person: string | null;
  /** What the version that it tells of calls itself, where its definition has a name for people. */
  readonly called: Bilingual | null;
}

export interface AuditFilter {
  readonly streams?: readonly string[];
  readonly types?: readonly string[];
  /** None of these. */
  readonly except?: readonly string[];
  /** Part of the name of whoever acted. */
  readonly who?: string;
  readonly from?: Date;
  /** Inclusive. */
  readonly to?: Date;
  readonly id?: { readonly stream: string; readonly seq: number };
}

const contains = (text: string): string => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

const conditions: readonly {
  readonly name: keyof AuditFilter;
  readonly sql: (parameter: string) => string;
  readonly value: (filter: AuditFilter) => unknown;
}[] = [
  { name: "streams", sql: (p) => `e.stream = any(${p}::text[])`, value: (f) => f.streams },
  { name: "types", sql: (p) => `e.type = any(${p}::text[])`, value: (f) => f.types },
  { name: "except", sql: (p) => `e.type <> all(${p}::text[])`, value: (f) => f.except },
  {
    name: "who",
    sql: (p) => `substring(e.actor from '"(?:name|job)":"([^"]*)"') ilike ${p}`,
    value: (f) => contains(f.who ?? ""),
  },
  { name: "from", sql: (p) => `e.at >= ${p}`, value: (f) => f.from },
  { name: "to", sql: (p) => `e.at <= ${p}`, value: (f) => f.to },
  {
    name: "id",
    sql: (p) => `(e.stream, e.seq) = ((${p}::jsonb)->>'stream', ((${p}::jsonb)->>'seq')::integer)`,
    value: (f) => JSON.stringify(f.id),
  },
];

// Read from the canonical text, not as JSON: a row that somebody wrote past us must not keep the others from being shown.
const textAt = (name: string): string => `substring(e.data from '"${name}":"([^"]*)"')`;
const programmeOf = textAt("programme");
const personOf = `substring(e.data from '"userId":([0-9]{1,9})[,}]')::integer`;

/** The version is found by its key, the draft by its number; only of changes of policy anything is looked up. */
const calledOf = `case when e.type like 'configuration.%' then coalesce((
  select v.definition->'name' from configuration_versions v
  where v.programme = ${programmeOf} and v.kind = ${textAt("kind")} and v.name = ${textAt("name")}
    and v.version = substring(e.data from '"version":([0-9]{1,9})[,}]')::integer), (
  select c.definition->'name' from policy_changes c
  where c.draft_id = substring(e.data from '"draftId":([0-9]{1,9})[,}]')::integer limit 1)) end`;

/**
 * Of a programme: for that programme. Of an account: for the programme that made it, and those in which it has, or had, a
 * seat. Of neither (jobs): the same for all.
 */
const inReach = (p: string): string => `case
  when ${programmeOf} is not null then ${programmeOf} = any(${p}::text[])
  when ${personOf} is not null then exists (select 1 from users o where o.id = ${personOf} and o.programme = any(${p}::text[]))
    or exists (select 1 from seat_holders h join seats s on s.id = h.seat_id
      where h.user_id = ${personOf} and s.programme = any(${p}::text[]))
  else true end`;

function where(filter: AuditFilter): { name: string; sql: string; values: unknown[] } {
  const asked = conditions.filter(({ name }) => filter[name] !== undefined);
  return {
    name: asked.map(({ name }) => name).join("-"),
    sql: [inReach("$1"), ...asked.map(({ sql }, i) => sql(`$${i + 2}`))].join(" and "),
    values: asked.map(({ value }) => value(filter)),
  };
}

interface AuditRow {
  stream: string;
  seq: number;
  at: Date;
  type: string;
  actor: string;
  data: string;
  person: string | null;
  called: unknown;
}

/** A name in both languages; a set of rules or a calendar may have none, or one text alone. */
function inBoth(name: unknown): Bilingual | null {
  const { ar, en } = (typeof name === "object" && name !== null ? name : {}) as Partial<Bilingual>;
  return typeof ar === "string" && typeof en === "string" ? { ar, en } : null;
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Newest first. */
export async function pageOfAudit(
  db: Database,
  a: { programmes: readonly string[]; filter: AuditFilter; offset: number; limit: number },
): Promise<ListedAudit[]> {
  const { name, sql, values } = where(a.filter);
  const n = values.length + 1;
  const statement: Statement = {
    name: `audit-page-${name}`,
    text: `select e.stream, e.seq, e.at, e.type, e.actor, e.data, u.name as person, ${calledOf} as called from audit_events e
left join users u on u.id = ${personOf}
where ${sql} order by e.at desc, e.stream, e.seq desc offset $${n + 1} limit $${n + 2}`,
  };
  const rows = await query<AuditRow>(db, statement, [a.programmes, ...values, a.offset, a.limit]);
  return rows.map((row) => ({
    ...row,
    id: `${row.stream}-${row.seq}`,
    actor: parsed(row.actor),
    data: parsed(row.data),
    called: inBoth(row.called),
  }));
}

const mostCounted = 10_000;

/** `more`: there are more than `total`. */
export async function countAudit(
  db: Database,
  a: { programmes: readonly string[]; filter: AuditFilter },
): Promise<{ total: number; more: boolean }> {
  const { name, sql, values } = where(a.filter);
  const statement: Statement = {
    name: `audit-count-${name}`,
    text: `select count(*)::integer as n from (select 1 from audit_events e where ${sql} limit ${mostCounted + 1}) x`,
  };
  const n = (await query<{ n: number }>(db, statement, [a.programmes, ...values]))[0]?.n ?? 0;
  return { total: Math.min(n, mostCounted), more: n > mostCounted };
}
