/** What a replay counts of cases stands in a key: rows of cases are long, and a million of them are gigabytes. */
export const casesByNumber = {
  name: "2026-11-30-cases-by-number",
  up: `
create index cases_by_number on cases (programme, id)
  include (last_seq, received_at, confidential, duplicate_of, withdrawn_at, withdrawn_by);
`,
};
