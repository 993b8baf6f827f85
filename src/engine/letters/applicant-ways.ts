/**
 * Whether an applicant can be reached: by which ways, in which order, and if by none why not. One place says so, for letters, calls,
 * screens and figures; `platform/sms/applicant-reach.ts` asks the same in SQL.
 */

import type { MessageIntent } from "./message-intent.js";
import { type ApplicantLetter, smsOfLetter } from "./message-kinds.js";

export const applicantWays = ["email", "sms"] as const;
export type ApplicantWay = (typeof applicantWays)[number];

/** What an applicant may ask for; `none`: no messages at all. */
const contactChoices = [...applicantWays, "none"] as const;
export type ContactBy = (typeof contactChoices)[number];
export const isContactBy = (value: unknown): value is ContactBy =>
  (contactChoices as readonly unknown[]).includes(value);

/** What is known of an applicant, without any address. */
export interface ApplicantReach {
  /** An email address was left, and letters to it were not ended. */
  readonly email: boolean;
  /** They were. */
  readonly emailStopped?: boolean;
  /** A mobile number, consent to text messages, no STOP from that number, and no call that found it to be another's. */
  readonly sms: boolean;
  /** A number was left, of whichever kind. */
  readonly phone?: boolean;
  /** Text messages to the number were ended. */
  readonly stopped?: boolean;
  /** A call found that the number is another's, and nothing has shown since that it is theirs. */
  readonly wrongNumber?: boolean;
  /** Null: the first that there is. */
  readonly contactBy: ContactBy | null;
}

/** Nobody who could be written to. */
export const unreached: ApplicantReach = { email: false, sms: false, contactBy: null };

/**
 * The ways in the order in which they are tried: what is asked for comes first, the other one after it, for when the first one fails
 * for good. Empty: they cannot be written to, or want no messages.
 */
export function waysOf(reach: ApplicantReach): readonly ApplicantWay[] {
  if (reach.contactBy === "none") return [];
  const there = applicantWays.filter((way) => reach[way]);
  const first = there.filter((way) => way === reach.contactBy);
  return [...first, ...there.filter((way) => !first.includes(way))];
}

/**
 * Why an applicant cannot be written to. `callsOnly`: what is left is a landline, or a number for which they agreed to no text messages;
 * `wrongNumber`: it is another's, so that calls do not reach them either.
 */
export type Unreached = "noAddress" | "noMessages" | "stopped" | "callsOnly" | "wrongNumber";

/** Null: they can. */
export function whyUnreached(reach: ApplicantReach): Unreached | null {
  if (waysOf(reach).length > 0) return null;
  if (reach.contactBy === "none") return "noMessages";
  if (reach.wrongNumber) return "wrongNumber";
  if (reach.stopped) return "stopped";
  // Who ended letters by a link did not say that nobody may call.
  if (reach.phone) return "callsOnly";
  return reach.emailStopped ? "noMessages" : "noAddress";
}

/** Why no message goes by that way, anyone who sends it: its receiver ended that, or the number is another's; null: it may go. */
export function endedBy(
  reach: ApplicantReach,
  way: ApplicantWay,
): "noMessages" | "noLetters" | "noTexts" | "wrongNumber" | null {
  if (reach.contactBy === "none") return "noMessages";
  if (way === "email") return reach.emailStopped ? "noLetters" : null;
  if (reach.wrongNumber) return "wrongNumber";
  return reach.stopped ? "noTexts" : null;
}

/** The same message by one way or the other: its template, and a key of its own, for ever, a way. */
export const byWay = (
  way: ApplicantWay,
  letter: ApplicantLetter,
  key: string,
): Pick<MessageIntent, "template" | "key" | "way"> =>
  way === "email" ? { template: letter, key } : { template: smsOfLetter[letter], key: `${key}${smsMark}`, way: "sms" };

const smsMark = "/sms";

/** The key of a message as it was owed first, of one that is sent again. */
const firstKey = (key: string): string => key.replace(/(\/again\/\d+)+$/, "");

/** The key of a message that was told by another way. */
export function keyByOther(ofMessage: string): { readonly way: ApplicantWay; readonly key: string } {
  const key = firstKey(ofMessage);
  return key.endsWith(smsMark)
    ? { way: "email", key: key.slice(0, -smsMark.length) }
    : { way: "sms", key: `${key}${smsMark}` };
}

/**
 * How a message goes that cannot go by its own way, because it failed for good or nothing leaves by it;
 * null: they do not hear by the other one.
 */
export function byOther(
  reach: ApplicantReach,
  letter: ApplicantLetter,
  ofMessage: string,
): ReturnType<typeof byWay> | null {
  const { way: by, key } = keyByOther(ofMessage);
  if (!waysOf(reach).includes(by)) return null;
  return byWay(by, letter, by === "email" ? key : firstKey(ofMessage));
}
