/**
 * Long work that people start and leave, and that goes on after a kill: an instance claims it and renews its claim. And what
 * the deadline sweep must not do by itself: instances with a wrong clock, and sweeps that are held.
 */
export const longWork = {
  name: "2026-12-04-long-work",
  up: `
-- One act on many cases.
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
  -- When those who received cases by it were written to; a run without is not over.
  told_at timestamptz,
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
  -- Letters that its receivers still wait for and that go out together with those of the other cases.
  told jsonb,
  at timestamptz,
  primary key (run_id, position),
  unique (run_id, reference)
);

-- Files of what a list finds.
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

-- Open cases of a workflow move to another of its versions.
create table workflow_migrations (
  id uuid primary key,
  programme text not null references programmes (code),
  workflow text not null,
  to_version_id integer not null references configuration_versions,
  -- Old state to new state.
  map jsonb not null,
  reason text not null,
  -- Null: the operator at the machine itself.
  user_id integer references users,
  state text not null default 'waiting' check (state in ('waiting','running','done','failed','cancelled')),
  failure jsonb,
  total integer not null,
  moved integer not null default 0,
  stayed integer not null default 0,
  -- Up to which number of a case it has come.
  reached bigint not null default 0,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  claimed_by uuid,
  claimed_until timestamptz
);
create unique index workflow_migrations_one_at_a_time on workflow_migrations (programme, workflow) where finished_at is null;
create index workflow_migrations_open on workflow_migrations (created_at) where finished_at is null;
create index workflow_migrations_of_workflow on workflow_migrations (programme, workflow, created_at);

-- Cases of a retired entity go to another. Without a change-set: a case that came back to an entity which was retired before.
create table case_moves (
  id uuid primary key,
  programme text not null references programmes (code),
  draft_id integer references policy_drafts,
  entity text not null,
  -- Null: to triage.
  to_entity text,
  -- Reference of a case to the entity that it goes to instead.
  others jsonb not null,
  reason text,
  user_id integer references users,
  state text not null default 'waiting' check (state in ('waiting','running','done','failed')),
  failure jsonb,
  total integer not null,
  moved integer not null default 0,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  claimed_by uuid,
  claimed_until timestamptz
);
create index case_moves_open on case_moves (created_at) where finished_at is null;
create index case_moves_of_draft on case_moves (draft_id);

-- Cases that a move could not take along, with the reason, so that the others go on.
create table case_move_failures (
  run_id uuid not null references case_moves on delete cascade,
  case_id bigint not null references cases,
  reason jsonb not null,
  at timestamptz not null,
  primary key (run_id, case_id)
);

-- Instances whose clock is far from the database's. Moments are the database server's, but for the one that the wrong clock said.
create table wrong_clocks (
  instance text primary key,
  host text not null,
  since timestamptz not null default clock_timestamp(),
  machine_at timestamptz not null,
  database_at timestamptz not null default clock_timestamp(),
  seen_at timestamptz not null default clock_timestamp(),
  righted_at timestamptz,
  -- When a healthy instance wrote to the operation room.
  told_at timestamptz
);

-- Sweeps that wait until the operation room lets them go on.
create table held_sweeps (
  id integer generated always as identity primary key,
  programme text not null references programmes(code),
  since timestamptz not null,
  -- The moment for which the sweep looked last, and what the database server's clock said then.
  as_of timestamptz not null,
  database_at timestamptz not null,
  cases integer not null,
  -- Of so many open cases, and more than so many are asked about.
  open_cases integer not null,
  most integer not null,
  -- About: worked out for some of the cases.
  letters integer not null,
  escalated integer not null,
  oldest_due_at timestamptz not null,
  released_at timestamptz,
  released_by integer references users,
  reason text,
  -- What was due by then goes on.
  released_until timestamptz,
  ended_at timestamptz,
  check ((released_at is null) = (released_until is null)),
  check ((released_at is null) = (reason is null))
);
create unique index held_sweeps_open on held_sweeps (programme) where ended_at is null;
`,
};
