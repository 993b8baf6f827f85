/** The links that messages to applicants hold: made when a message is rendered, the same for a retry of the same message. */

import type { ApplicantKeys } from "../../../engine/applicant/applicant-keys.js";
import type { ApplicantWay } from "../../../engine/letters/applicant-ways.js";
import { type LinkPurpose, linkDays, linkInMessage } from "../../../engine/letters/link-in-message.js";
import type { Setup } from "../../../engine/setup/setup.js";
import type { Database } from "../../../platform/db/query.js";
import { contactFacts, type LinkFacts, linkFacts, putLink, tokenGiven } from "./link-store.js";

/** What a message shows of its link. */
export interface MessageLink {
  readonly purpose: LinkPurpose;
  /** Its holder may do what the link does: it goes to the receiver, and nowhere else. */
  readonly token: string;
}

/** What decides how much a message says. */
export interface PlannedLink {
  readonly purpose: LinkPurpose | null;
  /** Somebody has shown that the address is the applicant's. */
  readonly proven: boolean;
}

export interface MessageLinks {
  /**
   * Of a message that is being sent to an applicant at `now`: its link, stored before it leaves (null: none may be in it, and it leads to
   * the page that asks for the code), and whether the address was shown to be theirs.
   */
  forReceiver(a: {
    id: number;
    way: ApplicantWay;
    now: Date;
  }): Promise<{ readonly link: MessageLink | null; readonly proven: boolean }>;
  /** Its link alone. */
  forMessage(a: { id: number; way: ApplicantWay; now: Date }): Promise<MessageLink | null>;
  /** Which link a message to the applicant of a case would hold if it were written now. */
  ofCase(a: { caseId: number; way: ApplicantWay }): Promise<PlannedLink>;
  /** Which link each of these messages held or would hold, for people who read them in the office; the token is not there. */
  planned(a: { ids: readonly number[]; way: ApplicantWay }): Promise<ReadonlyMap<number, PlannedLink>>;
}

const nothingPlanned: PlannedLink = { purpose: null, proven: false };

const dayMs = 86_400_000;

/** @param d.keys null where SESSION_SECRET is not known: no message holds a link then */
export function createMessageLinks(d: {
  db: Database;
  keys: () => ApplicantKeys | null;
  setupOf: (programme: string) => Promise<Pick<Setup, "programme">>;
}): MessageLinks {
  const daysOf = async (programme: string) => linkDays((await d.setupOf(programme)).programme.settings);
  type Enclosed = Awaited<ReturnType<MessageLinks["forReceiver"]>>;
  async function linkOf(
    facts: LinkFacts,
    { id, way, now }: { id: number; way: ApplicantWay; now: Date },
  ): Promise<Enclosed> {
    const none: Enclosed = { link: null, proven: facts.proven };
    const keys = d.keys();
    if (keys === null) return none;
    const days = await daysOf(facts.programme);
    const purpose = linkInMessage({ ...facts, days });
    if (purpose === null) return none;
    const tokens = keys.linkTokens(id, purpose);
    const given = await tokenGiven(d.db, { messageId: id, tokens });
    // Somebody ended the links of the case after this message was tried: it does not bring one back.
    if (given?.revoked) return none;
    const token = given?.token ?? tokens[0];
    const expiresAt = new Date(now.getTime() + days * dayMs);
    const put = await putLink(d.db, { token, caseId: facts.caseId, messageId: id, purpose, way, now, expiresAt });
    // Refused: the address stopped being the applicant's meanwhile, and what they wrote is not for its new owner.
    return put ? { link: { purpose, token }, proven: facts.proven } : { link: null, proven: false };
  }
  const forReceiver: MessageLinks["forReceiver"] = async (a) => {
    const facts = (await linkFacts(d.db, { messageIds: [a.id], way: a.way })).get(a.id);
    return facts === undefined ? { link: null, proven: false } : linkOf(facts, a);
  };
  return {
    forReceiver,
    forMessage: async (a) => (await forReceiver(a)).link,
    async ofCase({ caseId, way }) {
      const facts = await contactFacts(d.db, { caseId, way });
      if (facts === null) return nothingPlanned;
      return { purpose: linkInMessage({ ...facts, days: await daysOf(facts.programme) }), proven: facts.proven };
    },
    async planned({ ids, way }) {
      const all = await linkFacts(d.db, { messageIds: ids, way });
      const planned = [...all].map(async ([id, facts]) => {
        const { held, sent } = facts;
        // What left with a link was written as that says, whatever was shown or taken back later.
        const proven = held === null ? facts.proven : held === "open";
        if (held !== null || sent) return [id, { purpose: held, proven }] as const;
        return [id, { purpose: linkInMessage({ ...facts, days: await daysOf(facts.programme) }), proven }] as const;
      });
      return new Map(await Promise.all(planned));
    },
  };
}
