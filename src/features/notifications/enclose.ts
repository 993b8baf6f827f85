/** What a message holds for its receiver alone: made when it leaves, and left out of what others read of it. */

import type { ApplicantKeys } from "../../engine/applicant/applicant-keys.js";
import type { ApplicantWay } from "../../engine/letters/applicant-ways.js";
import type { Database } from "../../platform/db/query.js";
import type { ClaimedMessage } from "../../platform/mail/message-store.js";
import { sentCode } from "../cases/follow/contact-store.js";
import type { MessageLinks } from "../cases/follow/message-links.js";
import { type Enclosed, nothingEnclosed } from "./view-context.js";

type Claimed = Pick<ClaimedMessage, "id" | "template" | "data" | "receiverCase">;

export interface Enclosing {
  /** Of a message that leaves by this way. Throws where a code cannot be made: the key is not here. */
  in(message: Claimed, a: { way: ApplicantWay; now: Date }): Promise<Enclosed>;
}

export function createEnclosing(d: { db: Database; links: MessageLinks; keys: () => ApplicantKeys }): Enclosing {
  async function codeIn(data: Claimed["data"]): Promise<string> {
    const sent = typeof data.proof === "number" ? await sentCode(d.db, data.proof) : null;
    const code = sent && d.keys().proofCode(sent);
    if (code === null) throw new Error("the code cannot be made: its time is over, or its key is gone");
    return code;
  }
  return {
    async in({ id, template, data, receiverCase }, { way, now }) {
      if (receiverCase === null) return nothingEnclosed;
      if (template === "contact-code" || template === "contact-code-sms")
        return { ...nothingEnclosed, code: await codeIn(data) };
      return { ...(await d.links.forReceiver({ id, way, now })), code: null };
    },
  };
}
