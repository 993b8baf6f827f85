/**
 * What counting and the audit look things up by. All of them are partial, so that receiving an application, which none of
 * their conditions holds for, writes to none of them.
 */
export const reportIndexes = {
  name: "2026-11-25-report-indexes",
  up: `
create index cases_working on cases (programme, received_at) where state_kind in ('open','waiting');
create index cases_first_resolved on cases (programme, first_resolved_at) where first_resolved_at is not null;
create index cases_resolved on cases (programme, resolved_at) where resolved_at is not null;
create index cases_closed on cases (programme, closed_at) where closed_at is not null;
create index cases_rated on cases (programme, rated_at) where rated_at is not null;
create index cases_rating_invited on cases (programme, rating_invited_at) where rating_invited_at is not null;
create index case_events_turning on case_events (at) where (type in ('case.resolved','case.closed','case.reopened','case.appealed','case.withdrawn',
  'case.linked','case.transferred','case.retimed','case.rated','clock.paused','clock.resumed','clock.cancelled')
  or (type in ('case.assigned','case.classified') and data like '%"by":"person"%'));
create index seal_entries_case on seal_entries ((substring(chain from 6)::bigint)) where chain like 'case/%';
`,
};
