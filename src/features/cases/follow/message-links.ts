/** The links that messages to applicants hold: made when a message is rendered, the same for a retry of the same message. */

import type { ApplicantWay } from "../../../engine/letters/applicant-ways.js";
import { type LinkPurpose, linkDays, linkInMessage } from "../../../engine/letters/link-in-message.js";
import type { ApplicantKeys } from "../../../engine/lifecycle/applicant-keys.js";
import type { Setup } from "../../../engine/setup/setup.js";
import type { Database } from "../../../platform/db/query.js";
import { contactFacts, linkFacts, putLink, tokenGiven } from "./link-store.js";

/** What a message shows of its link. */
export interface MessageLink {
  readonly purpose: LinkPurpose;
  /** Its holder may do what the link does: it goes to the receiver, and nowhere else. */
  readonly token: string;
}

export interface MessageLinks {
  /**
   * The link of a message that is being sent to an applicant at `now`, stored before it leaves; null: none may be in it, and
   * it leads to the page that asks for the code.
   */
  forMessage(a: { id: number; way: ApplicantWay; now: Date }): Promise<MessageLink | null>;
  /** Which link a message to the applicant of a case would hold if it were written now. */
  ofCase(a: { caseId: number; way: ApplicantWay }): Promise<LinkPurpose | null>;
  /** Which link each of these messages held or would hold, for people who read them in the office; the token is not there. */
  planned(a: { ids: readonly number[]; way: ApplicantWay }): Promise<ReadonlyMap<number, LinkPurpose | null>>;
}

const dayMs = 86_400_000;

/** @param d.keys null where SESSION_SECRET is not known: no message holds a link then */
export function createMessageLinks(d: {
  db: Database;
  keys: () => ApplicantKeys | null;
  setupOf: (programme: string) => Promise<Pick<Setup, "programme">>;
}): MessageLinks {
  const daysOf = async (programme: string) => linkDays((await d.setupOf(programme)).programme.settings);
  return {
    async forMessage({ id, way, now }) {
      const keys = d.keys();
      const facts = keys === null ? undefined : (await linkFacts(d.db, { messageIds: [id], way })).get(id);
      if (keys === null || facts === undefined) return null;
      const days = await daysOf(facts.programme);
      const purpose = linkInMessage({ ...facts, days });
      if (purpose === null) return null;
      const tokens = keys.linkTokens(id, purpose);
      const given = await tokenGiven(d.db, { messageId: id, tokens });
      // Somebody ended the links of the case after this message was tried: it does not bring one back.
      if (given?.revoked) return null;
      const token = given?.token ?? tokens[0];
      const expiresAt = new Date(now.getTime() + days * dayMs);
      await putLink(d.db, { token, caseId: facts.caseId, messageId: id, purpose, way, now, expiresAt });
      return { purpose, token };
    },
    async ofCase({ caseId, way }) {
      const facts = await contactFacts(d.db, { caseId, way });
      return facts === null ? null : linkInMessage({ ...facts, days: await daysOf(facts.programme) });
    },
    async planned({ ids, way }) {
      const all = await linkFacts(d.db, { messageIds: ids, way });
      const planned = [...all].map(async ([id, facts]) => {
        const { held, sent } = facts;
        if (held !== null || sent) return [id, held] as const;
        return [id, linkInMessage({ ...facts, days: await daysOf(facts.programme) })] as const;
      });
      return new Map(await Promise.all(planned));
    },
  };
}
