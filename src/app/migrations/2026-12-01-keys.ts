/** Which key made what is stored, by its label (`domain/key-ring.ts`); null for what was made before labels were noted. */
export const keyLabels = {
  name: "2026-12-01-keys",
  up: `
alter table seals add column key text;
alter table second_factors add column key text;
alter table account_links add column key text;

-- Cookies leave nothing behind that says which key signed them: running instances note which one signs.
create table cookie_keys (
  key text primary key,
  first_at timestamptz not null,
  last_at timestamptz not null
);
`,
};
