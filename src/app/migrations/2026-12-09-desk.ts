/**
 * Lists and desks go by the nearer promise, first reply or final answer. The case store fills the column as it does `due_at`
 * (`features/cases/case-rows.ts`); here it is filled for the cases that there are, by the same rule.
 */
export const desk = {
  name: "2026-12-09-desk",
  up: `
-- When what was promised next is due: of the first reply and the final answer of the current cycle the earlier that still has to
-- be kept; once nothing has to be kept, the final answer's.
alter table cases add column promise_due_at timestamptz;
update cases c set promise_due_at = p.due_at
from (
  select k.case_id, coalesce(min(k.due_at) filter (where k.met_at is null and k.cancelled_at is null),
      max(k.due_at) filter (where k.target = 'resolution')) as due_at
  from clocks k join cases o on o.id = k.case_id and o.cycle = k.cycle
  where k.target in ('firstResponse', 'resolution')
  group by k.case_id) p
where p.case_id = c.id and p.due_at is not null;

drop index cases_need, cases_entity, cases_unplaced, cases_escalated;
create index cases_need on cases (programme, urgency, promise_due_at, id);
create index cases_entity on cases (programme, entity, urgency, promise_due_at, id);
create index cases_unplaced on cases (programme, sector, urgency, promise_due_at, id) where entity is null;
create index cases_escalated on cases (programme, urgency, promise_due_at, id) where escalation_level > 0;
analyze cases;

-- Groups that are no more, in the views that people keep: each becomes the one in which most of its cases are now.
update saved_views set query = regexp_replace(query, '(^|&)filters[.]desk=(new|again)(&|$)', '\\1filters.desk=later\\3')
  where query ~ 'filters[.]desk=(new|again)';
update saved_views set query = regexp_replace(query, '(^|&)filters[.]desk=week(&|$)', '\\1filters.desk=next\\2')
  where query ~ 'filters[.]desk=week';
`,
};
