/** What is news of a case: to the person who has it, and to those whom a note names. */
export const news = {
  name: "2026-12-06-news",
  up: `
create table case_news (
  case_id bigint not null references cases(id) on delete cascade,
  -- Somebody whom it names; null: the person who has the case.
  user_id integer references users on delete cascade,
  -- Whose it is now: who has the case, or who was named. Null: of all at the place where the case waits.
  holder integer references users on delete cascade,
  programme text not null,
  entity text,
  sector text,
  -- The last of them, newest first: {"seq", "kind"}. What was written stays in the events.
  items jsonb not null,
  last_seq integer not null,
  at timestamptz not null,
  -- Up to which event the holder has seen the case.
  read_to integer not null default 0,
  -- The same of those who share it, by their number.
  seen jsonb not null default '{}'
);
create unique index case_news_row on case_news (case_id, user_id) nulls not distinct;
-- Only what somebody has not seen yet is looked for.
create index case_news_holder on case_news (holder, at) where holder is not null and last_seq > read_to;
create index case_news_entity on case_news (programme, entity, at) where holder is null and entity is not null and last_seq > read_to;
create index case_news_queue on case_news (programme, sector, at) where holder is null and entity is null and last_seq > read_to;

-- News goes with the case, by whichever act it is handed over: who takes what they have seen has seen it.
create function news_follow_case() returns trigger language plpgsql as $$
begin
  update case_news set holder = new.assignee, entity = new.entity, sector = new.sector,
    read_to = greatest(read_to, (seen->>new.assignee::text)::integer)
    where case_id = new.id and user_id is null;
  return null;
end $$;
create trigger takes_news_along after update of assignee, entity, sector on cases
  for each row when (new.assignee is distinct from old.assignee or new.entity is distinct from old.entity or new.sector is distinct from old.sector)
  execute function news_follow_case();
`,
};
