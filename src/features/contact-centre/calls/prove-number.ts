/**
 * Six digits that go to the number of an application as a text message, and that the caller reads out: they show during a call that the
 * number is theirs, and open what a look-up found where the caller has lost the code.
 */

import type { Transaction } from "sequelize";
import { type ApplicantWay, byWay } from "../../../engine/letters/applicant-ways.js";
import { linkDays, linkInMessage } from "../../../engine/letters/link-in-message.js";
import type { CallerCase } from "../../../engine/lifecycle/caller-case.js";
import { msg } from "../../../engine/text/msg.js";
import { westernDigits } from "../../../engine/text/normalise-text.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { insertMessages } from "../../../platform/mail/message-store.js";
import type { Tries } from "../../cases/act/applicant-tries.js";
import { caseByReference, type LoadedCase } from "../../cases/case-queries.js";
import type { ApplicantLinks } from "../../cases/follow/applicant-links.js";
import { contactAddress } from "../../cases/follow/contact-store.js";
import { contactFacts } from "../../cases/follow/link-store.js";
import { recordLook } from "../../cases/record-look.js";
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
  /**
   * Sends a new link to a number or address that is shown to be the caller's; answers by which way. Problems: as of opening the case,
   * not-now (neither is), too-many-requests.
   */
  sendLink(a: CallerAsked): Promise<{ readonly way: ApplicantWay }>;
}

const noDigits: Readonly<Record<NoDigits, Bilingual>> = {
  noNumber: msg("contact-centre.proveNumber.noNumber"),
  wrongNumber: msg("contact-centre.proveNumber.wrongNumber"),
  stopped: msg("contact-centre.proveNumber.stopped"),
  notAgreed: msg("contact-centre.proveNumber.notAgreed"),
  noTexts: msg("contact-centre.proveNumber.noTexts"),
};

/** As somebody reads six digits out and another types them. */
function digitsIn(typed: unknown): string {
  const digits = typeof typed === "string" ? westernDigits(typed.slice(0, 40)).replace(/\D/g, "") : "";
  if (digits.length !== 6) throw wrongDigits(msg("contact-centre.proveNumber.notSix"));
  return digits;
}

function wrongDigits(reason = msg("contact-centre.proveNumber.wrong")): Problem {
  return new Problem("invalid-input", reason, [{ field: "/digits", reason }]);
}

/** @param d.open recognises the caller anew, and puts the look on the case's record */
export function createProveNumber(d: {
  parts: CallerParts;
  open: (a: CallerAsked) => Promise<CallerCase>;
  links: Pick<ApplicantLinks, "sendCode" | "proveByCode">;
  tries: Pick<Tries, "linkAfterLostCode">;
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

  /** Where a link that opens the case may go: to a number first, whose owner is on the line. */
  async function provenWay({ theCase, revision }: LoadedCase, tx: Transaction) {
    const days = linkDays(policies.at(theCase.programme, revision).setup.programme.settings);
    for (const way of ["sms", "email"] as const) {
      const address = way === "sms" && !offersTexts ? null : await contactAddress(db, theCase.id, way, tx);
      const facts = address && (await contactFacts(db, { caseId: theCase.id, way }, tx));
      if (address && facts && linkInMessage({ ...facts, days }) === "open") return { way, address };
    }
    throw new Problem("not-now", msg("contact-centre.proveNumber.noLink"));
  }

  return {
    async sendLink(a) {
      const { actor, now } = a;
      const { reference } = await d.open(a);
      return policies.loaded(() =>
        inTransaction(db, async (tx) => {
          const loaded = await caseByReference(db, reference, tx);
          if (loaded === null) throw notRecognised();
          const { way, address } = await provenWay(loaded, tx);
          const purpose = "open";
          if (!(await d.tries.linkAfterLostCode({ reference, purpose, address, now }, tx)))
            throw new Problem("too-many-requests", msg("contact-centre.proveNumber.linkJustSent"));
          const { id: caseId, programme, lastSeq, application } = loaded.theCase;
          const intent = {
            ...byWay(way, "applicant-lost-code", `case/${caseId}/lost-code/call/${lastSeq}`),
            receiver: { kind: "applicant", caseId },
            language: application.language,
            data: { reference, type: application.type },
          } as const;
          await insertMessages(db, { programme, intents: [intent], now, state: d.parts.messages, caseId }, tx);
          await recordLook(d.parts, tx, loaded, { type: "link.asked", data: { way, purpose }, actor, now });
          return { way };
        }),
      );
    },
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
      const { reference } = await textable(a);
      if (!(await d.links.proveByCode({ ...sent(a, reference), digits: digitsIn(digits) }))) throw wrongDigits();
      return openProven(d.parts, { reference, code: null, said: null, byDigits: true }, { ...a, call: null });
    },
  };
}
