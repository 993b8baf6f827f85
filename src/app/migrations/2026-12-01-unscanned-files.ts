/** Files that came while the virus scanner was away, where the programme takes files all the same, are marked. */
export const unscannedFiles = {
  name: "2026-12-01-unscanned-files",
  up: `
alter table attachments add column unscanned boolean not null default false;
`,
};
