/**
 * Drafts of policy: what is being written and is not in force. A draft holds one or more changes, each of one thing, and a
 * thing is in one open draft at most. Versions, which are only added to, keep who wrote and who approved them: the database
 * itself takes none that an author approved.
 */
export const policyDrafts = {
  name: "2026-11-27-policy-drafts",
  up: `
create table policy_drafts (
  id integer generated always as identity primary key,
  programme text not null references programmes (code),
  state text not null default 'open' check (state in ('open', 'submitted', 'published', 'discarded')),
  revision integer not null default 1,
  authors integer[] not null check (cardinality(authors) > 0),
  opened_at timestamptz not null,
  opened_by integer not null references users,
  saved_at timestamptz not null,
  saved_by integer not null references users,
  reason text,
  warnings_reason text,
  submitted_at timestamptz,
  submitted_by integer references users,
  note text,
  returned_at timestamptz,
  returned_by integer references users,
  closed_at timestamptz,
  closed_by integer references users
);
create index waiting_policy_drafts on policy_drafts (programme) where state in ('open', 'submitted');

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

alter table configuration_versions
  add column draft_id integer references policy_drafts,
  add column drafted_by integer[],
  add column warnings_reason text,
  add column approved_by integer references users,
  add column approval_reason text,
  add constraint no_author_approves check (
    approved_by is null or (drafted_by is not null and not (approved_by = any (drafted_by)))
  );
`,
};
