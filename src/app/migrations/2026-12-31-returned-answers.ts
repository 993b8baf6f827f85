/**
 * Digests say how many answers a review sent back: these events are found by their moment. What was overdue when a digest was sent counted
 * what waited for its review too: the next one counts that from the cases again, rather than compare two meanings.
 */
export const returnedAnswers = {
  name: "2026-12-31-returned-answers",
  up: `
create index case_events_returned on case_events (at) where type = 'case.returned';
update digest_runs set overdue = null where overdue is not null;
`,
};
