/** What a change-set holds is replayed together, as one run. */
export const setReplays = {
  name: "2027-01-03-set-replays",
  up: `
alter table replay_runs drop constraint replay_runs_kind_check;
alter table replay_runs add constraint replay_runs_kind_check check (kind in ('rules','calendar','set'));
`,
};
