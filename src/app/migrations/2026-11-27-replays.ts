/** Drafts of policy decided again over past cases: what was asked, how far it is, what came of it. Nothing of a case is here but its number. */
export const replays = {
  name: "2026-11-27-replays",
  up: `
create table replay_runs (
  id uuid primary key,
  user_id integer not null references users,
  programme text not null references programmes(code),
  kind text not null check (kind in ('rules','calendar')),
  name text not null,
  -- As it stood when the replay was started: it may have been edited since.
  definition json not null,
  checksum text not null,
  -- The version that it is compared with.
  in_force_id integer references configuration_versions,
  -- Cases received in this time, half-open, as they stood at the moment of asking.
  from_at timestamptz not null,
  to_at timestamptz not null,
  as_of timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting','running','done','failed','cancelled')),
  failure jsonb,
  expected integer not null,
  -- How far it is: cases up to this number are counted in the tally.
  after_id bigint not null default 0,
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

-- Cases of which something would be otherwise; the change is a place in the list of the tally.
create table replay_changes (
  run_id uuid not null references replay_runs on delete cascade,
  change smallint not null,
  case_id bigint not null,
  primary key (run_id, change, case_id)
);
`,
};
