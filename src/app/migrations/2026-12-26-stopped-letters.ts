/** Who reads a letter about an application ends the letters about it, and lets them come again. */
export const stoppedLetters = {
  name: "2026-12-26-stopped-letters",
  up: `
-- Since when no letters about this application go to the address; the order of the ways stays, for when they come again.
alter table applicants add column email_stopped_at timestamptz;
`,
};
