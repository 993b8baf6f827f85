/** The doors and the machinery: messages out, keys of channels and the answers to their retries, jobs. */
export const messagesAndJobs = {
  name: "2026-11-25-messages-and-jobs",
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
  -- kept: there is nowhere to send it, it can be read; sent and failed are final
  state text not null check (state in ('pending','sent','kept','failed')),
  next_attempt_at timestamptz,
  attempts integer not null default 0,
  claimed_until timestamptz,
  message_id text,
  sent_at timestamptz,
  last_error text,
  check ((receiver_user is null) <> (receiver_case is null))
);
create index messages_due on messages (next_attempt_at) where state = 'pending';
create index on messages (case_id);

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

-- A retry returns the same answer. The key itself is not kept, only its hash; the applicant's code is locked with it.
create table idempotency_keys (
  channel_key_id integer not null references channel_keys,
  key_hash bytea not null,
  request_hash bytea not null,
  case_id bigint not null references applications(id),
  answer jsonb not null,
  locked_code bytea not null,
  created_at timestamptz not null,
  primary key (channel_key_id, key_hash)
);
create index on idempotency_keys (created_at);

-- What the scheduler rings and when; edited by the operation room.
create table jobs (
  name text primary key,
  cron text not null,
  time_zone text not null,
  enabled boolean not null default true,
  -- The last moment of its cron expression that was rung, so that none is rung twice or forgotten.
  last_slot timestamptz,
  last_started_at timestamptz,
  last_finished_at timestamptz,
  last_error text,
  last_result jsonb
);

-- Where a long job stands, so that it goes on after a kill.
create table checkpoints (
  name text primary key,
  position jsonb not null,
  updated_at timestamptz not null
);
`,
};
