/** What figures leave out is shown as one total, and counted along a key of its own: of a million cases few are confidential. */
export const confidentialCases = {
  name: "2026-12-02-confidential-cases",
  up: `
create index cases_confidential on cases (programme) where confidential;
`,
};
