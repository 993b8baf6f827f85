/**
 * Files that applications and acts carry. First a file is stored and checked for its owner (a person, a form, a channel);
 * then an outcome of a case takes it along, in its own statement. Bytes are on disk, named by the id.
 */
export const attachments = {
  name: "2026-11-26-attachments",
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
  staged_at timestamptz not null,
  -- Null until an outcome took it along.
  case_id bigint references cases(id),
  event_seq integer,
  check ((case_id is null) = (event_seq is null))
);
create index attachments_of_case on attachments (case_id, event_seq) where case_id is not null;
create index attachments_staged on attachments (staged_at) where case_id is null;
create index attachments_owner on attachments (owner) where case_id is null;

-- What a case carries is part of its record: whoever may bind and sweep may not change it afterwards.
create function keep_bound_attachments() returns trigger language plpgsql as $$
begin
  raise exception 'attachment % belongs to case %', old.id, old.case_id using errcode = 'integrity_constraint_violation';
end $$;
create trigger attachments_kept before update or delete on attachments
  for each row when (old.case_id is not null) execute function keep_bound_attachments();
`,
};
