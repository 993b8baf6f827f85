/**
 * Six digits that go to the number of an application as a text message, and that the caller reads out: they show during a call that the
 * number is theirs, and open what a look-up found where the caller has lost the code.
 */

import type { CallerCase } from "../../../engine/lifecycle/caller-case.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { westernDigits } from "../../../engine/text/western-digits.js";
import { caseByReference } from "../../cases/case-queries.js";
import type { ApplicantLinks } from "../../cases/follow/applicant-links.js";
import { digitsTo, type NoDigits } from "./caller-number.js";
import { type CallerAsked, foundReference, notRecognised } from "./caller-proof.js";
import { type CallerParts, openProven, serves } from "./serve-caller.js";

export interface ProveNumber {
  /**
   * Sends the digits; of what a look-up found without a code. Answers where they went, masked. Problems: as of opening the case, not-now
   * (nothing to confirm there), action-refused (the number gets none, and why), too-many-requests.
   */
  sendDigits(a: CallerAsked): Promise<{ readonly to: string | null }>;
  /** Takes what the caller read out. Problems: those, and invalid-input where these are not the newest digits. */
  confirm(a: CallerAsked & { readonly digits: unknown }): Promise<void>;
  /** Opens what a look-up found by what the caller read out, and shows that the number is theirs. Problems: not-found, invalid-input. */
  openByDigits(a: CallerAsked & { readonly digits: unknown }): Promise<CallerCase>;
}

const noDigits: Readonly<Record<NoDigits, Bilingual>> = {
  noNumber: msg("contact-centre.proveNumber.noNumber"),
  wrongNumber: msg("contact-centre.proveNumber.wrongNumber"),
  stopped: msg("contact-centre.proveNumber.stopped"),
  notAgreed: msg("contact-centre.proveNumber.notAgreed"),
  noTexts: msg("contact-centre.proveNumber.noTexts"),
};

/** As somebody reads six digits out and another types them. */
const digitsIn = (typed: unknown): string =>
  typeof typed === "string" ? westernDigits(typed.slice(0, 40)).replace(/\D/g, "") : "";

function wrongDigits(): Problem {
  const reason = msg("contact-centre.proveNumber.wrong");
  return new Problem("invalid-input", reason, [{ field: "/digits", reason }]);
}

/** @param d.open recognises the caller anew, and puts the look on the case's record */
export function createProveNumber(d: {
  parts: CallerParts;
  open: (a: CallerAsked) => Promise<CallerCase>;
  links: Pick<ApplicantLinks, "sendCode" | "proveByCode">;
}): ProveNumber {
  const { db, policies, offersTexts } = d.parts;
  const sent = ({ actor, now }: CallerAsked, reference: string) =>
    ({ reference, way: "sms", by: { actor }, now }) as const;

  /** A case that a look-up of this call found, and where its digits go. */
  async function textable(a: CallerAsked): Promise<{ reference: string; to: string }> {
    const reference = await foundReference({ db }, a);
    const caseId = await policies.loaded(async () => {
      const loaded = await caseByReference(db, reference);
      if (loaded === null || loaded.theCase.confidential) throw notRecognised();
      const { theCase, revision } = loaded;
      if (!serves(a.actor, loaded, policies.at(theCase.programme, revision).setup)) throw notRecognised();
      return theCase.id;
    });
    const standing = await digitsTo(db, { caseId, offersTexts });
    if ("why" in standing) throw new Problem("action-refused", noDigits[standing.why]);
    return { reference, to: standing.to };
  }

  return {
    async sendDigits(a) {
      const { reference, to } = a.found ? await textable(a) : { ...(await d.open(a)), to: null };
      await d.links.sendCode(sent(a, reference));
      return { to };
    },
    async confirm({ digits, ...a }) {
      const { reference } = await d.open(a);
      if (!(await d.links.proveByCode({ ...sent(a, reference), digits: digitsIn(digits) }))) throw wrongDigits();
    },
    async openByDigits({ digits, ...a }) {
      const reference = await foundReference({ db }, a);
      if (!(await d.links.proveByCode({ ...sent(a, reference), digits: digitsIn(digits) }))) throw wrongDigits();
      return openProven(d.parts, { reference, code: null, said: null, byDigits: true }, { ...a, call: null });
    },
  };
}
