/** A case of a replay stands once, with all that would be otherwise of it: where every promise changes there were four rows a case. */
export const replayKinds = {
  name: "2026-11-30-replay-kinds",
  up: `
-- Changes that come together, by their places in the list of the tally. The same ones may be more than one kind.
create table replay_kinds (
  run_id uuid not null references replay_runs on delete cascade,
  kind integer not null,
  changes smallint[] not null,
  primary key (run_id, kind)
);
insert into replay_kinds select distinct run_id, change, array[change] from replay_changes;
alter table replay_changes rename column change to kind;
alter table replay_changes alter column kind type integer;
`,
};
