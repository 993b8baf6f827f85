/**
 * The applicant's pages: what was typed and not yet sent, and what each type of application is for. Applications that come
 * by our own pages come without a channel's key, and their retries are told apart without one.
 */
export const publicPages = {
  name: "2026-11-26-public-pages",
  up: `
create table application_drafts (
  id text primary key,
  -- SHA-256 of what only the browser of whoever began it holds.
  owner_hash bytea not null,
  programme text not null references programmes(code),
  typed jsonb not null default '{}',
  -- Pages that were answered without a fault.
  done text[] not null default '{}',
  -- Reference of what was made of it, and its code locked under what only that browser holds.
  reference text,
  locked_code bytea,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index application_drafts_expired on application_drafts (expires_at);

alter table idempotency_keys drop constraint idempotency_keys_pkey;
alter table idempotency_keys alter column channel_key_id drop not null;
create unique index idempotency_keys_once on idempotency_keys (coalesce(channel_key_id, 0), key_hash);

alter table application_types add column purpose_ar text, add column purpose_en text;
`,
};
