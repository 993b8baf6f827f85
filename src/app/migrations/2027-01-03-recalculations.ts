/** Where a second person publishes, one asks for running deadlines to be calculated anew and another does it: what waits for that. */
export const recalculations = {
  name: "2027-01-03-recalculations",
  up: `
-- One at a time in a programme; it goes when it was done, taken back or declined.
create table recalculations (
  programme text primary key references programmes (code),
  asked_for text not null check (asked_for in ('calendar', 'rules')),
  reason text not null,
  asked_by integer not null references users,
  asked_at timestamptz not null
);
`,
};
