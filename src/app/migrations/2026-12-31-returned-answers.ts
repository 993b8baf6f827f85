/** Digests say how many answers a review sent back: these events are found by their moment. */
export const returnedAnswers = {
  name: "2026-12-31-returned-answers",
  up: `
create index case_events_returned on case_events (at) where type = 'case.returned';
`,
};
