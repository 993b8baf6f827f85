/** A draft in a change-set is replayed by the set-up as it would be: the edits are kept as they stood when the replay was started. */
export const replaysOfChangeSets = {
  name: "2026-11-29-replays-of-change-sets",
  up: `
alter table replay_runs
  add column change_set_id integer references policy_drafts,
  add column setup_edits json,
  -- Null: the set-up in force.
  add column setup_checksum text;
`,
};
