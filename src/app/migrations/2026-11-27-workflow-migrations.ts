/** Runs that move the open cases of a workflow to another of its versions. */
export const workflowMigrations = {
  name: "2026-11-27-workflow-migrations",
  up: `
create table workflow_migrations (
  id uuid primary key,
  programme text not null references programmes (code),
  workflow text not null,
  to_version_id integer not null references configuration_versions,
  -- Old state to new state.
  map jsonb not null,
  reason text not null,
  -- Null: whoever works at the machine itself.
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
`,
};
