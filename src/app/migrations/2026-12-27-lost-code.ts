/** Links that people asked for who lost their code: whether one is sent is found out after they were answered. */
export const lostCode = {
  name: "2026-12-27-lost-code",
  up: `
-- Stored for whatever was typed, and gone when it was looked at: the answer costs the same whether or not there is such a case.
create table asked_links (
  id bigint generated always as identity primary key,
  reference text not null,
  -- What was typed to be written to, under a key of SESSION_SECRET.
  contact bytea not null,
  asked_at timestamptz not null
);
`,
};
