/**
 * What waits for a quality review is not overdue at the office, so a case says when the answer was written that stands. Whose it is that a
 * target was kept or not, its clock says: who had taken the case when that was decided.
 */
const isTarget = "k.target in ('firstResponse', 'resolution')";

export const overdue = {
  name: "2026-12-30-overdue",
  up: `
alter table cases add column answer_written_at timestamptz;
update cases c set answer_written_at = e.at
from (select distinct on (e.case_id) e.case_id, e.type, e.at from case_events e join cases o on o.id = e.case_id and o.answered_by is not null
    where e.type in ('case.answered', 'case.returned', 'case.assigned', 'case.transferred', 'case.reopened', 'case.appealed')
    order by e.case_id, e.seq desc) e
where e.case_id = c.id and e.type = 'case.answered';

alter table clocks add column held_by integer references users;
-- The last who took it, or to whom it was given, by then, and an answer in time to what no one had taken is of who wrote it.
update clocks k set held_by = coalesce(h.holder, case when k.breached_at is null then h.writer end)
from (select k.case_id, k.cycle, k.target,
    (array_agg(case e.type when 'case.taken' then (e.data::jsonb->>'by')::integer when 'case.given' then (e.data::jsonb->>'colleague')::integer
        when 'case.handed-over' then (e.data::jsonb->>'to')::integer end order by e.seq desc)
      filter (where e.type in ('case.taken', 'case.given', 'case.handed-over', 'case.assigned', 'case.transferred')))[1] as holder,
    (array_agg((e.actor::jsonb->>'userId')::integer order by e.seq desc)
      filter (where e.type in ('case.answered', 'applicant.asked', 'case.noted', 'case.rejected')))[1] as writer
  from clocks k join case_events e on e.case_id = k.case_id and e.at <= case when k.breached_at is null then k.met_at else least(k.breached_at, k.due_at) end
  where ${isTarget} and (k.met_at is not null or k.breached_at is not null)
    and e.type in ('case.taken', 'case.given', 'case.handed-over', 'case.assigned', 'case.transferred', 'case.answered', 'applicant.asked',
      'case.noted', 'case.rejected')
  group by k.case_id, k.cycle, k.target) h
where h.case_id = k.case_id and h.cycle = k.cycle and h.target = k.target and coalesce(h.holder, h.writer) is not null;
create index clocks_held on clocks (held_by, due_at) where held_by is not null;

-- A case whose answer was sent back since counted as in review before.
drop index case_events_turning;
create index case_events_turning on case_events (at) where (type in ('case.resolved','case.closed','case.reopened','case.appealed','case.withdrawn',
  'case.linked','case.transferred','case.returned','case.retimed','case.rated','clock.paused','clock.resumed','clock.cancelled')
  or (type in ('case.assigned','case.classified') and (data like '%"by":"person"%' or data like '%"by":"escalation"%')));
-- A group of the desk shows the more important first, then what is due first.
create index cases_important on cases (programme, importance, promise_due_at, id) where urgency in (0, 1);
analyze cases, clocks;
`,
};
