/** Whom the contact centre has to reach by telephone, each try, and what was answered to its questions. */
export const callBacks = {
  name: "2026-12-23-call-backs",
  up: `
create table call_backs (
  id bigint generated always as identity primary key,
  -- What it is made for; made once.
  key text not null unique,
  programme text not null,
  case_id bigint not null references cases(id),
  reason text not null check (reason in ('answerNotDelivered','callerAsked','survey')),
  -- Null: made by itself.
  asked_by integer references users,
  note text,
  created_at timestamptz not null,
  language text not null,
  -- The present try: not before the first, and by the second.
  ready_at timestamptz not null,
  due_at timestamptz not null,
  -- The first try: by when it was promised, and when it was.
  promised_at timestamptz not null,
  first_tried_at timestamptz,
  tries integer not null default 0,
  state text not null default 'open' check (state in ('open','done')),
  outcome text check (outcome in ('reached','wrongNumber','refused','notReached','cancelled')),
  claimed_by integer references users,
  claimed_at timestamptz,
  claimed_until timestamptz,
  done_at timestamptz,
  done_by integer references users,
  check ((state = 'done') = (outcome is not null)),
  check ((outcome is null) = (done_at is null)),
  check ((claimed_by is null) = (claimed_until is null) and (claimed_by is null) = (claimed_at is null))
);
-- The list of agents, and one at a time for each of them and for each case.
create index call_backs_open on call_backs (programme, due_at, id) where state = 'open';
create unique index call_backs_claimed on call_backs (claimed_by) where claimed_by is not null;
create unique index call_backs_once on call_backs (case_id, reason) where state = 'open';
create index call_backs_case on call_backs (case_id);
-- Figures.
create index call_backs_promised on call_backs (programme, promised_at);
create index call_backs_done on call_backs (programme, done_at) where done_at is not null;

create table call_back_tries (
  call_back_id bigint not null references call_backs,
  number integer not null,
  programme text not null,
  agent integer not null references users,
  begun_at timestamptz not null,
  at timestamptz not null,
  outcome text not null check (outcome in ('reached','noAnswer','busy','wrongNumber','refused','later')),
  note text,
  primary key (call_back_id, number)
);
create index call_back_tries_at on call_back_tries (programme, at);

-- Apart from ratings that applicants give themselves: asked by the office, of a sample.
create table survey_answers (
  call_back_id bigint primary key references call_backs,
  programme text not null,
  case_id bigint not null references cases(id),
  agent integer not null references users,
  at timestamptz not null,
  rating smallint not null check (rating between 1 and 5),
  scales jsonb,
  comment text
);
create index survey_answers_at on survey_answers (programme, at);

alter table application_types add column surveyed boolean not null default true;
`,
};
