/** A case of a replay stands once, with all that would be otherwise of it: where every promise changes there were four rows a case. */
export const replayBundles = {
  name: "2026-11-30-replay-bundles",
  up: `
-- Changes that come together, by their places in the list of the tally. The same ones may be more than one bundle.
create table replay_bundles (
  run_id uuid not null references replay_runs on delete cascade,
  bundle integer not null,
  changes smallint[] not null,
  primary key (run_id, bundle)
);
insert into replay_bundles select distinct run_id, change, array[change] from replay_changes;
alter table replay_changes rename column change to bundle;
alter table replay_changes alter column bundle type integer;

-- The last case that is looked at: one that is received while it runs is none of those that were counted when it was asked for.
alter table replay_runs add column last_id bigint not null default 0;
update replay_runs set last_id = coalesce((select max(id) from cases), 0) where finished_at is null;
`,
};
