/** How a position gets letters, when it is on duty, and letters that wait until they are put together. */
export const letters = {
  name: "2026-12-07-letters",
  up: `
-- Null: as the programme says. It belongs to the position: the next holder sees who chose it, and when.
alter table seats
  add column letters text check (letters in ('atOnce','hourly','daily','none')),
  add column letters_by integer references users,
  add column letters_at timestamptz;

-- A rota: the days on which a position is on duty, first and last day included. A day without a line falls back to the turn.
create table duty_days (
  id integer generated always as identity primary key,
  seat_id integer not null references seats,
  first_day date not null,
  last_day date not null check (last_day >= first_day),
  added_by integer references users,
  added_at timestamptz not null
);
create index on duty_days (seat_id, last_day);
create trigger bump_revision after insert or update or delete on duty_days for each statement execute function bump_configuration_revision();

-- gathering: waits until gather_at to be told together with others; gathered: another letter told it; lapsed: it concerned nobody any more.
alter table messages
  drop constraint messages_state_check,
  add constraint messages_state_check check (state in ('pending','sent','kept','failed','held','gathering','gathered','lapsed')),
  add column gather_at timestamptz,
  -- The position for which somebody is written to: the letter goes to who holds it when the letters are put together.
  add column receiver_seat integer references seats,
  add column gathered_into bigint references messages;
-- Found by whose moment has come, however many letters there are.
create index messages_to_gather on messages (gather_at, programme, receiver_user) where state = 'gathering';
create index messages_gathered on messages (gathered_into) where gathered_into is not null;
`,
};
