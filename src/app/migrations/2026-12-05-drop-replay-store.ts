/** Replays read the record itself: what was stored for them at night goes, with its job. */
export const dropReplayStore = {
  name: "2026-12-05-drop-replay-store",
  up: `
drop table decision_columns, decision_blocks, replay_texts;
drop index cases_by_number;
delete from jobs where name = 'prepare-replays';
`,
};
