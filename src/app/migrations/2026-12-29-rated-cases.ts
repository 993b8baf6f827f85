/** The share of people who rated is of cases, each once; of ratings there may be two of one case. */
export const ratedCases = {
  name: "2026-12-29-rated-cases",
  up: `
-- Cases with a rating that applicants gave themselves, each once a day.
alter table rollup_days add column rated_cases integer;
`,
};
