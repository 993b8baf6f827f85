/** Telephone numbers by the plans of their countries: as people type them, as gateways write them, and which can get text messages. */
import {
  type CountryCode,
  getExampleNumber,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from "libphonenumber-js";
import { parsePhoneNumberFromString as parseMobile } from "libphonenumber-js/mobile";
import examples from "libphonenumber-js/mobile/examples";

/** What someone typed, in E.164; null: no whole number. @param country of numbers that are dialled without a code, by its ISO code */
export function readPhoneNumber(typed: string, country: string): string | null {
  const number = parsePhoneNumberFromString(typed, { defaultCountry: country as CountryCode, extract: false });
  return number?.isValid() === true ? number.number : null;
}

/** Why what someone typed is no number; `other`: it has the length of one, and there is none like it. */
export function whyNoNumber(typed: string, country: string): "letters" | "short" | "long" | "other" {
  if (/\p{L}/u.test(typed)) return "letters";
  const length = validatePhoneNumberLength(typed, country as CountryCode);
  return length === "TOO_SHORT" || length === "NOT_A_NUMBER" ? "short" : length === "TOO_LONG" ? "long" : "other";
}

/**
 * Whose number a gateway names, in E.164: with a plus, with a country's code and no plus, or as it is dialled in one of these countries. More
 * than one where several can be meant. What holds letters is the name of a sender; it and a short code are of no telephone: none.
 */
export function numbersNamed(from: string, countries: readonly string[]): readonly string[] {
  const text = from.trim();
  if (!/^\+?[\d\s().-]+$/.test(text)) return [];
  const withCode = parsePhoneNumberFromString(`+${text.replace(/\D/g, "").replace(/^00/, "")}`);
  const whole = withCode?.isValid() === true ? withCode.number : null;
  if (text.startsWith("+")) return whole === null ? [] : [whole];
  const dialled = countries.map((country) => readPhoneNumber(text, country));
  return [...new Set([...dialled, whole])].filter((number) => number !== null);
}

/**
 * Whether a number in E.164 can get text messages: its country's plan says that it is a mobile one. Where a plan does not tell mobile from fixed, as in
 * the United States, any can.
 */
export const isMobileNumber = (e164: string): boolean => parseMobile(e164)?.isValid() === true;

/** Where a number in E.164 is: a country's ISO code, where none alone has it the calling code with a plus; null where it is no number. */
export function placeOfNumber(e164: string): string | null {
  const number = parseMobile(e164) ?? parsePhoneNumberFromString(e164);
  if (number === undefined) return null;
  return number.country ?? `+${number.countryCallingCode}`;
}

/** A mobile number as it is dialled in a country, and with the country's code. */
export function exampleNumber(country: string): { readonly dialled: string; readonly whole: string } {
  const number = getExampleNumber(country as CountryCode, examples);
  return { dialled: number?.formatNational().replace(/\D/g, "") ?? "", whole: number?.number ?? "" };
}
