/** Telephone calls that agents worked on, and calls that are being typed (`features/contact-centre/`). */
export const calls = {
  name: "2026-12-20-calls",
  up: `
-- One row a call, written when it is saved or ended.
create table calls (
  id bigint generated always as identity primary key,
  programme text not null references programmes(code),
  agent integer not null references users(id),
  kind text not null check (kind in ('new', 'existing', 'callBack', 'survey')),
  begun_at timestamptz not null,
  ended_at timestamptz check (ended_at >= begun_at),
  case_id bigint references applications(id),
  recognised_by text[],
  outcome text
);
create index calls_programme_begun on calls (programme, begun_at);
create index calls_agent_begun on calls (agent, begun_at);
create index calls_case on calls (case_id) where case_id is not null;
-- However often a call is saved, it is one.
create unique index calls_new on calls (case_id) where kind = 'new';
create index calls_open on calls (agent) where kind = 'existing' and ended_at is null;

-- What an agent is typing: kept while it is typed, and for a week. Its token makes of the same call saved twice one case. Version 0:
-- nothing was typed yet. What a look-up found is noted, so that the story is compared with those cases and no others.
create table call_drafts (
  id bigint generated always as identity primary key,
  agent integer not null references users(id),
  programme text not null references programmes(code),
  token text not null unique,
  typed jsonb not null,
  version integer not null default 0,
  found bigint[] not null default '{}',
  begun_at timestamptz not null,
  updated_at timestamptz not null
);
create index call_drafts_agent on call_drafts (agent, updated_at);
create index call_drafts_updated on call_drafts (updated_at);

-- The agent to whom the present rating was said by telephone; null where the applicant gave it without one.
alter table cases add column rated_by integer references users(id);
-- Ratings by telephone are counted apart from those that applicants gave themselves.
alter table rollup_days add column phone_ratings integer, add column good_phone_ratings integer;
`,
};
