/** The words with which intake refuses a field: each says what is allowed, in both languages. */
import { msg } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";

const shown = 12;

/** A value that somebody sent, made safe to repeat to them: one line, short, no control characters. */
function quoted(value: string): string {
  const plain = value.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, " ").trim();
  const letters = [...plain];
  return letters.length > 40 ? `${letters.slice(0, 40).join("")}…` : plain;
}

function listed(codes: readonly string[]): string {
  return codes.length > shown ? `${codes.slice(0, shown).join(", ")} …` : codes.join(", ");
}

export const reasons = {
  file: msg("intake.faultReasons.reasonsFile"),
  notAnObject: msg("intake.faultReasons.reasonsNotAnObject"),
  missing: msg("intake.faultReasons.reasonsMissing"),
  text: msg("intake.faultReasons.reasonsText"),
  empty: msg("intake.faultReasons.reasonsEmpty"),
  object: msg("intake.faultReasons.reasonsObject"),
  applicantObject: msg("intake.faultReasons.reasonsApplicantObject"),
  language: msg("intake.faultReasons.reasonsLanguage"),
  nationalNumber: msg("intake.faultReasons.reasonsNationalNumber"),
  email: msg("intake.faultReasons.reasonsEmail"),
  smsMobile: msg("intake.faultReasons.reasonsSmsMobile"),
  smsPhone: msg("intake.faultReasons.reasonsSmsPhone"),
  contactBy: msg("intake.faultReasons.reasonsContactBy"),
  contactBySms: msg("intake.faultReasons.reasonsContactBySms"),
  contactByEmail: msg("intake.faultReasons.reasonsContactByEmail"),
  number: msg("intake.faultReasons.reasonsNumber"),
  boolean: msg("intake.faultReasons.reasonsBoolean"),
  date: msg("intake.faultReasons.reasonsDate"),
  tooMany: msg("intake.faultReasons.reasonsTooMany"),
} satisfies Record<string, Bilingual>;

/** @param a.example of a number as it is dialled in the country of the programme */
export const noPhoneNumber = (a: { why: "letters" | "short" | "long" | "other"; example: string }): Bilingual =>
  msg("intake.faultReasons.reasonsPhone", a);

/** Too long: how many characters are allowed and how many came. */
export function tooLong(limit: number, length: number): Bilingual {
  return msg("intake.faultReasons.atMostCharactersAreAllowed", { limit, length });
}

/** A property that nobody knows, with the one that was probably meant. */
export function unknownProperty(name: string, allowed: readonly string[], meant: string | null): Bilingual {
  const seen = quoted(name);
  if (meant) {
    return msg("intake.faultReasons.isNotKnownHereDid", { seen, meant });
  }
  return allowed.length === 0
    ? msg("intake.faultReasons.isNotKnownHereNone", { seen })
    : msg("intake.faultReasons.isNotKnownHereAllowed", { seen, allowed: listed(allowed) });
}

/** A code that the programme does not have, with the one that was probably meant, or all when they are few. */
export function unknownCode(code: string, allowed: readonly string[], meant: string | null): Bilingual {
  const seen = quoted(code);
  if (meant) {
    return msg("intake.faultReasons.isNoCodeOfThis", { seen, meant });
  }
  if (allowed.length === 0) {
    return msg("intake.faultReasons.isNoCodeOfThis2", { seen });
  }
  return msg("intake.faultReasons.isNoCodeOfThis3", { seen, allowed: listed(allowed) });
}

/** A code that is no longer in use. */
export function retiredCode(code: string, allowed: readonly string[]): Bilingual {
  return msg("intake.faultReasons.isRetiredAndMayNot", { code: quoted(code), allowed: listed(allowed) });
}

/** The programme of the request is not the one it was sent to. */
export function otherProgramme(code: string, expected: string): Bilingual {
  return msg("intake.faultReasons.isNotTheProgrammeThat", { code: quoted(code), expected });
}

/** The entity has not joined, or is no longer there. */
export function entityNotLive(name: Bilingual): Bilingual {
  return msg("intake.faultReasons.doesNotReceiveApplicationsHere", { name });
}

/** The entity is out of use, and no other one stands in for it. */
export function entityEnded(name: Bilingual): Bilingual {
  return msg("intake.faultReasons.entityEnded", { name });
}

/** The service is delivered by another entity than the one that was named. */
export function serviceOfOther(service: Bilingual, owner: Bilingual, ownerCode: string): Bilingual {
  return msg("intake.faultReasons.theServiceBelongsToNot", { service, owner, ownerCode });
}

/** The type must not be sent without saying who sends it. */
export function anonymousNotAllowed(type: Bilingual): Bilingual {
  return msg("intake.faultReasons.anApplicationOfTheType", { type });
}

/** A number outside its bounds. */
export function outOfBounds(min: number | undefined, max: number | undefined): Bilingual {
  if (min !== undefined && max !== undefined) {
    return msg("intake.faultReasons.thisMustBeFromTo", { min, max });
  }
  return min !== undefined
    ? msg("intake.faultReasons.thisMustBeOrMore", { min })
    : msg("intake.faultReasons.thisMustBeOrLess", { max: String(max) });
}

/** A required extra field of the type that was left out, by its own name. */
export function requiredField(name: Bilingual): Bilingual {
  return msg("intake.faultReasons.isRequiredForThisType", { name });
}
