/**
 * Whether a person can be reached is asked in one place: that a number is another's is a fact of the applicant, and a message that is held
 * or lapsed says since when.
 */
export const reach = {
  name: "2026-12-27-reach",
  up: `
-- When a call found that the number is not the applicant's; null: nobody said so, or it was shown since that it is.
alter table applicants add column number_wrong_at timestamptz;
-- Since when a limit holds it; next_attempt_at is when it goes on another way. And when it lapsed.
alter table messages add column held_at timestamptz, add column lapsed_at timestamptz;

-- What calls found before. A confirming link that is older than the call shows nothing.
with last as (
  select distinct on (w.case_id) w.case_id, y.outcome, y.at from call_back_tries y join call_backs w on w.id = y.call_back_id
  order by w.case_id, y.at desc, y.call_back_id desc)
update applicants a set number_wrong_at = last.at, phone_proven_at = null from last
where last.case_id = a.case_id and last.outcome = 'wrongNumber'
  and (a.phone_proven_at is null or a.phone_proven_at < last.at or (
    exists (select 1 from case_events e where e.case_id = a.case_id and e.type = 'contact.proven' and e.at = a.phone_proven_at
      and e.data::jsonb->>'way' = 'sms' and e.data::jsonb->>'by' = 'link')
    and not exists (select 1 from case_links l where l.case_id = a.case_id and l.way = 'sms' and l.purpose = 'prove' and l.made_at > last.at)));
update case_links l set revoked_at = greatest(a.number_wrong_at, l.made_at), revoked_by = 'address' from applicants a
where a.case_id = l.case_id and a.number_wrong_at is not null and l.way = 'sms' and l.revoked_at is null;

-- What is held already goes on at the next run.
update messages set held_at = created_at, next_attempt_at = created_at where state = 'held';

create index messages_held on messages (next_attempt_at, id) where state = 'held';
create index messages_lapsed_lately on messages (programme, lapsed_at) where lapsed_at is not null;
create index messages_too_late on messages (programme, id) where state = 'lapsed' and last_error = 'lapsed: it waited too long';
-- An answer that was held failed later than it was written.
drop index messages_failed_lately;
create index messages_failed_lately on messages (programme, (coalesce(failed_at, created_at)), id) where state = 'failed' and receiver_case is not null;
create index call_backs_spread on call_backs (programme, ready_at) where asked_by is null;
`,
};
