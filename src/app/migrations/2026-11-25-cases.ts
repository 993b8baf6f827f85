/**
 * What arrives and what becomes of it: applications, applicants apart from them, cases with their clocks, what the rules
 * decided and what was enforced.
 */
export const cases = {
  name: "2026-11-25-cases",
  up: `
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
`,
};
