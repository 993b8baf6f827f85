/**
 * The foundation: set-up data, people, configuration, cases, messages, audit.
 *
 * Set-up data is named by `code`, unique in its programme and immutable; cases refer to codes, so that a row reads like
 * the office speaks and events stay readable for ever. The numeric `id` beside it is for screens.
 */
export const foundation = {
  name: "2026-11-25-foundation",
  up: `
create table configuration_revision (
  only_row boolean primary key default true check (only_row),
  revision bigint not null default 1
);
insert into configuration_revision default values;

create function bump_configuration_revision() returns trigger language plpgsql as $$
begin
  update configuration_revision set revision = revision + 1;
  return null;
end $$;

create table programmes (
  id integer generated always as identity primary key,
  code text not null unique check (code ~ '^[a-z][a-z0-9_-]{1,39}$'),
  name_ar text not null, name_en text not null,
  time_zone text not null,
  default_language text not null default 'ar' check (default_language in ('ar','en')),
  calendar text not null,
  settings jsonb not null,
  sort_order integer not null default 0,
  retired_at timestamptz
);

create table sectors (
  id integer generated always as identity primary key,
  programme text not null references programmes(code),
  code text not null, name_ar text not null, name_en text not null,
  sort_order integer not null default 0, retired_at timestamptz,
  unique (programme, code)
);

create table entities (
  id integer generated always as identity primary key,
  programme text not null references programmes(code),
  code text not null, name_ar text not null, name_en text not null,
  kind text not null,
  sector text not null,
  parent text,
  level integer not null check (level >= 0),
  valid_from date not null default '2000-01-01',
  valid_to date check (valid_to > valid_from),
  joining text not null default 'live' check (joining in ('inScope','instructed','trained','live')),
  email text, phone text,
  sort_order integer not null default 0, retired_at timestamptz,
  unique (programme, code),
  foreign key (programme, sector) references sectors(programme, code),
  foreign key (programme, parent) references entities(programme, code),
  check (parent is distinct from code)
);

create table services (
  id integer generated always as identity primary key,
  programme text not null,
  code text not null, name_ar text not null, name_en text not null,
  entity text not null,
  sort_order integer not null default 0, retired_at timestamptz,
  unique (programme, code),
  foreign key (programme, entity) references entities(programme, code)
);

create table pillars (
  id integer generated always as identity primary key,
  programme text not null references programmes(code),
  code text not null, name_ar text not null, name_en text not null,
  sort_order integer not null default 0, retired_at timestamptz,
  unique (programme, code)
);

create table importance_levels (
  id integer generated always as identity primary key,
  programme text not null references programmes(code),
  code text not null, name_ar text not null, name_en text not null,
  rank integer not null check (rank > 0),
  sort_order integer not null default 0, retired_at timestamptz,
  unique (programme, code), unique (programme, rank)
);

create table application_types (
  id integer generated always as identity primary key,
  programme text not null references programmes(code),
  code text not null, name_ar text not null, name_en text not null,
  workflow text not null,
  fields jsonb not null default '[]',
  anonymous_allowed boolean not null default false,
  confidential boolean not null default false,
  sort_order integer not null default 0, retired_at timestamptz,
  unique (programme, code)
);

create table channels (
  id integer generated always as identity primary key,
  programme text not null references programmes(code),
  code text not null, name_ar text not null, name_en text not null,
  kind text not null check (kind in ('web','mobile','contactCentre','chatbot','social','email','api','import')),
  sort_order integer not null default 0, retired_at timestamptz,
  unique (programme, code)
);

create table applicant_categories (
  id integer generated always as identity primary key,
  programme text not null references programmes(code),
  code text not null, name_ar text not null, name_en text not null,
  sort_order integer not null default 0, retired_at timestamptz,
  unique (programme, code)
);

create table governorates (
  id integer generated always as identity primary key,
  programme text not null references programmes(code),
  code text not null, name_ar text not null, name_en text not null,
  sort_order integer not null default 0, retired_at timestamptz,
  unique (programme, code)
);

create table keyword_lists (
  id integer generated always as identity primary key,
  programme text not null references programmes(code),
  code text not null, name_ar text not null, name_en text not null,
  words jsonb not null default '[]',
  sort_order integer not null default 0, retired_at timestamptz,
  unique (programme, code)
);

create table users (
  id integer generated always as identity primary key,
  email text not null check (email = lower(email)),
  name text not null,
  language text not null default 'ar' check (language in ('ar','en')),
  password_hash text,
  disabled_at timestamptz,
  created_at timestamptz not null,
  unique (email)
);

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

create table seat_holders (
  id integer generated always as identity primary key,
  seat_id integer not null references seats,
  user_id integer not null references users,
  held_from timestamptz not null,
  held_to timestamptz check (held_to > held_from)
);
create index on seat_holders (user_id);
create index on seat_holders (seat_id);

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

-- Rule sets, workflows and calendars, a row a version. A published definition is never altered: the running role may
-- update only the columns that tell its status.
create table configuration_versions (
  id integer generated always as identity primary key,
  programme text not null references programmes(code),
  kind text not null check (kind in ('rules','workflow','calendar')),
  name text not null,
  version integer not null check (version > 0),
  status text not null check (status in ('draft','published','retired')),
  definition jsonb not null,
  checksum text not null,
  reason text,
  created_at timestamptz not null,
  published_at timestamptz,
  published_by text,
  retired_at timestamptz,
  unique (programme, kind, name, version)
);
create unique index one_published_version on configuration_versions (programme, kind, name) where status = 'published';

do $$
declare t text;
begin
  foreach t in array array['programmes','sectors','entities','services','pillars','importance_levels','application_types',
    'channels','applicant_categories','governorates','keyword_lists','users','seats','seat_holders','channel_keys','configuration_versions']
  loop
    execute format('create trigger bump_revision after insert or update or delete on %I for each statement execute function bump_configuration_revision()', t);
  end loop;
end $$;

-- Numbers are handed out in blocks of 64, so that intake knows a case's number before it writes.
create sequence case_ids increment by 64;

-- What an applicant sent, as it was sent.
create table applications (
  id bigint primary key,
  programme text not null,
  type text not null,
  channel text not null,
  language text not null check (language in ('ar','en')),
  subject text not null,
  description text not null,
  sector text, entity text, service text, governorate text, pillar text, importance text, category text,
  anonymous boolean not null,
  fields jsonb not null default '{}',
  received_at timestamptz not null,
  imported boolean not null default false,
  -- The number it had in the system it was imported from.
  source_id text,
  foreign key (programme, type) references application_types(programme, code),
  foreign key (programme, channel) references channels(programme, code)
);
create unique index on applications (programme, source_id) where source_id is not null;

-- Personal data, and nothing but. Anonymous applications have no row here.
create table applicants (
  case_id bigint primary key references applications(id),
  name text, national_number text, phone text, email text
);
create index on applicants (phone) where phone is not null;

create table cases (
  id bigint primary key references applications(id),
  programme text not null,
  reference text not null unique,
  code_hash bytea,
  type text not null,
  channel text not null,
  workflow_version_id integer not null references configuration_versions,
  state text not null,
  state_kind text not null check (state_kind in ('open','waiting','resolved','final')),
  state_since timestamptz not null,
  pillar text, importance text, sector text, entity text,
  assignee integer references users,
  confidential boolean not null,
  imported boolean not null default false,
  cycle integer not null default 1,
  last_seq integer not null,
  last_hash text not null,
  escalation_steps jsonb not null default '[]',
  escalation_level integer not null default 0,
  next_due_at timestamptz,
  received_at timestamptz not null,
  assigned_at timestamptz,
  last_official_action_at timestamptz,
  first_response_at timestamptz,
  first_resolved_at timestamptz,
  resolved_at timestamptz,
  -- Working seconds from receipt to first resolution, pauses left out.
  resolution_working_seconds bigint,
  closed_at timestamptz,
  withdrawn_at timestamptz,
  duplicate_of bigint references cases,
  transfer_count integer not null default 0,
  reopen_count integer not null default 0,
  first_reopened_at timestamptz,
  rating smallint check (rating between 1 and 5),
  rated_at timestamptz,
  rating_invited_at timestamptz,
  answered_by integer references users,
  foreign key (programme, entity) references entities(programme, code),
  foreign key (programme, pillar) references pillars(programme, code),
  foreign key (programme, importance) references importance_levels(programme, code)
);
create index cases_due on cases (next_due_at) where next_due_at is not null;
create index cases_received on cases (programme, received_at);
create index cases_entity on cases (programme, entity, state_kind);

create table case_events (
  case_id bigint not null,
  seq integer not null check (seq > 0),
  at timestamptz not null,
  type text not null,
  -- Canonical text, byte for byte what was hashed (jsonb would reorder it).
  actor text not null,
  data text not null,
  previous_hash text not null,
  hash text not null,
  -- Which transaction wrote it: the daily seal covers only what every earlier transaction has finished with.
  tx xid8 not null default pg_current_xact_id(),
  primary key (case_id, seq)
);
create index on case_events (tx);

-- Changes to configuration, users and permissions: a chain a stream ('configuration', 'users', 'permissions').
create table audit_events (
  stream text not null,
  seq integer not null check (seq > 0),
  at timestamptz not null,
  type text not null,
  actor text not null,
  data text not null,
  previous_hash text not null,
  hash text not null,
  tx xid8 not null default pg_current_xact_id(),
  primary key (stream, seq)
);

create table seals (
  number integer primary key,
  sealed_at timestamptz not null,
  -- Events of transactions before this one are covered.
  below_tx xid8 not null,
  chains integer not null,
  events bigint not null,
  previous_mac text not null,
  mac text not null
);
create table seal_entries (
  seal integer not null references seals(number),
  -- 'case/123' or 'audit/configuration'
  chain text not null,
  first_seq integer not null,
  last_seq integer not null,
  head_hash text not null,
  -- Eight bytes of each covered event's hash, in order: names the row even when the chain was rewritten behind it.
  marks bytea not null,
  primary key (seal, chain)
);
create index on seal_entries (chain);

create table clocks (
  case_id bigint not null references cases(id),
  cycle integer not null,
  target text not null check (target in ('acknowledgement','firstResponse','resolution')),
  calendar_version_id integer not null references configuration_versions,
  budget jsonb,
  started_at timestamptz not null,
  consumed_seconds bigint not null default 0,
  running_since timestamptz,
  paused_at timestamptz,
  due_at timestamptz,
  paused_seconds bigint not null default 0,
  met_at timestamptz,
  breached_at timestamptz,
  cancelled_at timestamptz,
  primary key (case_id, cycle, target)
);
create index on clocks (target, due_at);

create table decisions (
  case_id bigint not null references cases(id),
  number integer not null,
  cycle integer not null,
  rule_set text not null check (rule_set in ('classification','sla','routing','escalation','quality')),
  version_id integer not null references configuration_versions,
  at timestamptz not null,
  rule_ids text[] not null,
  outcome jsonb not null,
  facts jsonb not null,
  faults jsonb not null default '[]',
  primary key (case_id, number)
);

-- Exactly once, by its key, whatever the number of instances.
create table enforcements (
  case_id bigint not null references cases(id),
  cycle integer not null,
  rule_id text not null,
  level integer not null,
  kind text not null check (kind in ('breach','warning','escalation')),
  due_at timestamptz not null,
  at timestamptz not null,
  primary key (case_id, cycle, rule_id, level)
);
create index on enforcements (at) where kind = 'escalation';

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

-- A retry returns the same answer. The key itself is not kept, only its hash; the applicant's code is sealed with it.
create table idempotency_keys (
  channel_key_id integer not null references channel_keys,
  key_hash bytea not null,
  request_hash bytea not null,
  case_id bigint not null references applications(id),
  answer jsonb not null,
  sealed_code bytea not null,
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
