/**
 * Who has a case open now, what an office answered lately, and the views of lists that officials keep for themselves.
 *
 * Presence is worth nothing after a crash, so the table writes no log. `tx` says which transaction changed what others see of
 * it; a sign of life alone leaves it as it is.
 */
export const desk = {
  name: "2026-11-26-desk",
  up: `
create unlogged table case_presence (
  case_id bigint not null,
  user_id integer not null references users on delete cascade,
  writing boolean not null,
  since timestamptz not null,
  seen_at timestamptz not null,
  gone boolean not null default false,
  tx xid8 not null default pg_current_xact_id(),
  primary key (case_id, user_id)
);
create index case_presence_tx on case_presence (tx);
create index case_presence_seen on case_presence (seen_at);

-- What an office answered lately is found without a look at what all the others did.
create index cases_entity_first_resolved on cases (programme, entity, first_resolved_at) where first_resolved_at is not null;
create index cases_entity_resolved on cases (programme, entity, resolved_at) where resolved_at is not null;

create table saved_views (
  id integer primary key generated always as identity,
  user_id integer not null references users on delete cascade,
  -- Where it stands: on the desk or over the list of cases.
  screen text not null check (screen in ('desk', 'cases')),
  name text not null,
  -- Filters as the address has them.
  query text not null,
  created_at timestamptz not null,
  unique (user_id, screen, name)
);
`,
};
