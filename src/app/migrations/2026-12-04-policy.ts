/**
 * Policy: versions, which are only added to, and the drafts and change-sets that become versions. A published definition is
 * never altered: the running role may update only the columns that tell its status.
 */
export const policy = {
  name: "2026-12-04-policy",
  up: `
-- A draft holds one or more changes, each of one thing, and a thing is in one open draft at most. A draft with a title is a
-- change-set: it gathers edits of the set-up, and each change of policy in it is a draft of its own that belongs to it.
create table policy_drafts (
  id integer generated always as identity primary key,
  programme text not null references programmes (code),
  title text check (title is null or title ~ '\\S'),
  change_set_id integer references policy_drafts,
  state text not null default 'open' check (state in ('open', 'submitted', 'published', 'discarded')),
  revision integer not null default 1,
  authors integer[] not null check (cardinality(authors) > 0),
  opened_at timestamptz not null,
  opened_by integer not null references users,
  saved_at timestamptz not null,
  saved_by integer not null references users,
  reason text,
  warnings_reason text,
  -- What the checks warned of when the reason for that was given, by the words of each.
  warnings_seen jsonb,
  submitted_at timestamptz,
  submitted_by integer references users,
  note text,
  returned_at timestamptz,
  returned_by integer references users,
  closed_at timestamptz,
  closed_by integer references users,
  constraint no_set_in_a_set check (title is null or change_set_id is null)
);
create index waiting_policy_drafts on policy_drafts (programme) where state in ('open', 'submitted');
create index policy_drafts_of_change_set on policy_drafts (change_set_id) where change_set_id is not null;
create index published_change_sets on policy_drafts (programme, closed_at) where title is not null and state = 'published';

-- A row a version of a rule set, workflow, calendar, letter or digest. Definitions keep the order in which they were written
-- (json): forms ask for the fields of an action one after the other, and jsonb sorts names by their length.
create table configuration_versions (
  id integer generated always as identity primary key,
  programme text not null references programmes(code),
  kind text not null check (kind in ('rules', 'workflow', 'calendar', 'message', 'digest')),
  name text not null,
  version integer not null check (version > 0),
  status text not null check (status in ('draft','published','retired')),
  definition json not null,
  checksum text not null,
  reason text,
  created_at timestamptz not null,
  published_at timestamptz,
  published_by text,
  retired_at timestamptz,
  draft_id integer references policy_drafts,
  drafted_by integer[],
  warnings_reason text,
  approved_by integer references users,
  approval_reason text,
  unique (programme, kind, name, version),
  constraint no_author_approves check (
    approved_by is null or (drafted_by is not null and not (approved_by = any (drafted_by)))
  )
);
create unique index one_published_version on configuration_versions (programme, kind, name) where status = 'published';
create trigger bump_revision after insert or update or delete on configuration_versions
  for each statement execute function bump_configuration_revision();

create table policy_changes (
  id integer generated always as identity primary key,
  draft_id integer not null references policy_drafts,
  programme text not null references programmes (code),
  kind text not null,
  name text not null,
  definition json not null,
  based_on integer references configuration_versions,
  copied_from integer references configuration_versions,
  open boolean not null default true,
  unique (draft_id, kind, name)
);
create unique index one_open_policy_change on policy_changes (programme, kind, name) where open;

-- A row of the set-up is in one open change-set at most.
create table setup_changes (
  id integer generated always as identity primary key,
  draft_id integer not null references policy_drafts,
  programme text not null references programmes (code),
  -- Table and code of the row.
  of text not null,
  code text not null,
  edit json not null,
  -- What it said when it was published, by the names of then.
  words jsonb,
  open boolean not null default true,
  -- Codes under which the change-set had the row before: an address with one of them leads to the row.
  formerly text[] not null default '{}',
  unique (draft_id, of, code)
);
create unique index one_open_setup_change on setup_changes (programme, of, code) where open;

-- Drafts decided again over past cases: what was asked, how far it is, what came of it. Nothing of a case is here but its number.
create table replay_runs (
  id uuid primary key,
  user_id integer not null references users,
  programme text not null references programmes(code),
  kind text not null check (kind in ('rules','calendar')),
  name text not null,
  -- As it was when the replay was started: it may have been edited since.
  definition json not null,
  checksum text not null,
  -- A draft in a change-set is asked by the set-up as it would be; the edits are as they were then. Null: the set-up in force.
  change_set_id integer references policy_drafts,
  setup_edits json,
  setup_checksum text,
  -- The version that it is compared with.
  in_force_id integer references configuration_versions,
  -- Cases received in this time, half-open, as they were at the moment of asking.
  from_at timestamptz not null,
  to_at timestamptz not null,
  as_of timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting','running','done','failed','cancelled')),
  failure jsonb,
  expected integer not null,
  -- How far it is: cases up to this number are counted in the tally.
  after_id bigint not null default 0,
  -- The last case that is looked at: one that is received while it runs was not counted when it was asked for.
  last_id bigint not null default 0,
  tally jsonb not null,
  -- Facts that the draft asks for and past decisions did not record.
  unrecorded text[] not null default '{}',
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  claimed_by uuid,
  claimed_until timestamptz
);
create unique index replay_runs_one_a_person on replay_runs (user_id) where finished_at is null;
create index replay_runs_open on replay_runs (created_at) where finished_at is null;
create index replay_runs_of_thing on replay_runs (programme, kind, name, created_at);
create index replay_runs_of_person on replay_runs (user_id, created_at);

-- Changes that come together, by their places in the list of the tally. The same ones may be more than one bundle.
create table replay_bundles (
  run_id uuid not null references replay_runs on delete cascade,
  bundle integer not null,
  changes smallint[] not null,
  primary key (run_id, bundle)
);

-- Cases of which something would be otherwise, a row each. They go with their run by one statement: asking for the run again
-- at each row, as a foreign key does, took longer for a million cases than storing them.
create table replay_changes (
  run_id uuid not null,
  bundle integer not null,
  case_id bigint not null,
  primary key (run_id, bundle, case_id)
);
create function forget_replay_changes() returns trigger language plpgsql as $$
begin
  delete from replay_changes where run_id in (select id from gone);
  return null;
end $$;
create trigger changes_go_along after delete on replay_runs referencing old table as gone
  for each statement execute function forget_replay_changes();
`,
};
