/** Cases whose answer reached nobody are found by the events that say so, not by a look at all cases. */
export const undeliveredAnswers = {
  name: "2026-12-26-undelivered-answers",
  up: `
-- An applicant whom no way reached.
create index case_events_not_reached on case_events (at) where type = 'applicant.not-reached' and data like '%"next":null%';
`,
};
