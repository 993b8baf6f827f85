/** What applicants and officials do with links and proofs of addresses, beside acting on the case by them. */

import type { Transaction } from "sequelize";
import { type Actor, can } from "../../../engine/access/permissions.js";
import { type ApplicantKeys, isLinkToken } from "../../../engine/applicant/applicant-keys.js";
import { type ApplicantWay, applicantWays } from "../../../engine/letters/applicant-ways.js";
import { linkLeadsTo } from "../../../engine/letters/link-in-message.js";
import { parseReference } from "../../../engine/lifecycle/case-reference.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Language } from "../../../engine/text/text.js";
import type { EffectName } from "../../../engine/workflow/effects.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { insertMessages } from "../../../platform/mail/message-store.js";
import type { Random } from "../../../platform/unguessable.js";
import type { Tries } from "../act/applicant-tries.js";
import { type CaseParts, caseNotFound, caseNotShown, verifyCode } from "../case-parts.js";
import { caseByReference, type LoadedCase } from "../case-queries.js";
import { recordLook } from "../record-look.js";
import {
  contactStanding,
  countProofTry,
  digitsAddress,
  insertProof,
  markProofUsed,
  setProven,
  setUnproven,
} from "./contact-store.js";
import { linkByToken, revokeLinks, useLink, works } from "./link-store.js";

/** What the address of a link leads to. */
export type LookedLink =
  | {
      readonly kind: "open";
      readonly reference: string;
      readonly language: Language;
      /** What its reader came for. */
      readonly leadsTo: EffectName | null;
    }
  | {
      readonly kind: "prove";
      readonly reference: string;
      readonly language: Language;
      readonly way: ApplicantWay;
      /** What it shows to be theirs; null: it was taken away. */
      readonly masked: string | null;
      /** It was shown before. */
      readonly done: boolean;
    }
  /** It was one, and does nothing any more. */
  | { readonly kind: "over"; readonly reference: string; readonly language: Language };

interface Asked {
  readonly reference: string;
  readonly now: Date;
}

export interface ApplicantLinks {
  /** Changes nothing, however often it is asked: programs follow links as well. Null: nobody was sent this link; the try is counted. Problem too-many-requests. */
  look(a: { token: string; address: string; now: Date }): Promise<LookedLink | null>;
  /** The address that the link was sent to is the applicant's. Problem not-found where the link does not show that any more. */
  proveByLink(a: Asked & { link: string }): Promise<void>;
  /**
   * Sends six digits to the address that was left. Problems: not-found, not-now (none was left, or it is proven), too-many-requests.
   * For an agent `by` is who asks, and the caller was recognised before.
   */
  sendCode(a: Asked & { way: ApplicantWay; by: { code: string } | { actor: Actor } }): Promise<void>;
  /** Whether these are the digits that were sent: then the address or number is theirs. Problems: not-found, too-many-requests. */
  proveByCode(
    a: Asked & { way: ApplicantWay; digits: string; by: { code: string } | { actor: Actor } },
  ): Promise<boolean>;
  /** Ends all links of the case, and later messages hold none until an address is confirmed again; how many opened it. Problems: not-found, forbidden. */
  revoke(a: Asked & { by: { code: string } | { actor: Actor } }): Promise<number>;
}

/** As long as somebody needs to find the message and type six digits. */
const codeMs = 30 * 60_000;
const mostTries = 5;

