/**
 * A link for who lost the code. What is asked for is stored, and the asker is answered: the same, as fast, by the same statements, whether there is
 * such a case or not. What becomes of it is found out after that, by the job that sends letters.
 */

import type { Logger } from "pino";
import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import { contactOf } from "../../../engine/applicant/applicant-code.js";
import { type ApplicantWay, applicantWays, byWay } from "../../../engine/letters/applicant-ways.js";
import { type LinkPurpose, linkDays, linkInMessage } from "../../../engine/letters/link-in-message.js";
import { query } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { errorSummary } from "../../../platform/error-summary.js";
import { insertMessages } from "../../../platform/mail/message-store.js";
import type { Tries } from "../act/applicant-tries.js";
import type { CaseParts } from "../case-parts.js";
import { caseByReference, type LoadedCase } from "../case-queries.js";
import { recordLook } from "../record-look.js";
import { contactAddress } from "./contact-store.js";
import { contactFacts } from "./link-store.js";

export interface LostCodes {
  /** Takes note of it, whatever it is; `contact` as `contactOf` has it. Problem too-many-requests, of an address of the network. */
  ask(a: { reference: string; contact: string; address: string; now: Date }): Promise<void>;
  /** Writes the messages that were asked for; how many. */
  send(a: { now: Date }): Promise<{ readonly links: number }>;
}

interface Asked {
  readonly id: number;
  readonly reference: string;
  readonly contact: Buffer;
}

interface Found {
  readonly way: ApplicantWay;
  readonly address: string;
  readonly purpose: LinkPurpose;
}

const mostARun = 500;
/** What could not be done for so long is not done any more: who asked has asked again, or called. */
const askedMs = 3_600_000;

export function createLostCodes(
  parts: CaseParts & {
    tries: Pick<Tries, "count" | "linkAfterLostCode">;
    offersTexts: boolean;
    /** The names of a contact, one under each key of SESSION_SECRET. */
    contactNames: (contact: string) => readonly Buffer[];
    log: Logger;
  },
): LostCodes {
  const { db, tries } = parts;

  const isAsked = (address: string, { contact }: Asked): boolean => {
    const known = contactOf(address);
    return known !== null && parts.contactNames(known).some((name) => name.equals(contact));
  };

  /** Where a link may go that was asked for; null: nowhere. */
  async function wayTo({ theCase, revision }: LoadedCase, asked: Asked, tx: Transaction): Promise<Found | null> {
    const { setup } = parts.policies.at(theCase.programme, revision);
    const days = linkDays(setup.programme.settings);
    for (const way of applicantWays) {
      if (way === "sms" && !parts.offersTexts) continue;
      const address = await contactAddress(db, theCase.id, way, tx);
      if (address === null || !isAsked(address, asked)) continue;
      const facts = await contactFacts(db, { caseId: theCase.id, way }, tx);
      const purpose = facts && linkInMessage({ ...facts, days });
      if (purpose !== null) return { way, address, purpose };
    }
    return null;
  }

  /** The oldest that was asked for, done or found to be nothing: then it is gone. Null: there is none. */
  async function sendNext(failed: number[], now: Date): Promise<{ sent: boolean } | null> {
    let asked: Asked | undefined;
    try {
      return await parts.policies.loaded(() =>
        inTransaction(db, async (tx) => {
          const since = new Date(now.getTime() - askedMs);
          const statement = sql`delete from asked_links where id = (select id from asked_links
              where asked_at > ${since} and id <> all(${[...failed]}::bigint[]) order by id limit 1)
            returning id, reference, contact`;
          [asked] = await query<Asked>(db, statement, tx);
          if (asked === undefined) return null;
          const loaded = await caseByReference(db, asked.reference, tx);
          const found = loaded && (await wayTo(loaded, asked, tx));
          if (loaded === null || found === null) return { sent: false };
          const { way, address, purpose } = found;
          const { theCase } = loaded;
          const { reference } = theCase;
          if (!(await tries.linkAfterLostCode({ reference, purpose, address, now }, tx))) return { sent: false };
          const { type, language } = theCase.application;
          const intent = {
            ...byWay(way, "applicant-lost-code", `case/${theCase.id}/lost-code/${asked.id}`),
            receiver: { kind: "applicant", caseId: theCase.id },
            language,
            data: { reference, type },
          } as const;
          const { programme, id: caseId } = theCase;
          await insertMessages(db, { programme, intents: [intent], now, state: parts.messages, caseId }, tx);
          const actor = { kind: "applicant" } as const;
          await recordLook(parts, tx, loaded, { type: "link.asked", data: { way, purpose }, actor, now });
          return { sent: true };
        }),
      );
    } catch (error) {
      // One that cannot be done keeps no other back, and no letter; it is tried again by the next run.
      parts.log.warn({ asked: asked?.id, error: errorSummary(error) }, "link not sent");
      if (asked === undefined) return null;
      failed.push(asked.id);
      return sendNext(failed, now);
    }
  }

  return {
    async ask({ reference, contact, address, now }) {
      await tries.count("lost codes from an address", { address, now });
      const [name] = parts.contactNames(contact);
      await query(
        db,
        sql`insert into asked_links (reference, contact, asked_at) values (${reference}, ${name}::bytea, ${now})`,
      );
    },
    async send({ now }) {
      let links = 0;
      const failed: number[] = [];
      for (let n = 0; n < mostARun; n += 1) {
        const done = await sendNext(failed, now);
        if (done === null) break;
        if (done.sent) links += 1;
      }
      return { links };
    },
  };
}

/** Removes what was asked for and could not be done in time. */
export async function forgetAskedLinks(db: CaseParts["db"], now: Date): Promise<{ readonly askedLinks: number }> {
  const statement = sql`with gone as (delete from asked_links where asked_at <= ${new Date(now.getTime() - askedMs)} returning id)
    select count(*)::integer as n from gone`;
  return { askedLinks: (await query<{ n: number }>(db, statement))[0]?.n ?? 0 };
}
