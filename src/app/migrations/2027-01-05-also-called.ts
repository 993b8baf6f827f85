/** What people say for an entity or a service is data of the programme: suggestions go by it. A database of before has none. */
export const alsoCalled = {
  name: "2027-01-05-also-called",
  up: `
alter table entities add column also_called jsonb not null default '[]';
alter table services add column also_called jsonb not null default '[]';
`,
};
