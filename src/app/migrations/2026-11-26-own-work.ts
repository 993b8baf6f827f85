/** What somebody answered or has in hand, and when it was due, is found without a look at what others did. */
export const ownWork = {
  name: "2026-11-26-own-work",
  up: `
create index cases_answered on cases (answered_by, due_at) where answered_by is not null;
-- Earlier targets of what was reopened stand in its clocks alone.
create index cases_taken_again on cases (assignee) where cycle > 1 and assignee is not null;
create index cases_answered_again on cases (answered_by) where cycle > 1 and answered_by is not null;
`,
};
