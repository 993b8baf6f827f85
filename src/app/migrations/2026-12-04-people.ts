/**
 * Who works here: users, their seats, and how they sign in.
 *
 * Signing in decides no application, so it does not count the configuration revision up. No table holds a secret that opens
 * anything by itself: links are made of a key that is not here, TOTP secrets are sealed with it, recovery codes and what was
 * typed to sign in are kept as hashes. `key` says by its label which key made a row (`engine/text/key-ring.ts`).
 */
export const people = {
  name: "2026-12-04-people",
  up: `
create table users (
  id integer generated always as identity primary key,
  email text not null check (email = lower(email)),
  name text not null,
  language text not null default 'ar' check (language in ('ar','en')),
  password_hash text,
  disabled_at timestamptz,
  created_at timestamptz not null,
  -- Whose files or whose operation room made the account: it is theirs while it has no seat. Null: nobody's yet.
  programme text references programmes(code),
  unique (email)
);
-- A new password decides no application: it does not make every instance load the set-up again.
create trigger bump_revision after insert or delete or update of email, name, language, disabled_at on users
  for each statement execute function bump_configuration_revision();

create table seats (
  id integer generated always as identity primary key,
  programme text not null references programmes(code),
  code text not null,
  role text not null,
  title_ar text not null, title_en text not null,
  entity text, sector text,
  retired_at timestamptz,
  unique (programme, code),
  foreign key (programme, entity) references entities(programme, code),
  foreign key (programme, sector) references sectors(programme, code)
);
create index on seats (programme, entity);
create trigger bump_revision after insert or update or delete on seats for each statement execute function bump_configuration_revision();

create table seat_holders (
  id integer generated always as identity primary key,
  seat_id integer not null references seats,
  user_id integer not null references users,
  held_from timestamptz not null,
  held_to timestamptz check (held_to > held_from)
);
create index on seat_holders (user_id);
create index on seat_holders (seat_id);
create index seat_holders_ended on seat_holders (held_to) where held_to is not null;
create trigger bump_revision after insert or update or delete on seat_holders for each statement execute function bump_configuration_revision();

-- Work changes hands when a term on a seat ends. A table of its own, since a change of seat_holders is a new revision of the
-- configuration, after which every instance loads the set-up anew.
create table hand_overs (
  term integer primary key references seat_holders on delete cascade,
  -- Why the term ended, in the words of the person who ended it.
  reason text,
  -- Null until the last case of the term has changed hands.
  finished_at timestamptz,
  cases integer not null default 0
);

-- Written by connect-pg-simple (sid, sess, expire). \`expire\` is the machine's time, as cookies are; started_at and seen_at
-- are business time. A session between password and second factor has no user yet but belongs to somebody: owner_id.
create table sessions (
  sid text primary key,
  sess json not null,
  expire timestamptz not null,
  user_id integer generated always as ((sess->>'userId')::integer) stored,
  owner_id integer generated always as (coalesce((sess->>'userId')::integer, (sess->>'pendingUserId')::integer)) stored,
  epoch integer generated always as ((sess->>'epoch')::integer) stored,
  started_at timestamptz generated always as (to_timestamp((sess->>'startedAt')::double precision / 1000)) stored,
  seen_at timestamptz
);
create index on sessions (owner_id);
create index on sessions (expire);

-- Counted up when all sessions of an account end: what signed in before is out, even if it is written afterwards.
create table session_epochs (
  user_id integer primary key references users,
  epoch integer not null
);

create table account_links (
  id bigint generated always as identity primary key,
  user_id integer not null references users,
  purpose text not null check (purpose in ('invitation','reset')),
  nonce bytea not null check (length(nonce) = 16),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  voided_at timestamptz,
  key text,
  check (used_at is null or voided_at is null)
);
create index on account_links (user_id);
create index on account_links (expires_at);

-- One counter a key and window, shared by all instances. The key is an HMAC: nobody reads an address or a name from it.
create table sign_in_failures (
  key bytea primary key,
  tries integer not null,
  until timestamptz not null
);
create index on sign_in_failures (until);

create table second_factors (
  user_id integer primary key references users,
  secret bytea not null,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  -- The time step of the last code that was taken: no code counts twice.
  last_step bigint,
  key text
);

create table recovery_codes (
  user_id integer not null references second_factors on delete cascade,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (user_id, code_hash)
);

-- Cookies leave nothing behind that says which key signed them: running instances note which one signs.
create table cookie_keys (
  key text primary key,
  first_at timestamptz not null,
  last_at timestamptz not null
);

-- Views of lists that officials keep for themselves.
create table saved_views (
  id integer primary key generated always as identity,
  user_id integer not null references users on delete cascade,
  -- Where it is shown: on the desk or over the list of cases.
  screen text not null check (screen in ('desk', 'cases')),
  name text not null,
  -- Filters as the address has them.
  query text not null,
  created_at timestamptz not null,
  unique (user_id, screen, name)
);

create table instruction_files (
  id text primary key check (id ~ '^[0-9a-f]{32}$'),
  programme text not null references programmes(code),
  sha256 text not null,
  unique (programme, sha256)
);

create table instruction_acknowledgements (
  instruction_id integer not null references instructions,
  entity text not null,
  user_id integer not null references users,
  at timestamptz not null,
  primary key (instruction_id, entity)
);

create table instruction_reminders (
  id integer generated always as identity primary key,
  instruction_id integer not null references instructions,
  entity text not null,
  at timestamptz not null,
  user_id integer not null references users
);
create index reminders_of_instruction on instruction_reminders (instruction_id, entity, at);
`,
};
