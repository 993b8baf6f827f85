/**
 * Change-sets: a draft with a title that gathers edits of the set-up and drafts of policy, published at one instant. What of
 * policy is changed in it is a draft of its own that belongs to it. A row of the set-up is in one open change-set at most.
 * Cases of an entity that was retired by one are moved by a run, claimed like other long work.
 */
export const changeSets = {
  name: "2026-11-28-change-sets",
  up: `
alter table policy_drafts
  add column title text check (title is null or title ~ '\\S'),
  add column change_set_id integer references policy_drafts,
  -- What the checks warned of when the reason for that was given, by the words of each.
  add column warnings_seen jsonb,
  add constraint no_set_in_a_set check (title is null or change_set_id is null);
create index policy_drafts_of_change_set on policy_drafts (change_set_id) where change_set_id is not null;
create index published_change_sets on policy_drafts (programme, closed_at) where title is not null and state = 'published';

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
  unique (draft_id, of, code)
);
create unique index one_open_setup_change on setup_changes (programme, of, code) where open;

create table case_moves (
  id uuid primary key,
  programme text not null references programmes (code),
  draft_id integer not null references policy_drafts,
  entity text not null,
  to_entity text not null,
  -- Reference of a case to the entity that it goes to instead.
  others jsonb not null,
  reason text not null,
  user_id integer not null references users,
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
`,
};