export function createApplicantLinks(
  parts: CaseParts & { offersTexts: boolean; tries: Tries; keys: () => ApplicantKeys; codes: Random },
): ApplicantLinks {
  const { db, tries } = parts;

  /** The case of a reference, locked; `admit` throws where it is not for the asker. */
  async function withCase<Done>(
    { reference }: Asked,
    admit: (loaded: LoadedCase) => void,
    work: (loaded: LoadedCase, tx: Transaction) => Promise<Done>,
  ): Promise<Done> {
    const canonical = parseReference(reference);
    if (canonical === null) throw caseNotFound();
    return parts.policies.loaded(() =>
      inTransaction(db, async (tx) => {
        const loaded = await caseByReference(db, canonical, tx);
        if (loaded === null) throw caseNotFound();
        admit(loaded);
        return work(loaded, tx);
      }),
    );
  }

  const actorOf = (by: { code: string } | { actor: Actor }): Actor =>
    "actor" in by ? by.actor : { kind: "applicant" };
  /** The applicant by the code; an agent whom the programme lets serve callers. */
  const admitted = (by: { code: string } | { actor: Actor }) => (loaded: LoadedCase) => {
    const { programme } = loaded.theCase;
    const fits = "code" in by ? verifyCode(loaded, by.code) : can(by.actor, "caller.serve", { programme });
    if (!fits || ("actor" in by && loaded.theCase.confidential)) throw caseNotFound();
  };

  async function proven(
    loaded: LoadedCase,
    tx: Transaction,
    a: { way: ApplicantWay; by: "link" | "code"; actor: Actor; now: Date },
  ): Promise<void> {
    const { way, by, actor, now } = a;
    if (!(await setProven(db, tx, { caseId: loaded.theCase.id, way, now }))) return;
    await recordLook(parts, tx, loaded, { type: "contact.proven", data: { way, by }, actor, now });
  }

  return {
    async look({ token, address, now }) {
      const link = isLinkToken(token) ? await linkByToken(db, token) : null;
      if (link === null) {
        await tries.count("links from an address", { address, now });
        return null;
      }
      const { reference, language, purpose } = link;
      if (!works(link, now)) return { kind: "over", reference, language };
      if (purpose === "prove") {
        const { caseId, way } = link;
        const contact = (await contactStanding(db, { caseId, now, offersTexts: parts.offersTexts })).contacts.find(
          (one) => one.way === way,
        );
        const done = contact !== undefined && contact.provenAt !== null;
        return { kind: "prove", reference, language, way, masked: contact?.masked ?? null, done };
      }
      return { kind: "open", reference, language, leadsTo: linkLeadsTo(link.template) };
    },
    async proveByLink({ link: token, ...asked }) {
      await withCase(
        asked,
        () => undefined,
        async (loaded, tx) => {
          const { now } = asked;
          const link = isLinkToken(token) ? await linkByToken(db, token, tx) : null;
          const shows = link?.purpose === "prove" && link.caseId === loaded.theCase.id && works(link, now);
          if (link === null || !shows) throw caseNotFound();
          // A second press finds it done.
          if (!(await useLink(db, tx, { id: link.id, effects: ["prove"] }))) return;
          await proven(loaded, tx, { way: link.way, by: "link", actor: { kind: "applicant" }, now });
        },
      );
    },
    async sendCode({ way, by, ...asked }) {
      const { now } = asked;
      if (way === "sms" && !parts.offersTexts) throw new Problem("not-now", msg("cases.applicantLinks.noTexts"));
      const address = await withCase(asked, admitted(by), ({ theCase }, tx) => digitsAddress(db, theCase.id, way, tx));
      if (address === null) throw nothingToProve();
      // Whatever becomes of it: a stranger may have typed somebody else's address.
      const agent = "actor" in by ? by.actor : null;
      const userId = agent?.kind === "user" ? agent.userId : null;
      await tries.codeTo({ reference: asked.reference, way, address, userId, now });
      await withCase(asked, admitted(by), async (loaded, tx) => {
        const { theCase } = loaded;
        const contact = await digitsAddress(db, theCase.id, way, tx);
        if (contact === null || contact !== address || theCase.confidential) throw nothingToProve();
        const expiresAt = new Date(now.getTime() + codeMs);
        const made = { nonce: parts.codes.bytes(16), key: parts.keys().writesWith };
        const proof = await insertProof(db, tx, { caseId: theCase.id, way, ...made, now, expiresAt });
        const intent = {
          template: way === "email" ? "contact-code" : "contact-code-sms",
          ...(way === "sms" && { way }),
          receiver: { kind: "applicant", caseId: theCase.id },
          language: theCase.application.language,
          // The digits are made when it is rendered, and are in no table.
          data: {
            reference: theCase.reference,
            type: theCase.application.type,
            proof,
            expiresAt: expiresAt.toISOString(),
            ...(agent !== null && { toAgent: true }),
          },
          key: `proof/${proof}`,
        } as const;
        await insertMessages(db, { programme: theCase.programme, intents: [intent], now, state: parts.messages }, tx);
        if (agent !== null)
          await recordLook(parts, tx, loaded, { type: "contact.code-sent", data: { way }, actor: agent, now });
      });
    },
    async proveByCode({ way, digits, by, ...asked }) {
      const { now } = asked;
      const caseId = await withCase(asked, admitted(by), async ({ theCase }) => theCase.id);
      // Counted by itself, so that what is refused stays counted.
      const sent = await countProofTry(db, { caseId, way, now });
      if (sent === null || sent.tries > mostTries || !parts.keys().isProof(sent, digits)) return false;
      return withCase(asked, admitted(by), async (loaded, tx) => {
        if (!(await markProofUsed(db, tx, { id: sent.id, now }))) return false;
        await proven(loaded, tx, { way, by: "code", actor: actorOf(by), now });
        return true;
      });
    },
    revoke: ({ by, ...asked }) =>
      withCase(
        asked,
        (loaded) => {
          if ("code" in by) return admitted(by)(loaded);
          const { setup } = parts.policies.at(loaded.theCase.programme, loaded.revision);
          const subject = { case: loaded.theCase, entities: setup.entities };
          if (!can(by.actor, "case.read", subject)) throw caseNotShown();
          if (!can(by.actor, "case.act", subject))
            throw new Problem("forbidden", msg("cases.applicantLinks.mayNotRevoke"));
        },
        async (loaded, tx) => {
          const { now } = asked;
          const by_ = "code" in by ? "applicant" : "office";
          const { id: caseId } = loaded.theCase;
          // First whose the address is: what is written meanwhile waits for it, and holds no link.
          const unproven: ApplicantWay[] = [];
          for (const way of applicantWays) if (await setUnproven(db, tx, { caseId, way })) unproven.push(way);
          const count = await revokeLinks(db, { caseId, by: by_, now }, tx);
          if (count > 0 || unproven.length > 0)
            await recordLook(parts, tx, loaded, {
              type: "links.revoked",
              data: { count, by: by_, unproven },
              actor: actorOf(by),
              now,
            });
          return count;
        },
      ),
  };
}

const nothingToProve = (): Problem => new Problem("not-now", msg("cases.applicantLinks.nothingToProve"));
