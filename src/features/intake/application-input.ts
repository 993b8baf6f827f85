/** Checks what a channel sent against the programme's set-up: a clean application, or every fault at once. */

import { applicationLimits } from "../../engine/applicant/application-limits.js";
import { civilDate } from "../../engine/calendar/civil-days.js";
import { type ContactBy, isContactBy } from "../../engine/letters/applicant-ways.js";
import { type TakenOver, takenOver } from "../../engine/lifecycle/successor.js";
import { countryOf } from "../../engine/setup/countries.js";
import {
  type ApplicationType,
  applicantTypes,
  type Entity,
  type Service,
  type Setup,
} from "../../engine/setup/setup.js";
import { isLanguage } from "../../engine/text/languages.js";
import { isMailAddress } from "../../engine/text/mail-address.js";
import type { FieldFault } from "../../engine/text/problems.js";
import type { Language } from "../../engine/text/text.js";
import { exampleNumber, isMobileNumber, readPhoneNumber, whyNoNumber } from "../../platform/sms/phone-numbers.js";
import { readExtraFields } from "./extra-fields.js";
import {
  anonymousNotAllowed,
  entityEnded,
  entityNotLive,
  noPhoneNumber,
  otherProgramme,
  reasons,
  serviceOfOther,
} from "./fault-reasons.js";
import { checkProperties, Faults, isPlain, type Plain, plainDigits, readCode, readText } from "./input-checks.js";

/** What a channel sends. Everything but programme, type, subject and description may be left out. */
export interface ApplicationInput {
  readonly programme: string;
  readonly type: string;
  readonly language?: Language;
  readonly subject: string;
  readonly description: string;
  readonly sector?: string | null;
  readonly entity?: string | null;
  readonly service?: string | null;
  readonly governorate?: string | null;
  readonly pillar?: string | null;
  readonly importance?: string | null;
  readonly applicant?: {
    readonly category?: string | null;
    readonly name?: string | null;
    readonly nationalNumber?: string | null;
    readonly phone?: string | null;
    readonly email?: string | null;
    /** Consent to text messages; needs a mobile number. */
    readonly sms?: boolean | null;
    /** How they want to be written to; left out: the first that there is. */
    readonly contactBy?: ContactBy | null;
  } | null;
  readonly fields?: Readonly<Record<string, unknown>>;
}

const properties = [
  "programme",
  "type",
  "language",
  "subject",
  "description",
  "sector",
  "entity",
  "service",
  "governorate",
  "pillar",
  "importance",
  "applicant",
  "fields",
];
const applicantProperties = ["category", "name", "nationalNumber", "phone", "email", "sms", "contactBy"];

export type CheckedInput =
  | {
      readonly ok: true;
      /** Of an entity that was taken over it names the one that took over. */
      readonly input: ApplicationInput;
      /** What was sent named an entity that is no more; null: it did not. */
      readonly takenOver: TakenOver | null;
    }
  | { readonly ok: false; readonly faults: readonly FieldFault[] };

/**
 * The application as intake records it, every optional part present (null when left out), or all faults at once.
 *
 * Text is kept as sent, only trimmed and in NFC. Digits may be Arabic-Indic. A telephone number comes out as E.164.
 * Leaving `applicant` out is always allowed (all but programme, type, subject and description are optional); an explicit
 * `null` asks for anonymity and is allowed only where the type allows it.
 *
 * @param now with it, an entity must also exist on that day in the programme's zone
 * @param files ids of the files that come with it; null: not known yet, so that any may be named
 */
