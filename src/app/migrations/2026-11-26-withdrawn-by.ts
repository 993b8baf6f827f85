/** Who withdrew an application for its applicant. What the applicant withdraws is left out of the figures; this is not all of it. */
export const withdrawnBy = {
  name: "2026-11-26-withdrawn-by",
  up: `
alter table cases add column withdrawn_by integer references users;
`,
};
