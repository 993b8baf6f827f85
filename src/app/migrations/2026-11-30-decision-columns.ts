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
-- 1, 2 or 4 bytes, the lowest first, by how many words there are; none where all say the first. Names with an @ are no facts.
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
`,
};
