/** Figures that are kept added up: what each case adds to them, the sums a day and a month, and how far they are. */
export const figures = {
  name: "2026-12-13-figures",
  up: `
-- One edition of a programme's sums. Another is built beside the current one where the way of counting changed, and takes its place.
create table rollups (
  id integer generated always as identity primary key,
  programme text not null references programmes(code),
  state text not null check (state in ('building','current','old')),
  -- Checksum of what decides the counting: zone, calendar, levels, the window for reopening, the program's own way.
  counted_by text not null,
  -- Events of all earlier transactions are in it.
  from_tx xid8 not null,
  as_of timestamptz not null,
  -- While it is built: cases up to this number are in it.
  after_id bigint not null default 0
);
create unique index rollups_current on rollups (programme) where state = 'current';
create unique index rollups_building on rollups (programme) where state = 'building';

-- Where a case is counted now, and what it adds: taken away as it was, when it changes.
create table rollup_cases (
  rollup integer not null references rollups,
  case_id bigint not null,
  confidential boolean not null,
  entity text not null, service text not null, type text not null, pillar text not null, importance text not null,
  channel text not null, governorate text not null,
  primary key (rollup, case_id)
);
create table rollup_facts (
  rollup integer not null,
  case_id bigint not null,
  kind text not null,
  day date not null,
  -- The day of the fact of this kind before, so that a case counts once in a period with both.
  before date,
  flags integer not null,
  code text not null,
  -- Which class of the histogram the value falls in.
  part integer,
  value bigint,
  -- As of its case: the values of one entity are found without it.
  entity text not null,
  confidential boolean not null
);
create index rollup_facts_case on rollup_facts (rollup, case_id);
create index rollup_facts_part on rollup_facts (rollup, kind, part, entity, day) include (value, confidential) where part is not null;
create index rollup_facts_day on rollup_facts (rollup, kind, day) include (part, entity, confidential) where part is not null;

-- Sums of facts, a row a day and a row a month, of each entity: of all its cases, and by one property of theirs.
create table rollup_days (
  rollup integer not null,
  dimension text not null,
  month boolean not null,
  span date not null,
  entity text not null,
  code text not null,
  confidential boolean not null,
  received integer, transferred integer, resolved integer, closed integer, rejected integer, first_resolved integer, reopened integer,
  appealed integer, settled_at_first integer, resolution_due integer, resolution_due_met integer, resolution_on_time integer,
  response_due integer, response_on_time integer, ratings integer, good_ratings integer, invitations integer, receipts_reached integer,
  answers_reached integer, opened integer, ended integer, paused_seconds bigint, working_seconds bigint,
  primary key (rollup, dimension, month, span, entity, code, confidential)
);
-- What has more parts than a column each: scales, levels, days before, classes of a histogram, what is open and late.
create table rollup_parts (
  rollup integer not null,
  measure text not null,
  dimension text not null,
  month boolean not null,
  span date not null,
  entity text not null,
  code text not null,
  part text not null,
  confidential boolean not null,
  n integer not null,
  total bigint not null,
  primary key (rollup, measure, dimension, month, span, entity, code, part, confidential)
);
create index rollup_parts_empty on rollup_parts (rollup) where n = 0;

-- Cases with an event that is still to come by the clock of the sums: counted again then.
create table rollup_later (
  rollup integer not null,
  case_id bigint not null,
  at timestamptz not null,
  primary key (rollup, case_id)
);

-- A case whose importance an escalation raised is counted by what it was before, too.
drop index case_events_turning;
create index case_events_turning on case_events (at) where (type in ('case.resolved','case.closed','case.reopened','case.appealed','case.withdrawn',
  'case.linked','case.transferred','case.retimed','case.rated','clock.paused','clock.resumed','clock.cancelled')
  or (type in ('case.assigned','case.classified') and (data like '%"by":"person"%' or data like '%"by":"escalation"%')));
`,
};
