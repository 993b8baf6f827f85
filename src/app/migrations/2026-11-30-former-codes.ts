/** Under which codes a change-set had a row before: whoever opened it under one of them is led to the row, not told that it is gone. */
export const formerCodes = {
  name: "2026-11-30-former-codes",
  up: `
alter table setup_changes add column formerly text[] not null default '{}';
`,
};
