/** Sums of the whole programme and since ever: what is asked of all cases does not grow with entities, days and cases. All is counted anew. */
export const coarseSums = {
  name: "2026-12-19-coarse-sums",
  up: `
truncate rollup_facts, rollup_days, rollup_parts, rollup_later, rollup_cases;
delete from rollups;

-- A row a day, a row a month, and one since ever (-infinity). A dimension that begins with * is of all entities together.
alter table rollup_days alter column month type text using '';
alter table rollup_days rename column month to grain;
alter table rollup_days add constraint rollup_days_grain check (grain in ('day','month','ever'));
alter table rollup_parts alter column month type text using '';
alter table rollup_parts rename column month to grain;
alter table rollup_parts add constraint rollup_parts_grain check (grain in ('day','month','ever'));

-- What was received on a day and is open: by the moment of its receipt.
drop index rollup_facts_day;
create index rollup_facts_day on rollup_facts (rollup, kind, day) include (part, value, entity, confidential) where part is not null;
`,
};
