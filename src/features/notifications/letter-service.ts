/**
 * Letters and digests that are being written: how they would read of a case, in both languages, and a test of them to
 * oneself. A look stores nothing; a test is a message to its own author, marked as one, on record and limited.
 */

import { can } from "../../engine/access/permissions.js";
import { isDigestName } from "../../engine/letters/digest-parts.js";
import type { LetterLook, LetterTried } from "../../engine/letters/letter-look.js";
import type { MessageTemplate } from "../../engine/letters/message-kinds.js";
import { kindOfLetter } from "../../engine/letters/message-kinds.js";
import { sampleData } from "../../engine/letters/sample-data.js";
import type { Case } from "../../engine/lifecycle/case.js";
import { parseReference } from "../../engine/lifecycle/case-reference.js";
import type { Setup } from "../../engine/setup/setup.js";
import { storedLanguages } from "../../engine/text/languages.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Language } from "../../engine/text/text.js";
import type { Database } from "../../platform/db/query.js";
import type { NewMessageState } from "../../platform/mail/message-store.js";
import { caseByReference } from "../cases/case-queries.js";
import { definitionFaults } from "../policy/definition-faults.js";
import { requirePublisher } from "../policy/versions/listed-version.js";
import type { Renderer } from "./render.js";
import { sendTest } from "./send-test.js";

export interface LetterService {
  /** Problems: not-found (the programme, or the case), forbidden. */
  preview(a: LetterTried): Promise<LetterLook>;
  /** Problems: those; invalid-input (errors, or a confidential case), not-now, too-many-requests. */
  test(a: LetterTried & { readonly language: Language }): Promise<{ readonly leaves: boolean }>;
}

/** How long the figures of a digest serve while somebody writes. */
const figuresKept = 60_000;

type Told = { readonly template: MessageTemplate; readonly data: Readonly<Record<string, unknown>> };

const problems = {
  noCase: () => {
    const reason = msg("notifications.letterService.caseNotFound");
    return new Problem("not-found", reason, [{ field: "/reference", reason }]);
  },
  faulty: () => {
    const reason = msg("notifications.letterService.correctTheErrors");
    return new Problem("invalid-input", reason, [{ field: "/definition", reason }]);
  },
  confidential: () => {
    const reason = msg("notifications.letterService.theCaseIsConfidentialAnd");
    return new Problem("invalid-input", reason, [{ field: "/reference", reason }]);
  },
};

export function createLetterService(d: {
  db: Database;
  renderer: Renderer;
  setupOf: (programme: string) => Promise<Setup>;
  /** What a digest would tell now. Problem not-found where there is nothing to tell. */
  digestOf: (a: { name: string; programme: string; at: Date }) => Promise<Told>;
  messages: NewMessageState;
}): LetterService {
  const figures = new Map<string, { readonly at: Date; readonly told: Promise<Told> }>();

  /** While somebody writes the words, the figures need not be counted at each letter. */
  function digestTold(name: string, programme: string, now: Date): Promise<Told> {
    const key = `${programme}/${name}`;
    const known = figures.get(key);
    if (known !== undefined && Math.abs(now.getTime() - known.at.getTime()) < figuresKept) return known.told;
    const told = d.digestOf({ name, programme, at: now });
    figures.set(key, { at: now, told });
    told.catch(() => figures.delete(key));
    return told;
  }

  async function caseOf({ actor, programme, reference }: LetterTried, setup: Setup): Promise<Case | null> {
    if (reference === null) return null;
    const parsed = parseReference(reference);
    const theCase = parsed === null ? null : ((await caseByReference(d.db, parsed))?.theCase ?? null);
    if (theCase === null || theCase.programme !== programme) throw problems.noCase();
    if (!can(actor, "case.read", { case: theCase, entities: setup.entities })) throw problems.noCase();
    return theCase;
  }

  /** What the letter would tell, a language each. */
  async function toldBy(a: LetterTried, setup: Setup, theCase: Case | null): Promise<(language: Language) => Told> {
    const { actor, kind, name, programme, now } = a;
    if (kind === "digest") {
      if (!isDigestName(name) || !can(actor, "digest.read", { programme })) throw nothingHere();
      const told = await digestTold(name, programme, now);
      return () => told;
    }
    const of = kindOfLetter(name);
    if (of === null) throw nothingHere();
    return (language) => ({ template: of, data: sampleData(of, theCase, { setup, now, language }) });
  }

  const isSound = ({ kind, definition, name }: LetterTried): boolean =>
    !definitionFaults(kind, definition, null, name).some(({ severity }) => severity === "error");

  return {
    async preview(a) {
      requirePublisher(a.actor, a.programme);
      const setup = await d.setupOf(a.programme);
      const theCase = await caseOf(a, setup);
      const reference = theCase?.reference ?? null;
      if (!isSound(a)) return { letters: [], nothing: null, reference };
      let told: (language: Language) => Told;
      try {
        told = await toldBy(a, setup, theCase);
      } catch (error) {
        // A digest that nobody would be sent today.
        if (a.kind === "digest" && error instanceof Problem && error.code === "not-found")
          return { letters: [], nothing: error.detail, reference };
        throw error;
      }
      const letters = storedLanguages.map((language) => {
        const message = { ...told(language), language, wording: a.definition as object };
        const { subject, html, text, sms } = d.renderer.render(message, setup, { preview: true });
        return { language, sms, subject, html, text };
      });
      return { letters, nothing: null, reference };
    },
    async test({ language, ...a }) {
      requirePublisher(a.actor, a.programme);
      const { actor, programme, kind, name, now, definition } = a;
      if (actor.kind !== "user") throw nothingHere();
      const setup = await d.setupOf(programme);
      const theCase = await caseOf(a, setup);
      if (!isSound(a)) throw problems.faulty();
      if (theCase?.confidential === true) throw problems.confidential();
      const { template, data } = (await toldBy(a, setup, theCase))(language);
      return sendTest(d, {
        ...{ actor, programme, kind, name, reference: theCase?.reference ?? null, template, language, now },
        data: { ...data, wordedAs: definition },
      });
    },
  };
}

const nothingHere = (): Problem => new Problem("not-found", msg("notifications.letterService.letterNotFound"));
