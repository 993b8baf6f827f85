/** Links by which applicants open their own case, and what shows that an address or a number is theirs. */
export const links = {
  name: "2026-12-22-links",
  up: `
-- Since when the person who reads at that address or number has shown it. Of this application alone: anybody can type somebody else's.
alter table applicants add column email_proven_at timestamptz;
alter table applicants add column phone_proven_at timestamptz;

-- The token stands in the message alone: here is its SHA-256.
create table case_links (
  id bigint generated always as identity primary key,
  case_id bigint not null references applications(id),
  message_id bigint not null references messages(id) on delete cascade,
  -- open: state, reply and rating of the case; prove: shows that the address is the applicant's, and opens nothing.
  purpose text not null check (purpose in ('open', 'prove')),
  way text not null check (way in ('email', 'sms')),
  token_hash bytea not null unique check (length(token_hash) = 32),
  made_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by text check (revoked_by in ('office', 'applicant', 'address')),
  -- Effects that acts by it had: each once.
  used text[] not null default '{}',
  check ((revoked_at is null) = (revoked_by is null))
);
create index case_links_case on case_links (case_id);
create index case_links_message on case_links (message_id);
create index case_links_expires on case_links (expires_at);

-- Six digits that somebody was sent. They are made of the nonce and a key that the database does not have.
create table contact_proofs (
  id bigint generated always as identity primary key,
  case_id bigint not null references applications(id),
  way text not null check (way in ('email', 'sms')),
  nonce bytea not null check (length(nonce) = 16),
  -- Label of the key.
  key text not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  tries integer not null default 0,
  proven_at timestamptz
);
create index contact_proofs_case on contact_proofs (case_id, way, made_at);
create index contact_proofs_expires on contact_proofs (expires_at);

-- Another address or number is nobody's yet, and what was sent to the old one opens nothing any more.
create function forget_contact_proof() returns trigger language plpgsql as $$
begin
  if new.email is distinct from old.email then
    new.email_proven_at := null;
  end if;
  if new.phone is distinct from old.phone then
    new.phone_proven_at := null;
  end if;
  update case_links set revoked_at = statement_timestamp(), revoked_by = 'address'
    where case_id = new.case_id and revoked_at is null
      and (way = 'email' and new.email is distinct from old.email or way = 'sms' and new.phone is distinct from old.phone);
  delete from contact_proofs where case_id = new.case_id and proven_at is null
    and (way = 'email' and new.email is distinct from old.email or way = 'sms' and new.phone is distinct from old.phone);
  return new;
end $$;
create trigger forget_contact_proof before update of email, phone on applicants
  for each row execute function forget_contact_proof();
`,
};
