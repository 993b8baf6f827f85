/** What replays say of past cases, laid down at night: whose they are, and how their promises stood. */
export const replayTexts = {
  name: "2026-11-30-replay-texts",
  up: `
-- Cases of 4096 numbers of one programme, when their events came to so many: whatever happens to a case adds one.
create table replay_texts (
  block bigint not null,
  programme text not null references programmes(code),
  events bigint not null,
  -- Promises stood so from this moment on, until the next of them falls due; null: none will.
  as_of timestamptz not null,
  next_due_at timestamptz,
  first_received_at timestamptz not null,
  last_received_at timestamptz not null,
  -- As a replay's page tells them; null where there is nothing to tell.
  labels text,
  promises text,
  primary key (block, programme)
);
`,
};
