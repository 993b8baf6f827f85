/** Some messages to the demo's applicants come back. Then the other way, the case and its owner learn of it, as anywhere. */

import sql from "sql-template-tag";
import type { ApplicantWay } from "../../engine/letters/applicant-ways.js";
import { createFailForGood } from "../../features/notifications/fail-for-good.js";
import { createActiveSetup } from "../../features/setup/active-setup.js";
import { createPolicies } from "../../features/setup/policies.js";
import { type Database, query } from "../../platform/db/query.js";
import { inOwnMailbox } from "../../platform/mail/message-store.js";
import type { Scheduled } from "./example-instructions.js";
import { seededRandom } from "./seeded-random.js";

const dayMs = 86_400_000;
/** Of a hundred, by each way. */
export const plausiblyReturned: Readonly<Record<ApplicantWay, number>> = { email: 1, sms: 5 };
/** What a mail server or a gateway says of them. */
const reasons = { email: "550 5.1.1 The mailbox does not exist", sms: "gateway: not delivered" } as const;
/** A number of each message, by its key: the same ones come back in the same days. */
const drawn = sql`(get_byte(sha256(convert_to(m.key, 'UTF8')), 0) * 256 + get_byte(sha256(convert_to(m.key, 'UTF8')), 1)) % 100`;

/** In the evening of each day, always the same by their keys. */
export function returnedPost(a: {
  db: Database;
  seed: number;
  from: Date;
  to: Date;
  ofHundred: Readonly<Record<ApplicantWay, number>>;
}): Scheduled[] {
  const { db, seed, from, to, ofHundred } = a;
  const failForGood = createFailForGood({
    ...{ db, policies: createPolicies(createActiveSetup(db)), messages: "sent", random: seededRandom(seed + 6) },
    mayGetReceipt: async () => true,
  });
  async function comeBack(at: Date): Promise<void> {
    const taken = sql`update messages m set state = 'pending', attempts = 1, sent_at = null, delivered_at = null
      where ${inOwnMailbox} and m.receiver_case is not null and m.sent_at > ${new Date(at.getTime() - dayMs)} and m.sent_at <= ${at}
        and ${drawn} < case m.way when 'sms' then ${ofHundred.sms}::integer else ${ofHundred.email}::integer end
      returning m.id::integer, m.way`;
    for (const { id, way } of await query<{ id: number; way: keyof typeof reasons }>(db, taken))
      await failForGood({ id, reason: reasons[way], refused: true, now: at });
  }
  const days = Math.ceil((to.getTime() - from.getTime()) / dayMs) - 1;
  return Array.from({ length: days }, (_, i) => new Date(from.getTime() + (i + 1) * dayMs)).map((at) => ({
    at,
    run: () => comeBack(at),
  }));
}
