/**
 * Letters that waited too long do not leave in a storm once they could: not after a mail server was away for a week, nor when a release
 * finds them. They lapse with a reason, and the operation room hears of those to officials once a day.
 */

import sql, { type Sql } from "sql-template-tag";
import { civilDate } from "../../engine/calendar/civil-days.js";
import type { ApplicantWay } from "../../engine/letters/applicant-ways.js";
import { lateDays, lateReasons, whyTooLate } from "../../engine/letters/late-messages.js";
import type { MessageIntent } from "../../engine/letters/message-intent.js";
import { type MessageTemplate, outlasting } from "../../engine/letters/message-kinds.js";
import type { Setup } from "../../engine/setup/setup.js";
import { operationRoomAt } from "../../engine/setup/setup-references.js";
import { msg } from "../../engine/text/msg.js";
import { type Database, query } from "../../platform/db/query.js";
import { insertMessages, type NewMessageState } from "../../platform/mail/message-store.js";
import { knowsSince } from "../cases/follow/heard-since.js";

export interface LateParts {
  readonly db: Database;
  readonly programmes: () => Promise<readonly string[]>;
  readonly setupOf: (programme: string) => Promise<Setup>;
  readonly messages: NewMessageState;
}

const dayMs = 86_400_000;
const batch = 500;

interface Waiting {
  readonly id: number;
  readonly template: MessageTemplate;
  readonly since: Date;
  readonly known: boolean;
}

/** It waits since it could have left first: one that someone sent again waits since then. */
const waitsSince = sql`coalesce(m.failing_since, m.next_attempt_at)`;
const isFree = (now: Date): Sql =>
  sql`m.next_attempt_at <= ${now} and (m.claimed_until is null or m.claimed_until <= ${now})`;

/** All late messages to officials at once: what they can see elsewhere is of no use so late. */
const officials = (programme: string, waits: Sql, now: Date): Sql => sql`with gone as (
    update messages m set state = ${"lapsed"}, lapsed_at = ${now}, next_attempt_at = null, last_error = ${lateReasons.tooLate}
    where m.programme = ${programme} and m.receiver_user is not null and m.template <> all(${[...outlasting]}::text[]) and ${waits}
    returning m.case_id)
  select count(*)::integer as n from gone left join cases c on c.id = gone.case_id where not coalesce(c.confidential, false)`;

const toApplicants = (a: { programme: string; way: ApplicantWay; before: Date; after: number; now: Date }): Sql =>
  sql`select m.id::integer, m.template, ${waitsSince} as since, ${knowsSince(sql`m.receiver_case`, sql`m.created_at`)} as known
  from messages m where m.state = ${"pending"} and m.way = ${a.way} and m.programme = ${a.programme} and m.receiver_case is not null
    and ${isFree(a.now)} and ${waitsSince} <= ${a.before} and m.id > ${a.after} order by m.id limit ${batch}`;

/** What lapsed late today, of cases that may be counted: said once a day, with the list. */
async function tellRoom(
  { db, messages: state }: LateParts,
  setup: Setup,
  { n, now }: { n: number; now: Date },
): Promise<void> {
  const { code, timeZone } = setup.programme;
  const intents = operationRoomAt(setup, now).map(
    ({ userId, language }): MessageIntent => ({
      template: "operation-room-alert",
      receiver: { kind: "user", userId },
      language,
      data: {
        kind: "letters-late",
        message: msg("notifications.lapseLate.lapsed", { n, days: lateDays(setup.programme.settings) }),
      },
      key: `late/${code}/${civilDate(now, timeZone)}/user/${userId}`,
    }),
  );
  await insertMessages(db, { programme: code, intents, now, state });
}

async function lapseOfficials(parts: LateParts, now: Date, waits: (before: Date) => Sql): Promise<number> {
  let lapsed = 0;
  for (const programme of await parts.programmes()) {
    const setup = await parts.setupOf(programme);
    const before = new Date(now.getTime() - lateDays(setup.programme.settings) * dayMs);
    const [gone] = await query<{ n: number }>(parts.db, officials(programme, waits(before), now));
    if (gone === undefined || gone.n === 0) continue;
    lapsed += gone.n;
    await tellRoom(parts, setup, { n: gone.n, now });
  }
  return lapsed;
}

/** Lets letters lapse that wait to be put together. */
export const lapseLateGathering = (parts: LateParts, now: Date): Promise<number> =>
  lapseOfficials(parts, now, (before) => sql`m.state = ${"gathering"} and m.gather_at <= ${before}`);

export interface LateAsked {
  readonly way: ApplicantWay;
  readonly now: Date;
}

/** Lets messages lapse that wait to leave by this way. Called where they can leave. */
export async function lapseLate(parts: LateParts, { way, now }: LateAsked): Promise<number> {
  const { db } = parts;
  const waits = (before: Date) => sql`m.state = ${"pending"} and ${isFree(now)} and ${waitsSince} <= ${before}`;
  let lapsed = way === "email" ? await lapseOfficials(parts, now, waits) : 0;
  for (const programme of await parts.programmes()) {
    const days = lateDays((await parts.setupOf(programme)).programme.settings);
    const before = new Date(now.getTime() - days * dayMs);
    for (let after = 0; ; ) {
      const rows = await query<Waiting>(db, toApplicants({ programme, way, before, after, now }));
      const gone = rows.flatMap(({ id, since, ...row }) => {
        const reason = whyTooLate({ ...row, waitedMs: now.getTime() - since.getTime(), lateDays: days });
        return reason === null ? [] : [{ id, reason }];
      });
      lapsed += await lapse(db, gone, now);
      const last = rows.at(-1);
      if (last === undefined || rows.length < batch) break;
      after = last.id;
    }
  }
  return lapsed;
}

/** Those that still wait or are held; how many. */
export async function lapse(
  db: Database,
  gone: readonly { readonly id: number; readonly reason: string }[],
  now: Date,
): Promise<number> {
  if (gone.length === 0) return 0;
  const statement = sql`update messages m set state = ${"lapsed"}, lapsed_at = ${now}, next_attempt_at = null, last_error = r.reason
    from jsonb_to_recordset(${JSON.stringify(gone)}::jsonb) as r(id bigint, reason text)
    where m.id = r.id and m.state in (${"pending"}, ${"held"}) and (m.claimed_until is null or m.claimed_until <= ${now})
    returning m.id`;
  return (await query(db, statement)).length;
}
