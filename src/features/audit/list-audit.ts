/** The audit of changes to read: who changed what, in words, inside the programmes that the reader answers for. */

import sql, { join, raw, type Sql } from "sql-template-tag";
import { type Actor, can } from "../../engine/access/permissions.js";
import { type AuditChange, auditChanges, auditSentence } from "../../engine/audit/audit-words.js";
import { systemName } from "../../engine/audit/system-names.js";
import { codesOf } from "../../engine/registry.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import { type Database, parameter, query, queryUnprepared } from "../../platform/db/query.js";

interface ListedAudit {
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

interface AuditFilter {
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

/** Only what is asked for stands in the statement, so that its index can be used. */
const conditions: {
  readonly [Name in keyof AuditFilter]-?: (asked: NonNullable<AuditFilter[Name]>) => Sql;
} = {
  streams: (streams) => sql`e.stream = any(${streams}::text[])`,
  types: (types) => sql`e.type = any(${types}::text[])`,
  except: (types) => sql`e.type <> all(${types}::text[])`,
  who: (name) => sql`substring(e.actor from '"(?:name|job)":"([^"]*)"') ilike ${contains(name)}`,
  from: (from) => sql`e.at >= ${from}`,
  to: (to) => sql`e.at <= ${to}`,
  id: ({ stream, seq }) => sql`(e.stream, e.seq) = (${stream}::text, ${seq}::integer)`,
};

// Read from the canonical text, not as JSON: a row that somebody wrote past us must not keep the others from being shown.
const textAt = (name: string): Sql => sql`substring(e.data from ${raw(`'"${name}":"([^"]*)"'`)})`;
const programmeOf = textAt("programme");
const personOf = sql`substring(e.data from '"userId":([0-9]{1,9})[,}]')::integer`;

/** The version is found by its key, the draft by its number; only of changes of policy anything is looked up. */
const calledOf = sql`case when e.type like 'configuration.%' then coalesce((
  select v.definition->'name' from configuration_versions v
  where v.programme = ${programmeOf} and v.kind = ${textAt("kind")} and v.name = ${textAt("name")}
    and v.version = substring(e.data from '"version":([0-9]{1,9})[,}]')::integer), (
  select c.definition->'name' from policy_changes c
  where c.draft_id = substring(e.data from '"draftId":([0-9]{1,9})[,}]')::integer limit 1)) end`;

/**
 * Of a programme: for that programme. Of an account: for the programme that made it, and those in which it has, or had, a
 * seat. Of neither (jobs): the same for all.
 */
function inReach(programmes: readonly string[]): Sql {
  const reached = parameter(programmes);
  return sql`case
  when ${programmeOf} is not null then ${programmeOf} = any(${reached}::text[])
  when ${personOf} is not null then exists (select 1 from users o where o.id = ${personOf} and o.programme = any(${reached}::text[]))
    or exists (select 1 from seat_holders h join seats s on s.id = h.seat_id
      where h.user_id = ${personOf} and s.programme = any(${reached}::text[]))
  else true end`;
}

/** What is in reach and asked for. */
function where(a: { programmes: readonly string[]; filter: AuditFilter }): Sql {
  const asked = codesOf(conditions).flatMap((name) => {
    const [condition, value] = [conditions[name] as (asked: unknown) => Sql, a.filter[name]];
    return value === undefined ? [] : [condition(value)];
  });
  return join([inReach(a.programmes), ...asked], " and ");
}

/** What nobody narrows is asked most. */
const asking = (filter: AuditFilter) =>
  Object.values(filter).some((value) => value !== undefined) ? queryUnprepared : query;

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
async function pageOfAudit(
  db: Database,
  a: { programmes: readonly string[]; filter: AuditFilter; offset: number; limit: number },
): Promise<ListedAudit[]> {
  const statement = sql`select e.stream, e.seq, e.at, e.type, e.actor, e.data, u.name as person, ${calledOf} as called
    from audit_events e left join users u on u.id = ${personOf}
    where ${where(a)} order by e.at desc, e.stream, e.seq desc offset ${a.offset} limit ${a.limit}`;
  const rows = await asking(a.filter)<AuditRow>(db, statement);
  return rows.map((row) => ({
    ...row,
    id: `${row.stream}-${row.seq}`,
    actor: parsed(row.actor),
    data: parsed(row.data),
    called: inBoth(row.called),
  }));
}

const maxCounted = 10_000;

/** `more`: there are more than `total`. */
async function countAudit(
  db: Database,
  a: { programmes: readonly string[]; filter: AuditFilter },
): Promise<{ total: number; more: boolean }> {
  const statement = sql`select count(*)::integer as n from (
    select 1 from audit_events e where ${where(a)} limit ${maxCounted + 1}) x`;
  const n = (await asking(a.filter)<{ n: number }>(db, statement))[0]?.n ?? 0;
  return { total: Math.min(n, maxCounted), more: n > maxCounted };
}

export interface AuditView {
  readonly id: string;
  readonly stream: string;
  readonly seq: number;
  readonly at: Date;
  readonly type: string;
  /** Name of the person, or of the part of the system, that did it. */
  readonly who: string;
  /** What that part of the system is called; null for people and for what has no name yet. */
  readonly part: Bilingual | null;
  readonly sentence: Bilingual;
  readonly changes: readonly AuditChange[];
  readonly reason: string | null;
  readonly programme: string | null;
  /** All that was recorded. */
  readonly data: Readonly<Record<string, unknown>>;
}

export interface AuditReader {
  /** Newest first. `programmes`: only of these; whatever the reader may not read of is left out. Problem forbidden. */
  page(a: {
    actor: Actor;
    filter: AuditFilter;
    programmes?: readonly string[];
    offset: number;
    limit: number;
  }): Promise<readonly AuditView[]>;
  count(a: {
    actor: Actor;
    filter: AuditFilter;
    programmes?: readonly string[];
  }): Promise<{ readonly total: number; readonly more: boolean }>;
  /** Null: there is none, or it is not theirs. */
  one(a: { actor: Actor; id: string }): Promise<AuditView | null>;
}

function viewOf(event: ListedAudit): AuditView {
  const { id, stream, seq, at, type, actor, data, person, called } = event;
  return {
    id,
    stream,
    seq,
    at,
    type,
    who: String(actor.name ?? actor.job ?? actor.kind ?? ""),
    part: actor.kind === "user" ? null : systemName(String(actor.job ?? actor.kind ?? "")),
    sentence: auditSentence({ type, data, person, called }),
    changes: auditChanges({ type, data }),
    reason: typeof data.reason === "string" && data.reason !== "" ? data.reason : null,
    programme: typeof data.programme === "string" ? data.programme : null,
    data,
  };
}

function programmesOf(actor: Actor, wanted: readonly string[] | undefined): string[] {
  const seats = actor.kind === "user" ? actor.seats : [];
  const mine = [...new Set(seats.map((seat) => seat.programme))].filter((programme) =>
    can(actor, "audit.read", { programme }),
  );
  if (mine.length === 0) {
    throw new Problem("forbidden", msg("audit.listAudit.theRecordOfChangesIs"));
  }
  return wanted === undefined ? mine : mine.filter((programme) => wanted.includes(programme));
}

export function createAuditReader(d: { db: Database }): AuditReader {
  return {
    async page({ actor, programmes, ...asked }) {
      return (await pageOfAudit(d.db, { ...asked, programmes: programmesOf(actor, programmes) })).map(viewOf);
    },
    async count({ actor, filter, programmes }) {
      return countAudit(d.db, { filter, programmes: programmesOf(actor, programmes) });
    },
    async one({ actor, id }) {
      const [, stream, seq] = /^([a-z]+)-(\d{1,9})$/.exec(id) ?? [];
      if (stream === undefined || seq === undefined) return null;
      const filter = { id: { stream, seq: Number(seq) } };
      const [event] = await pageOfAudit(d.db, {
        filter,
        programmes: programmesOf(actor, undefined),
        offset: 0,
        limit: 1,
      });
      return event === undefined ? null : viewOf(event);
    },
  };
}
