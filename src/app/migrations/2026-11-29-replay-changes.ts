/** What a replay found goes with its run, without asking for the run again at each row: of a million cases that took longer than storing them. */
export const replayChanges = {
  name: "2026-11-29-replay-changes",
  up: `
alter table replay_changes drop constraint replay_changes_run_id_fkey;
create function forget_replay_changes() returns trigger language plpgsql as $$
begin
  delete from replay_changes where run_id in (select id from gone);
  return null;
end $$;
create trigger changes_go_along after delete on replay_runs referencing old table as gone
  for each statement execute function forget_replay_changes();
`,
};
