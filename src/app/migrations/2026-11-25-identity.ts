/**
 * Who signs in: sessions, single-use links, the second factor, and what throttles guessing.
 *
 * Nothing here counts the configuration revision up: signing in decides no application. No table holds a secret that
 * opens anything by itself: links are made of a key that is not here, TOTP secrets are sealed with it, recovery codes and
 * what was typed to sign in are kept as hashes.
 */
export const identity = {
  name: "2026-11-25-identity",
  up: `
-- A new password changes nothing that decides an application: it does not make every instance load the set-up again.
drop trigger bump_revision on users;
create trigger bump_revision after insert or delete or update of email, name, language, disabled_at on users
  for each statement execute function bump_configuration_revision();

-- Whose files or whose operation room made the account: it is theirs while it has no seat. Null: nobody's yet.
alter table users add column programme text references programmes(code);
update users u set programme = coalesce(
  (select s.programme from seat_holders h join seats s on s.id = h.seat_id where h.user_id = u.id order by h.held_from, h.id limit 1),
  (select min(p.code) from programmes p having count(*) = 1));

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
  last_step bigint
);

create table recovery_codes (
  user_id integer not null references second_factors on delete cascade,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (user_id, code_hash)
);
`,
};
