/** A call that a colleague went on with is one call, whichever agent saves it. */
export const oneCall = {
  name: "2026-12-28-one-call",
  up: `
-- The token of the colleague's draft, where taken_by says that there is one: both are saved as one application.
alter table call_drafts add column taken_token text;
`,
};
