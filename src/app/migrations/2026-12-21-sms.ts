/** Text messages to applicants: consent and order of ways, what a gateway said of each message, who wants none, how many left a day. */
export const sms = {
  name: "2026-12-21-sms",
  up: `
alter table applicants
  -- Since when the applicant agrees to text messages; null: never asked for, or taken back.
  add column sms_consent_at timestamptz,
  -- Null: the first that there is: email, else a text message with consent.
  add column contact_by text check (contact_by in ('email','sms','none'));

alter table messages
  add column way text not null default 'email' check (way in ('email','sms')),
  -- The gateway's report, of text messages only.
  add column delivered_at timestamptz,
  -- For good: so that a report says later what it said then.
  add column failed_at timestamptz,
  -- Parts that the operators charge for, counted when it is handed over.
  add column segments integer,
  -- What the gateway calls it; reports may name this instead of our own id.
  add column gateway_id text,
  -- Somebody sent what a limit had held: the limits are not asked again.
  add column limits_waived boolean not null default false,
  add constraint messages_way_receiver check (way = 'email' or receiver_case is not null);

-- Each way has a queue of its own: a slow gateway keeps no letter waiting.
drop index messages_due;
create index messages_due on messages (way, next_attempt_at, id) where state = 'pending';
create index messages_to_applicants on messages (receiver_case, id) where receiver_case is not null;
create unique index messages_sms_id on messages (message_id) where way = 'sms' and message_id is not null;
create index messages_gateway_id on messages (gateway_id) where gateway_id is not null;

-- What changes the figures of text messages without an event of the case.
create index messages_sms_written on messages (programme, created_at) where way = 'sms';
create index messages_sms_delivered on messages (delivered_at) where delivered_at is not null;
create index messages_sms_failed on messages (failed_at) where way = 'sms' and failed_at is not null;
alter table rollup_days
  add column sms_written integer, add column sms_sent integer, add column sms_delivered integer, add column sms_failed integer,
  add column sms_segments bigint;

-- Numbers that answered STOP, or whose owner ended it on the follow page. START takes the row away.
create table sms_opt_outs (
  number text primary key,
  at timestamptz not null,
  by text not null check (by in ('reply','page'))
);

-- What left on a day, for the limits: of a number, of a country's code, and of all ('*'). Rows of days before are swept.
create table sms_counts (
  programme text not null,
  day date not null,
  what text not null,
  messages integer not null,
  segments integer not null,
  primary key (programme, day, what)
);
create index on sms_counts (day);

-- Calls of the gateway that were taken once; a second one with the same signature changes nothing.
create table sms_callbacks (
  signature bytea primary key,
  at timestamptz not null
);
create index on sms_callbacks (at);
`,
};
