/**
 * What officials are writing and have not sent yet, so that it is there on another machine; and which acts were done under
 * which key, so that a retry after a lost answer is not a second act.
 */
export const caseDrafts = {
  name: "2026-11-26-case-drafts",
  up: `
create table case_drafts (
  user_id integer not null references users on delete cascade,
  case_id bigint not null references cases on delete cascade,
  action text not null,
  fields jsonb not null,
  -- Counted up with every change: whoever writes says which one it builds on.
  version integer not null,
  -- The window that wrote it last, and its own count of what it sent: a request that was overtaken changes nothing.
  tab text not null,
  counter integer not null,
  updated_at timestamptz not null,
  primary key (user_id, case_id, action)
);
create index case_drafts_updated on case_drafts (updated_at);

create table case_acts (
  user_id integer not null references users on delete cascade,
  key text not null,
  case_id bigint not null references cases on delete cascade,
  action text not null,
  at timestamptz not null,
  primary key (user_id, key)
);
create index case_acts_at on case_acts (at);
`,
};
