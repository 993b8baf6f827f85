/** Calls opened by digits that were read out, calls that were only looked up, and calls that a colleague goes on with. */
export const callsGoOn = {
  name: "2026-12-27-calls",
  up: `
-- Until when the agent of a call may open its case without a code: the caller read out the digits that were sent to its number.
alter table calls add column opens_until timestamptz;
drop index calls_open;
create index calls_open on calls (agent) where kind = 'existing' and (ended_at is null or opens_until is not null);

-- Something was told, besides who was looked for. Numbers in their one written form: the one that was looked for last, and the one that was typed.
alter table call_drafts add column told boolean not null default false, add column sought_phone text, add column typed_phone text,
  -- A colleague went on with it when the caller rang again: what was typed is in their own draft.
  add column taken_by integer references users(id), add column taken_at timestamptz,
  add check ((taken_by is null) = (taken_at is null));
update call_drafts set told = coalesce(typed->>'phone', '') <> coalesce(typed->>'foundPhone', '')
  or exists (select 1 from jsonb_each_text(typed) t where t.key not in ('sought', 'phone', 'foundPhone') and btrim(t.value) <> '');
`,
};
