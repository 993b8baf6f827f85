/**
 * What a replay counts of cases stands in a key: rows of cases are long, and a million of them are gigabytes. Nothing that each
 * act changes is in it, so that an act writes as few keys as before.
 */
export const casesByNumber = {
  name: "2026-11-30-cases-by-number",
  up: `
create index cases_by_number on cases (programme, id)
  include (received_at, confidential, duplicate_of, withdrawn_at, withdrawn_by);
`,
};