export function checkApplicationInput(
  input: unknown,
  setup: Setup,
  now?: Date,
  files: readonly string[] | null = null,
): CheckedInput {
  const faults = new Faults();
  if (!isPlain(input)) {
    faults.add("", reasons.notAnObject);
    return { ok: false, faults: faults.list };
  }
  checkProperties(input, properties, "", faults);
  checkProgramme(input.programme, setup, faults);
  const type = readCode(input.type, "/type", applicantTypes(setup), faults, true);
  const subject = readText(input.subject, "/subject", { max: applicationLimits.subject, required: true }, faults);
  const description = readText(
    input.description,
    "/description",
    { max: applicationLimits.description, required: true, lines: true },
    faults,
  );
  const language = readLanguage(input.language, setup, faults);
  const sector = readCode(input.sector, "/sector", setup.sectors, faults);
  const places = readPlaces(input, setup, now, faults);
  const governorate = readCode(input.governorate, "/governorate", setup.governorates, faults);
  const pillar = readCode(input.pillar, "/pillar", setup.pillars, faults);
  const importance = readCode(input.importance, "/importance", setup.importanceLevels, faults);
  const applicant = readApplicant(input.applicant, type, setup, faults);
  // Without a type nobody knows which extra fields there are: the type's fault comes first.
  const today = now && civilDate(now, setup.programme.timeZone);
  const receives = (one: Entity): boolean => receivesCases(one, today);
  const takenOverBy = (code: string) => takenOver(code, setup, receives)?.by ?? null;
  const fields = type
    ? readExtraFields(input.fields, type.fields, faults, { setup, receives, takenOverBy, files })
    : {};

  if (faults.list.length > 0 || !type || subject === null || description === null) {
    return { ok: false, faults: faults.list };
  }
  return {
    ok: true,
    input: {
      programme: setup.programme.code,
      type: type.code,
      language,
      subject,
      description,
      sector: sector?.code ?? null,
      entity: places.entity?.code ?? null,
      service: places.service?.code ?? null,
      governorate: governorate?.code ?? null,
      pillar: pillar?.code ?? null,
      importance: importance?.code ?? null,
      applicant,
      fields,
    },
    takenOver: places.takenOver,
  };
}

function checkProgramme(value: unknown, setup: Setup, faults: Faults): void {
  const code = readText(value, "/programme", { max: 100, required: true }, faults);
  if (code !== null && code !== setup.programme.code)
    faults.add("/programme", otherProgramme(code, setup.programme.code));
}

function readLanguage(value: unknown, setup: Setup, faults: Faults): Language {
  if (value === undefined || value === null) return setup.programme.defaultLanguage;
  if (isLanguage(value)) return value;
  faults.add("/language", reasons.language);
  return setup.programme.defaultLanguage;
}

interface Places {
  readonly entity: Entity | null;
  readonly service: Service | null;
  readonly takenOver: TakenOver | null;
}

/** Entity and service as they are today: those of an entity that was taken over are of the one that took over. */
function readPlaces(input: Plain, setup: Setup, now: Date | undefined, faults: Faults): Places {
  const today = now && civilDate(now, setup.programme.timeZone);
  const over = (code: string): TakenOver | null => takenOver(code, setup, (one) => receivesCases(one, today));
  const named = readCode(input.entity, "/entity", setup.entities, faults, false, () => true);
  const service = readCode(
    input.service,
    "/service",
    setup.services,
    faults,
    false,
    ({ entity }) => over(entity) !== null,
  );
  const namedOver = named && over(named.code);
  const serviceOver = service && over(service.entity);
  const entity = namedOver ? (setup.entities.get(namedOver.by) ?? null) : named;
  if (entity?.retired) faults.add("/entity", entityEnded(entity.name));
  else if (entity && !receivesCases(entity, today)) faults.add("/entity", entityNotLive(entity.name));
  const places = { entity, service, takenOver: namedOver };
  if (!service) return places;
  const owner = setup.entities.get(serviceOver?.by ?? service.entity);
  if (!owner) return places;
  if (entity && entity.code !== owner.code) {
    faults.add("/service", serviceOfOther(service.name, owner.name, owner.code));
  } else if (!entity && (owner.retired || !receivesCases(owner, today))) {
    faults.add("/service", entityNotLive(owner.name));
  }
  // A service that went out of use with its entity leads to the entity that took over.
  if (!service.retired || !serviceOver) return places;
  return { entity: owner, service: null, takenOver: { ...(namedOver ?? serviceOver), service: service.code } };
}

function receivesCases(entity: Entity, today: string | undefined): boolean {
  if (entity.joining !== "live") return false;
  if (today === undefined) return true;
  return entity.validFrom <= today && (entity.validTo === null || today < entity.validTo);
}

