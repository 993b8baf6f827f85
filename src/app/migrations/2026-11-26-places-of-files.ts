/**
 * Before a byte of a file is read its place is taken: so many files and bytes of an owner, and of all, may wait to be sent,
 * however many requests come at once. The place goes when the file is staged, or refused; what a kill left counts an hour.
 */
export const placesOfFiles = {
  name: "2026-11-26-places-of-files",
  up: `
create table attachment_places (
  id text primary key check (id ~ '^[0-9a-f]{32}$'),
  owner text not null,
  -- The most that the file may have: how long it is, is known only at its end.
  bytes bigint not null check (bytes > 0),
  taken_at timestamptz not null
);
create index attachment_places_owner on attachment_places (owner);
`,
};
