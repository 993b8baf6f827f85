/** How long an agent worked on a call: without the time in which another call was in front of them. */
export const callTime = {
  name: "2026-12-24-call-time",
  up: `
-- Seconds so far, when the agent last did something in it, and whether it is in front of them: one of an agent's drafts, or none.
alter table call_drafts add column seconds integer not null default 0, add column active_at timestamptz,
  add column in_front boolean not null default false;
update call_drafts set active_at = updated_at;
alter table call_drafts alter column active_at set not null;
-- Null: from its beginning to its end.
alter table calls add column seconds integer check (seconds >= 0);
`,
};
