/** Past decisions by columns: made at night of what stands in `decisions`, and made again where a decision has been added. */
export const decisionColumns = {
  name: "2026-11-30-decision-columns",
  up: `
-- Cases of 4096 numbers, with so many decisions when it was laid down: of all rule sets, and of each.
create table decision_blocks (
  block bigint primary key,
  decisions integer not null,
  by_set jsonb not null
);
-- What decisions of one rule set say of one thing: each word once (a JSON list), and the place of each decision's word in
-- 1, 2 or 4 bytes, by how many words there are; none where all say the first. Names with an @ are no facts.
create table decision_columns (
  block bigint not null references decision_blocks on delete cascade,
  rule_set text not null,
  name text not null,
  words text not null,
  places bytea,
  primary key (block, rule_set, name)
);
-- Short already.
alter table decision_columns alter column places set storage external;

-- The last case that is looked at: one that is received while it runs is none of those that were counted when it was asked for.
alter table replay_runs add column last_id bigint not null default 0;
update replay_runs set last_id = coalesce((select max(id) from cases), 0) where finished_at is null;
`,
};
