/**
 * Work changes hands when a term on a seat ends: which terms that was done for. And when a channel's key was last used.
 *
 * Both are tables of their own because a change of `seat_holders` or `channel_keys` is a new revision of the configuration,
 * after which every instance loads the set-up anew; neither of these decides an application.
 */
export const handOvers = {
  name: "2026-11-25-hand-overs",
  up: `
create table hand_overs (
  term integer primary key references seat_holders on delete cascade,
  -- Why the term ended, in the words of whoever ended it.
  reason text,
  -- Null until the last case of the term has changed hands.
  finished_at timestamptz,
  cases integer not null default 0
);
create index seat_holders_ended on seat_holders (held_to) where held_to is not null;

create table channel_key_uses (
  channel_key_id integer primary key references channel_keys,
  used_on date not null
);
`,
};
