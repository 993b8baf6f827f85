/** What was laid down for replays is held against the events of its cases, which are counted along their key. */
export const replayTextsByEvents = {
  name: "2026-11-30-replay-texts-by-events",
  up: `
-- They are laid down anew at night: until now events were those that the cases said they had.
truncate replay_texts;
-- When the block had so many events, of all programmes, it had so many decisions.
alter table replay_texts add column decisions integer not null;
`,
};
