/** Long work that people start and leave: one act on many cases, and files of what a list finds. */
export const bulkAndExports = {
  name: "2026-11-26-bulk-and-exports",
  up: `
create table bulk_runs (
  id uuid primary key,
  user_id integer not null references users,
  action text not null,
  action_name jsonb not null,
  fields jsonb not null,
  state text not null default 'waiting' check (state in ('waiting','running','done','cancelled')),
  total integer not null,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  -- When whoever received cases by it was told; a run without is not over for whoever works it off.
  told_at timestamptz,
  -- Which instance is at it, and until when it need not say so again.
  claimed_by uuid,
  claimed_until timestamptz
);
create unique index bulk_runs_one_a_person on bulk_runs (user_id) where finished_at is null;
create index bulk_runs_open on bulk_runs (created_at) where told_at is null;
create index bulk_runs_of_person on bulk_runs (user_id, created_at);

create table bulk_items (
  run_id uuid not null references bulk_runs on delete cascade,
  position integer not null,
  reference text not null,
  state text not null default 'waiting' check (state in ('waiting','done','refused')),
  reason jsonb,
  -- Letters that are owed for it and go out together with those of the other cases.
  told jsonb,
  at timestamptz,
  primary key (run_id, position),
  unique (run_id, reference)
);

create table exports (
  id uuid primary key,
  user_id integer not null references users,
  programmes text[] not null,
  format text not null check (format in ('xlsx','csv')),
  language text not null check (language in ('ar','en')),
  columns text[] not null,
  asked jsonb not null,
  -- Why personal data are in it; null: there are none.
  personal_reason text,
  -- The seats by which it was asked for: the file is theirs who still hold them.
  seats jsonb not null,
  most integer not null,
  state text not null default 'waiting' check (state in ('waiting','running','done','failed','cancelled')),
  failure jsonb,
  expected integer not null,
  rows integer not null default 0,
  bytes bigint,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  expires_at timestamptz,
  claimed_by uuid,
  claimed_until timestamptz
);
create unique index exports_one_a_person on exports (user_id) where finished_at is null;
create index exports_open on exports (created_at) where finished_at is null;
create index exports_of_person on exports (user_id, created_at);
create index exports_expiring on exports (expires_at) where expires_at is not null;
`,
};
