/** Showing during a call that the number is the caller's: six digits go to it as a text message, and the caller reads them out. */

import type { CallerCase } from "../../../engine/lifecycle/caller-case.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { westernDigits } from "../../../engine/text/western-digits.js";
import type { ApplicantLinks } from "../../cases/follow/applicant-links.js";
import type { CallerAsked } from "./serve-caller.js";

export interface ProveNumber {
  /** Sends the digits. Problems: as of opening the case, not-now (nothing to confirm there), too-many-requests. */
  sendDigits(a: CallerAsked): Promise<void>;
  /** Takes what the caller read out. Problems: those, and invalid-input where these are not the newest digits. */
  confirm(a: CallerAsked & { readonly digits: unknown }): Promise<void>;
}

/** As somebody reads six digits out and another types them. */
const digitsIn = (typed: unknown): string =>
  typeof typed === "string" ? westernDigits(typed.slice(0, 40)).replace(/\D/g, "") : "";

/** @param d.open recognises the caller anew, and puts the look on the case's record */
export function createProveNumber(d: {
  open: (a: CallerAsked) => Promise<CallerCase>;
  links: Pick<ApplicantLinks, "sendCode" | "proveByCode">;
}): ProveNumber {
  return {
    async sendDigits(a) {
      const { reference } = await d.open(a);
      await d.links.sendCode({ reference, way: "sms", by: { actor: a.actor }, now: a.now });
    },
    async confirm({ digits, ...a }) {
      const { reference } = await d.open(a);
      const asked = { reference, way: "sms", by: { actor: a.actor }, now: a.now } as const;
      if (await d.links.proveByCode({ ...asked, digits: digitsIn(digits) })) return;
      const reason = msg("contact-centre.proveNumber.wrong");
      throw new Problem("invalid-input", reason, [{ field: "/digits", reason }]);
    },
  };
}
