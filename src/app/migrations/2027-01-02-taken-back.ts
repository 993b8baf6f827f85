/**
 * A forward that was taken back changes where a case was and that it was transferred, also for reports of the past; and what somebody
 * forwarded is a list.
 */
export const takenBack = {
  name: "2027-01-02-taken-back",
  up: `
drop index case_events_turning;
create index case_events_turning on case_events (at) where (type in ('case.resolved','case.closed','case.reopened','case.appealed','case.withdrawn',
  'case.linked','case.transferred','case.taken-back','case.returned','case.retimed','case.rated','clock.paused','clock.resumed','clock.cancelled')
  or (type in ('case.assigned','case.classified') and (data like '%"by":"person"%' or data like '%"by":"escalation"%')));
create index case_events_forwarded on case_events (((actor::jsonb->>'userId')::integer), at)
  where type in ('case.assigned','case.transferred','case.given');
`,
};
