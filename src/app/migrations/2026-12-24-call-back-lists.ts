/** What calls that come later wait for; and the answers that failed, found by when they were written. */
export const callBackLists = {
  name: "2026-12-24-call-back-lists",
  up: `
-- When the person asked to be called; null: as soon as may be, or the time between two tries.
alter table call_backs add column wished_at timestamptz;
-- What nobody noted so far is taken for a wish: it is kept rather than called too early.
update call_backs b set wished_at = b.ready_at where b.state = 'open' and (b.tries = 0 and b.reason = 'callerAsked' and b.ready_at > b.created_at
  or exists (select 1 from call_back_tries t where t.call_back_id = b.id and t.number = b.tries and t.outcome = 'later'));
-- Answers that could not be delivered: each run reads those of the last days, not of all years.
create index messages_failed_lately on messages (programme, created_at, id) where state = 'failed' and receiver_case is not null;
`,
};
