import { parsePhoneNumberFromString } from "libphonenumber-js/mobile";

/** The country whose numbers are dialled without a code. */
export const homePrefix = "+962";

/** Whether a number in E.164 can get text messages: its country's plan says that it is a mobile one. */
export const isMobileNumber = (e164: string): boolean => parsePhoneNumberFromString(e164)?.isValid() === true;

/** Country's calling code of a number in E.164 with the plus: `+962`; null where it is no number. */
export function countryPrefix(e164: string): string | null {
  const number = parsePhoneNumberFromString(e164);
  return number === undefined ? null : `+${number.countryCallingCode}`;
}
