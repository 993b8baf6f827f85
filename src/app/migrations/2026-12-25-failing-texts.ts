/** Since when a message waits to be tried again: health says since when the gateway takes none. */
export const failingTexts = {
  name: "2026-12-25-failing-texts",
  up: `
-- Of one that is pending, when a try of it failed first.
alter table messages add column failing_since timestamptz;
`,
};
