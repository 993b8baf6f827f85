/**
 * Files that applications and acts carry. First a file is stored and checked for its owner (a person, a form, a channel); then
 * an outcome of a case takes it along, in its own statement. Bytes are on disk, named by the id.
 */
export const files = {
  name: "2026-12-04-files",
  up: `
create table attachments (
  id text primary key check (id ~ '^[0-9a-f]{32}$'),
  programme text not null references programmes(code),
  -- Who may bind it to a case, in words of the service that stored it.
  owner text not null,
  name text not null,
  type text not null,
  bytes bigint not null check (bytes > 0),
  sha256 bytea not null,
  locked boolean not null default false,
  -- Came while the virus scanner was away, where the programme takes files all the same.
  unscanned boolean not null default false,
  staged_at timestamptz not null,
  -- Null until an outcome took it along.
  case_id bigint references cases(id),
  event_seq integer,
  -- From where a waiting file came: an HMAC of the address, so that one address cannot take the room of all.
  origin bytea,
  check ((case_id is null) = (event_seq is null)),
  constraint attachments_origin_check check (origin is null or case_id is null)
);
create index attachments_of_case on attachments (case_id, event_seq) where case_id is not null;
create index attachments_staged on attachments (staged_at) where case_id is null;
create index attachments_owner on attachments (owner) where case_id is null;

-- What a case carries is part of its record: the role that binds and sweeps may not change it afterwards.
create function keep_bound_attachments() returns trigger language plpgsql as $$
begin
  raise exception 'attachment % belongs to case %', old.id, old.case_id using errcode = 'integrity_constraint_violation';
end $$;
create trigger attachments_kept before update or delete on attachments
  for each row when (old.case_id is not null) execute function keep_bound_attachments();
-- A case never carries an origin.
create function forget_origin_of_attachment() returns trigger language plpgsql as $$
begin
  new.origin := null;
  return new;
end $$;
create trigger attachments_forget_origin before update of case_id on attachments
  for each row when (new.case_id is not null) execute function forget_origin_of_attachment();

-- Before a byte of a file is read its place is taken: so many files and bytes of an owner, and of all, may wait to be sent,
-- however many requests come at once. The place goes when the file is staged, or refused; what a kill left counts an hour.
create table attachment_places (
  id text primary key check (id ~ '^[0-9a-f]{32}$'),
  owner text not null,
  -- The most that the file may have: how long it is, is known only at its end.
  bytes bigint not null check (bytes > 0),
  taken_at timestamptz not null,
  origin bytea
);
create index attachment_places_owner on attachment_places (owner);
`,
};