function readApplicant(
  value: unknown,
  type: ApplicationType | null,
  setup: Setup,
  faults: Faults,
): ApplicationInput["applicant"] {
  if (value !== undefined && value !== null && !isPlain(value)) {
    faults.add("/applicant", reasons.applicantObject);
    return null;
  }
  if (type && !type.anonymousAllowed && !identifies(value)) faults.add("/applicant", anonymousNotAllowed(type.name));
  if (value === undefined || value === null) return null;
  checkProperties(value, applicantProperties, "/applicant", faults);
  const phone = readPhone(value, countryOf(setup.programme.settings), faults);
  const email = readEmail(value, faults);
  const sms = readConsent(value, phone, faults);
  return {
    category: readCode(value.category, "/applicant/category", setup.categories, faults)?.code ?? null,
    name: readText(value.name, "/applicant/name", { max: applicationLimits.name }, faults),
    nationalNumber: readNationalNumber(value, faults),
    phone,
    email,
    sms,
    contactBy: readContactBy(value, { email, sms }, faults),
  };
}

const isLeftOut = (value: unknown): boolean => value === undefined || value === null;

/** Consent to text messages, for a number that can get some. A number that is wrong itself has its own fault. */
function readConsent(applicant: Plain, phone: string | null, faults: Faults): boolean {
  const at = "/applicant/sms";
  const { sms } = applicant;
  if (isLeftOut(sms) || sms === false) return false;
  if (sms !== true) {
    faults.add(at, reasons.boolean);
    return false;
  }
  if (phone !== null) {
    if (isMobileNumber(phone)) return true;
    faults.add(at, reasons.smsMobile);
  } else if (isLeftOut(applicant.phone) || String(applicant.phone).trim() === "") faults.add(at, reasons.smsPhone);
  return true;
}

/** A way that is asked for has to be there. */
function readContactBy(
  applicant: Plain,
  { email, sms }: { email: string | null; sms: boolean },
  faults: Faults,
): ContactBy | null {
  const at = "/applicant/contactBy";
  const { contactBy } = applicant;
  if (isLeftOut(contactBy)) return null;
  if (!isContactBy(contactBy)) {
    faults.add(at, reasons.contactBy);
    return null;
  }
  if (contactBy === "sms" && !sms) faults.add(at, reasons.contactBySms);
  const noAddress = isLeftOut(applicant.email) || String(applicant.email).trim() === "";
  // What is missing is the address: the choice may be what they want.
  if (contactBy === "email" && email === null && noAddress) faults.add("/applicant/email", reasons.contactByEmail);
  return contactBy;
}

/** Whether anything of it says who sends; a category alone is nobody. */
function identifies(applicant: Plain | null | undefined): boolean {
  const { name, nationalNumber, phone, email } = applicant ?? {};
  return [name, nationalNumber, phone, email].some(
    (value) => value !== undefined && value !== null && String(value).trim() !== "",
  );
}

function readNationalNumber(applicant: Plain, faults: Faults): string | null {
  const at = "/applicant/nationalNumber";
  const text = readText(applicant.nationalNumber, at, { max: 100 }, faults);
  if (text === null) return null;
  const digits = plainDigits(text);
  if (/^\d{10}$/.test(digits)) return digits;
  faults.add(at, reasons.nationalNumber);
  return null;
}

function readPhone(applicant: Plain, country: string, faults: Faults): string | null {
  const at = "/applicant/phone";
  const text = readText(applicant.phone, at, { max: 100 }, faults);
  if (text === null) return null;
  const typed = plainDigits(text);
  const number = readPhoneNumber(typed, country);
  if (number === null) {
    faults.add(at, noPhoneNumber({ why: whyNoNumber(typed, country), example: exampleNumber(country).dialled }));
  }
  return number;
}

function readEmail(applicant: Plain, faults: Faults): string | null {
  const at = "/applicant/email";
  const text = readText(applicant.email, at, { max: applicationLimits.email }, faults);
  if (text === null) return null;
  if (isMailAddress(text)) return text;
  faults.add(at, reasons.email);
  return null;
}
