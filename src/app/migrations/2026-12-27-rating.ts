/** The invitation to rate leaves some time after the answer, and a reminder after it. */
export const rating = {
  name: "2026-12-27-rating",
  up: `
-- When the applicant is invited to rate, and when reminded. Empty in what was answered before: its invitation left with the answer.
alter table cases add column invite_to_rate_at timestamptz, add column remind_to_rate_at timestamptz;
`,
};
