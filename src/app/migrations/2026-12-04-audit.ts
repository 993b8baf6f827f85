/** The record: chains of hashed events, a chain a case or a stream, and the seals over them. */
export const audit = {
  name: "2026-12-04-audit",
  up: `
create table case_events (
  case_id bigint not null,
  seq integer not null check (seq > 0),
  at timestamptz not null,
  type text not null,
  -- Canonical text, byte for byte what was hashed (jsonb would reorder it).
  actor text not null,
  data text not null,
  previous_hash text not null,
  hash text not null,
  -- Which transaction wrote it: the daily seal covers only what every earlier transaction has finished with.
  tx xid8 not null default pg_current_xact_id(),
  primary key (case_id, seq)
);
create index on case_events (tx);
-- What counting looks up of past days.
create index case_events_turning on case_events (at) where (type in ('case.resolved','case.closed','case.reopened','case.appealed','case.withdrawn',
  'case.linked','case.transferred','case.retimed','case.rated','clock.paused','clock.resumed','clock.cancelled')
  or (type in ('case.assigned','case.classified') and data like '%"by":"person"%'));

-- Changes to configuration, users and permissions: a chain a stream ('configuration', 'users', 'permissions').
create table audit_events (
  stream text not null,
  seq integer not null check (seq > 0),
  at timestamptz not null,
  type text not null,
  actor text not null,
  data text not null,
  previous_hash text not null,
  hash text not null,
  tx xid8 not null default pg_current_xact_id(),
  primary key (stream, seq)
);
create index audit_events_at on audit_events (at);

create table seals (
  number integer primary key,
  sealed_at timestamptz not null,
  -- Events of transactions before this one are covered.
  below_tx xid8 not null,
  chains integer not null,
  events bigint not null,
  previous_mac text not null,
  mac text not null,
  -- Label of the key that made it.
  key text
);
create table seal_entries (
  seal integer not null references seals(number),
  -- 'case/123' or 'audit/configuration'
  chain text not null,
  first_seq integer not null,
  last_seq integer not null,
  head_hash text not null,
  -- Eight bytes of each covered event's hash, in order: names the row even when the chain was rewritten behind it.
  marks bytea not null,
  primary key (seal, chain)
);
create index on seal_entries (chain);
create index seal_entries_case on seal_entries ((substring(chain from 6)::bigint)) where chain like 'case/%';
`,
};
