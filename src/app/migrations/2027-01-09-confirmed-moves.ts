/** Where a second person publishes, moving open cases to another version waits for one as well. */
export const confirmedMoves = {
  name: "2027-01-09-confirmed-moves",
  up: `
alter table workflow_migrations drop constraint workflow_migrations_state_check;
alter table workflow_migrations add constraint workflow_migrations_state_check
  check (state in ('asked','waiting','running','done','failed','cancelled'));
alter table workflow_migrations add column confirmed_by integer references users;
`,
};
