/** Invitations to rate that still wait (for a quiet night, for a server that was away) when there is nothing left to ask. */
import sql from "sql-template-tag";
import { ratingTemplates } from "../../engine/letters/rating-invitation.js";
import { type Database, query } from "../../platform/db/query.js";

/** Lets those lapse whose answer was rated, or whose case has gone on: it was closed, reopened or withdrawn. How many there were. */
export async function lapseInvitations(db: Database, now: Date): Promise<number> {
  const statement = sql`update messages m set state = ${"lapsed"}, lapsed_at = ${now}, next_attempt_at = null, claimed_until = null,
      last_error = ${"lapsed: it was rated, or no longer can be"}
    from cases c where c.id = m.receiver_case and m.state = ${"pending"} and m.template = any(${[...ratingTemplates]}::text[])
      and m.next_attempt_at <= ${now} and (m.claimed_until is null or m.claimed_until <= ${now})
      and (c.rating is not null or c.state_kind in (${"open"}, ${"waiting"}) or c.closed_at > m.created_at
        or c.resolved_at > m.created_at
        -- The reminder that waits with it says the same.
        or (m.template in (${"applicant-rate"}, ${"sms-rate"}) and exists (select 1 from messages r where r.receiver_case = m.receiver_case
          and r.id > m.id and r.template in (${"applicant-rate-reminder"}, ${"sms-rate-reminder"}) and r.state = ${"pending"})))
    returning m.id`;
  return (await query(db, statement)).length;
}
