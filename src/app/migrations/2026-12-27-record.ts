/** Who reminded those that have a case last, and which reminders still wait. */
export const record = {
  name: "2026-12-27-record",
  up: `
-- The last reminder of each who sent one: [{"by", "role", "level", "at", "seq", "open"}]; null: none since this was deployed.
alter table cases add column reminders jsonb;
-- Open reminders are few, and looked for on every home.
create index cases_reminded on cases (programme, entity) where reminders @> '[{"open": true}]';
`,
};
