/** Why a case was rejected is among what it is found by: those that were before wait in `search_backlog` to be read again. */
export const rejectionsInSearch = {
  name: "2026-11-26-rejections-in-search",
  up: `
insert into search_backlog select id from cases where rejected_at is not null on conflict do nothing;
`,
};
