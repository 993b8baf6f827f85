/**
 * What arrives and what becomes of it: applications, applicants apart from them, cases with their clocks, what the rules
 * decided and what was enforced; what cases are found and sorted by; what is written about them and not yet sent.
 */
export const cases = {
  name: "2026-12-04-cases",
  up: `
create extension if not exists pg_trgm;

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
  name text, national_number text, phone text, email text,
  name_words tsvector not null default ''
);
create index on applicants (phone) where phone is not null;
create index applicants_name_words on applicants using gin (name_words) with (fastupdate = on, gin_pending_list_limit = 256);
create index applicants_email on applicants (lower(email)) where email is not null;
create index applicants_national_number on applicants (national_number) where national_number is not null;

create table cases (
  id bigint primary key references applications(id),
  programme text not null,
  reference text not null unique,
  code_hash bytea,
  -- With which reference the hash was made: the applicant's code for the first of two matters opens the second as well.
  code_reference text,
  type text not null,
  channel text not null,
  workflow_version_id integer not null references configuration_versions,
  state text not null,
  state_kind text not null check (state_kind in ('open','waiting','resolved','final')),
  state_since timestamptz not null,
  -- Since when it is the office's turn, apart from when the state began. Null: put there by other means.
  turn_since timestamptz,
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
  -- What the resolution clock of the current cycle says; the case store fills it.
  due_at timestamptz,
  -- What waits for the office comes first, then what waits for the applicant, then what was answered, then what ended.
  urgency smallint not null generated always as
    (case state_kind when 'open' then 0 when 'waiting' then 1 when 'resolved' then 2 else 3 end) stored,
  received_at timestamptz not null,
  assigned_at timestamptz,
  last_official_action_at timestamptz,
  -- When somebody above last asked for it.
  reminded_at timestamptz,
  first_response_at timestamptz,
  first_resolved_at timestamptz,
  resolved_at timestamptz,
  -- Working seconds from receipt to first resolution, pauses left out.
  resolution_working_seconds bigint,
  closed_at timestamptz,
  closing_reason text,
  rejected_at timestamptz,
  withdrawn_at timestamptz,
  -- The official who withdrew it for its applicant. What the applicant withdraws is left out of the figures.
  withdrawn_by integer references users,
  duplicate_of bigint references cases,
  split_from bigint references cases,
  transfer_count integer not null default 0,
  reopen_count integer not null default 0,
  first_reopened_at timestamptz,
  rating smallint check (rating between 1 and 5),
  rating_scales jsonb,
  rated_at timestamptz,
  rating_invited_at timestamptz,
  answered_by integer references users,
  foreign key (programme, entity) references entities(programme, code),
  foreign key (programme, pillar) references pillars(programme, code),
  foreign key (programme, importance) references importance_levels(programme, code),
  foreign key (programme, closing_reason) references closing_reasons(programme, code),
  check ((closing_reason is null) = (rejected_at is null))
);
create index cases_due on cases (next_due_at) where next_due_at is not null;
create index cases_received on cases (programme, received_at);

-- Each sort that a list offers has an index inside each kind of scope: a whole programme, one entity, the queue of a sector.
create index cases_need on cases (programme, urgency, due_at, id);
create index cases_entity on cases (programme, entity, urgency, due_at, id);
create index cases_entity_received on cases (programme, entity, received_at, id);
create index cases_unplaced on cases (programme, sector, urgency, due_at, id) where entity is null;
create index cases_taken on cases (assignee, urgency, due_at, id) where assignee is not null;
create index cases_escalated on cases (programme, urgency, due_at, id) where escalation_level > 0;
create index cases_reference_end on cases (reverse(replace(reference, '-', '')) text_pattern_ops);

-- What counting looks cases up by. Partial: receiving an application, which none of the conditions holds for, writes none.
create index cases_working on cases (programme, received_at) where state_kind in ('open','waiting');
create index cases_first_resolved on cases (programme, first_resolved_at) where first_resolved_at is not null;
create index cases_resolved on cases (programme, resolved_at) where resolved_at is not null;
create index cases_closed on cases (programme, closed_at) where closed_at is not null;
create index cases_rated on cases (programme, rated_at) where rated_at is not null;
create index cases_rating_invited on cases (programme, rating_invited_at) where rating_invited_at is not null;
create index cases_closing_reason on cases (programme, closing_reason) where closing_reason is not null;
-- What figures leave out is shown as one total: of a million cases few are confidential.
create index cases_confidential on cases (programme) where confidential;

-- Whenever a case is answered, its duplicates are looked up.
create index cases_duplicates on cases (duplicate_of) where duplicate_of is not null;
create index cases_split on cases (split_from) where split_from is not null;

-- What an office answered lately is found without a look at what all the others did.
create index cases_entity_first_resolved on cases (programme, entity, first_resolved_at) where first_resolved_at is not null;
create index cases_entity_resolved on cases (programme, entity, resolved_at) where resolved_at is not null;
-- So is what one person answered or has in hand. Earlier targets of what was reopened are in its clocks alone.
create index cases_answered on cases (answered_by, due_at) where answered_by is not null;
create index cases_taken_again on cases (assignee) where cycle > 1 and assignee is not null;
create index cases_answered_again on cases (answered_by) where cycle > 1 and answered_by is not null;

-- No open case is placed with an entity that is being retired at that very moment. An act that places one holds the entity's row
-- by the foreign key, and a retirement locks the row first: so one of them waits for the other. The triggers' names make them
-- run behind the key's, and they look by what was committed while it waited. An import tells where cases were: it is let in.
create function refuse_retired_entity() returns trigger language plpgsql as $$
begin
  if exists (select 1 from entities where programme = new.programme and code = new.entity and retired_at is not null) then
    raise exception 'entity % was retired meanwhile', new.entity using errcode = 'check_violation', constraint = 'cases_entity_in_use';
  end if;
  return null;
end $$;
create trigger stays_with_entities_in_use after insert on cases
  for each row when (new.entity is not null and new.state_kind in ('open', 'waiting') and not new.imported) execute function refuse_retired_entity();
create trigger goes_to_entities_in_use after update of entity on cases
  for each row when (new.entity is distinct from old.entity and new.entity is not null and new.state_kind in ('open', 'waiting'))
  execute function refuse_retired_entity();

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

-- How often each version was used is counted up to a bound, however many decisions there are.
create index decisions_by_version on decisions (version_id);
create index cases_by_workflow_version on cases (workflow_version_id);
create index clocks_by_calendar_version on clocks (calendar_version_id);

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

-- What a case is found by: a document of stems (engine/search/search-document.ts), which grows with what is written later.
create table case_texts (
  case_id bigint primary key references cases(id),
  lexemes tsvector not null
);
alter table case_texts alter column lexemes set statistics 400;
-- New rows wait in a list until it is worth sorting them in; the list is kept short, because every search reads it through.
create index case_texts_lexemes on case_texts using gin (lexemes) with (fastupdate = on, gin_pending_list_limit = 1024);
-- Cases whose document is to be made anew: written in batches right after the migrations.
create table search_backlog (case_id bigint primary key);

-- Who has a case open now. Presence is worth nothing after a crash, so the table writes no log. \`tx\` says which transaction
-- changed what others see of it; a sign of life alone leaves it as it is.
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

-- What officials are writing and have not sent yet, so that it is there on another machine.
create table case_drafts (
  user_id integer not null references users on delete cascade,
  case_id bigint not null references cases on delete cascade,
  action text not null,
  fields jsonb not null,
  -- Counted up with every change: a writer says which one it builds on.
  version integer not null,
  -- The window that wrote it last, and its own count of what it sent: a request that was overtaken changes nothing.
  tab text not null,
  counter integer not null,
  updated_at timestamptz not null,
  primary key (user_id, case_id, action)
);
create index case_drafts_updated on case_drafts (updated_at);

-- Which acts were done under which key, so that a retry after a lost answer is not a second act.
create table case_acts (
  user_id integer not null references users on delete cascade,
  key text not null,
  case_id bigint not null references cases on delete cascade,
  action text not null,
  at timestamptz not null,
  primary key (user_id, key)
);
create index case_acts_at on case_acts (at);

-- What applicants began to write about their cases and have not sent yet.
create table act_drafts (
  -- SHA-256 of reference, code and action: the code is stored nowhere, so nobody can tell whose this is.
  owner_hash bytea primary key,
  -- What was typed, locked under the code.
  locked bytea not null,
  expires_at timestamptz not null
);
create index act_drafts_expired on act_drafts (expires_at);

-- What was typed on the public pages and not yet sent.
create table application_drafts (
  id text primary key,
  -- SHA-256 of what only the browser that began it holds.
  owner_hash bytea not null,
  programme text not null references programmes(code),
  typed jsonb not null default '{}',
  -- Pages that were answered without a fault.
  done text[] not null default '{}',
  -- Reference of what was made of it, and its code locked under what only that browser holds.
  reference text,
  locked_code bytea,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index application_drafts_expired on application_drafts (expires_at);
`,
};
