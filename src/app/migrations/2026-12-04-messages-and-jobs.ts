/** Messages out, keys of channels and the answers to their retries, jobs. */
export const messagesAndJobs = {
  name: "2026-12-04-messages-and-jobs",
  up: `
create table messages (
  id bigint generated always as identity primary key,
  key text not null unique,
  case_id bigint references cases(id),
  programme text not null,
  template text not null,
  receiver_user integer references users,
  receiver_case bigint references applications(id),
  language text not null check (language in ('ar','en')),
  data jsonb not null,
  created_at timestamptz not null,
  -- kept: there is nowhere to send it, it can be read; held: only somebody's act sends it; sent and failed are final
  state text not null check (state in ('pending','sent','kept','failed','held')),
  next_attempt_at timestamptz,
  attempts integer not null default 0,
  claimed_until timestamptz,
  message_id text,
  sent_at timestamptz,
  last_error text,
  -- The version whose words it is written in, whatever is published before it leaves; and why those could not be used.
  wording_id integer references configuration_versions,
  wording_fault text,
  check ((receiver_user is null) <> (receiver_case is null))
);
-- Pending messages are claimed in order, ten at a time, also of 200,000 that became due at one moment: the order needs the id in its
-- index. Urgent kinds are found by theirs, whatever else waits; which kinds those are is declared in the program.
create index messages_due on messages (next_attempt_at, id) where state = 'pending';
create index messages_due_of_kind on messages (template, next_attempt_at, id) where state = 'pending';
create index on messages (case_id);
create index messages_failed on messages (programme, id) where state = 'failed';
create index messages_alerts on messages (programme, created_at) where template = 'operation-room-alert';
create index messages_receiver on messages (receiver_user, id) where receiver_user is not null;
create index tests_of_letters on messages (receiver_user, created_at) where (data->'test') is not null;

-- A channel's key. The key itself is shown once; its SHA-256 is kept.
create table channel_keys (
  id integer generated always as identity primary key,
  programme text not null,
  channel text not null,
  label text not null,
  key_hash bytea not null unique,
  created_at timestamptz not null,
  revoked_at timestamptz,
  foreign key (programme, channel) references channels(programme, code)
);
create trigger bump_revision after insert or update or delete on channel_keys for each statement execute function bump_configuration_revision();

-- When a channel's key was last used. A table of its own: a change of channel_keys is a new revision of the configuration.
create table channel_key_uses (
  channel_key_id integer primary key references channel_keys,
  used_on date not null
);

-- A retry returns the same answer. The key itself is not kept, only its hash; the applicant's code is locked with it.
-- Applications by our own pages come without a channel's key.
create table idempotency_keys (
  channel_key_id integer references channel_keys,
  key_hash bytea not null,
  request_hash bytea not null,
  case_id bigint not null references applications(id),
  answer jsonb not null,
  locked_code bytea not null,
  created_at timestamptz not null
);
create unique index idempotency_keys_once on idempotency_keys (coalesce(channel_key_id, 0), key_hash);
create index on idempotency_keys (created_at);

-- What the scheduler starts and when; edited by the operation room.
create table jobs (
  name text primary key,
  cron text not null,
  time_zone text not null,
  enabled boolean not null default true,
  -- The last moment of its cron expression that was started, so that none is started twice or forgotten.
  last_slot timestamptz,
  last_started_at timestamptz,
  last_finished_at timestamptz,
  last_duration_ms integer,
  last_error text,
  last_result jsonb
);

-- How far a long job is, so that it goes on after a kill.
create table checkpoints (
  name text primary key,
  position jsonb not null,
  updated_at timestamptz not null
);
`,
};
