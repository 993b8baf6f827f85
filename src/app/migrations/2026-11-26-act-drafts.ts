/** What applicants began to write about their cases and have not sent yet. */
export const actDrafts = {
  name: "2026-11-26-act-drafts",
  up: `
create table act_drafts (
  -- SHA-256 of reference, code and action: the code is stored nowhere, so nobody can tell whose this is.
  owner_hash bytea primary key,
  -- What was typed, locked under the code.
  locked bytea not null,
  expires_at timestamptz not null
);
create index act_drafts_expired on act_drafts (expires_at);
`,
};
