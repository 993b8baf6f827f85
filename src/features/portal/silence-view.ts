/** What someone reads who is about to send and would hear nothing: why, and what they can do instead. */

import { isContactBy } from "../../engine/letters/applicant-ways.js";
import { type GivenContact, onlyTextsCome, whyNothingComes } from "../../engine/letters/nothing-comes.js";
import type { Setup } from "../../engine/setup/setup.js";
import type { Language } from "../../engine/text/text.js";
import { inputOf, isAnonymous } from "./draft-input.js";
import type { PortalServices } from "./portal-services.js";
import type { PortalTexts } from "./portal-texts.js";
import type { View } from "./portal-views.js";

interface Typing {
  readonly setup: Setup;
  readonly typed: Readonly<Record<string, string>>;
  readonly now: Date;
  readonly language: Language;
  readonly texts: PortalTexts;
}

/** As intake would take it: of a number that is no mobile one it refuses the consent. */
async function givenIn({ publicPages }: Pick<PortalServices, "publicPages">, a: Typing): Promise<GivenContact> {
  const { setup, typed, language, now } = a;
  const { offersTexts } = publicPages;
  const has = (name: string): boolean => (typed[name] ?? "").trim() !== "";
  const input = inputOf(setup, typed, language);
  const { sms: agreed = false, contactBy, ...person } = (input.applicant ?? {}) as Readonly<Record<string, unknown>>;
  const asked = { ...input, applicant: { ...person, sms: true } };
  const faults = has("phone") ? await publicPages.check({ programme: setup.programme.code, input: asked, now }) : [];
  return {
    email: has("email"),
    phone: has("phone"),
    agreed: agreed === true,
    mobile: !faults.some(({ field }) => field === "/applicant/sms"),
    offersTexts,
    contactBy: isContactBy(contactBy) ? contactBy : null,
  };
}

/** Null where messages come by email, and where no one is named: that has a warning of its own. @param change where they can change it */
export async function silenceView(
  services: Pick<PortalServices, "publicPages">,
  a: Typing,
  change: string | null,
): Promise<View | null> {
  const { setup, typed, language, texts } = a;
  if (isAnonymous(setup, typed)) return null;
  const say = (key: string): string => texts.say(language, `silence.${key}`);
  const given = await givenIn(services, a);
  const why = whyNothingComes(given);
  if (why === null) return onlyTextsCome(given) ? { why: say("textsAlone"), change: null } : null;
  const instead = why === "noMessages" ? null : say(given.offersTexts ? "instead" : "insteadEmail");
  return { title: say("title"), why: say(why), instead, otherwise: say("otherwise"), change };
}
