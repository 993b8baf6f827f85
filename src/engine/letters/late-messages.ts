/** What becomes of messages that wait too long, because a limit holds them or because none leave: no storm, and no one is left without a word. */

import {
  type ApplicantLetter,
  applicantLetterOf,
  type MessageTemplate,
  outlasting,
  smsOfLetter,
} from "./message-kinds.js";

/** Hours after which what a limit holds goes on another way. */
export const defaultHeldHours = 12;
/** Days after which a letter to an official is of no use any more: the desk, the list of news and the next digest say what it said. */
export const defaultLateDays = 3;
/** A receipt or the like that is older says nothing that its applicant still waits for. */
const applicantLateDays = 14;

/** Of a programme; what its set-up does not say is as we ship it. */
export const heldHours = ({ heldHours: hours }: { readonly heldHours?: number | undefined }): number =>
  hours ?? defaultHeldHours;
export const lateDays = ({ lateLetterDays: days }: { readonly lateLetterDays?: number | undefined }): number =>
  days ?? defaultLateDays;

/** What an applicant has to hear: it never lapses for its age, and where no way is left the case says so. */
const musts: readonly ApplicantLetter[] = ["applicant-question", "applicant-answered", "applicant-rejected"];
export const mustBeHeard = (letter: ApplicantLetter): boolean => musts.includes(letter);
/** The same by each way. */
export const mustTemplates: readonly MessageTemplate[] = musts.flatMap((letter) => [letter, smsOfLetter[letter]]);

/** Why a message lapses that waited too long; as it is stored. */
export const lateReasons = {
  tooLate: "lapsed: it waited too long",
  known: "lapsed: the applicant knows",
  receipts: "lapsed: so many receipts went to this address",
} as const;
export type LateReason = (typeof lateReasons)[keyof typeof lateReasons];

const dayMs = 86_400_000;

/** Why a message that has waited so long does not leave any more; null: it does. */
export function whyTooLate(a: {
  readonly template: MessageTemplate;
  readonly waitedMs: number;
  /** Days of the programme after which it is looked at. */
  readonly lateDays: number;
  /** Its applicant acted since it was written, or was read it; or the case was answered or ended since. */
  readonly known: boolean;
}): LateReason | null {
  const { template, waitedMs, known } = a;
  if (waitedMs < a.lateDays * dayMs) return null;
  const letter = applicantLetterOf(template);
  if (letter === null) return outlasting.includes(template) ? null : lateReasons.tooLate;
  if (known && letter !== "applicant-answered" && letter !== "applicant-rejected") return lateReasons.known;
  return mustBeHeard(letter) || waitedMs < applicantLateDays * dayMs ? null : lateReasons.tooLate;
}
