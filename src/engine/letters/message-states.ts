/** What each state of a message is called on screens, and why one was not delivered. */
import { filled, msg, pattern } from "../text/msg.js";
import { type Bilingual, listed } from "../text/text.js";
import { type ApplicantReach, type ApplicantWay, endedBy } from "./applicant-ways.js";
import { lateReasons } from "./late-messages.js";

export const messageStateNames = {
  pending: msg("letters.messageStates.messageStateNamesPending"),
  sent: msg("letters.messageStates.messageStateNamesSent"),
  kept: msg("letters.messageStates.messageStateNamesKept"),
  failed: msg("letters.messageStates.messageStateNamesFailed"),
  held: msg("letters.messageStates.messageStateNamesHeld"),
  gathering: msg("letters.messageStates.messageStateNamesGathering"),
  gathered: msg("letters.messageStates.messageStateNamesGathered"),
  lapsed: msg("letters.messageStates.messageStateNamesLapsed"),
};

/** What can be done about messages that failed, with how many of them it is. */
const todos = {
  account: pattern("letters.messageStates.todoAccount"),
  noAddress: pattern("letters.messageStates.todoNoAddress"),
  refused: pattern("letters.messageStates.todoRefused"),
  number: pattern("letters.messageStates.todoNumber"),
  gateway: pattern("letters.messageStates.todoGateway"),
  rendered: pattern("letters.messageStates.todoRendered"),
  server: pattern("letters.messageStates.todoServer"),
  password: pattern("letters.messageStates.todoPassword"),
  other: pattern("letters.messageStates.todoOther"),
};
type FailureTodo = keyof typeof todos;

/** Why it was not delivered, in words where the reason is one of ours; what a mail server said stays as it is. */
const reasons: readonly { readonly found: RegExp; readonly words: Bilingual; readonly todo?: FailureTodo }[] = [
  {
    found: /^the receiver's account is disabled/,
    words: msg("letters.messageStates.theReceiversAccountIsDisabled"),
    todo: "account",
  },
  {
    found: /^the receiver has no address/,
    words: msg("letters.messageStates.theReceiverHasNoEMail"),
    todo: "noAddress",
  },
  {
    found: /^held back: too many receipts/,
    words: msg("letters.messageStates.soManyReceiptsWentTo"),
  },
  { found: /^held back: too many text messages to this number/, words: msg("letters.messageStates.heldNumber") },
  { found: /^held back: too many text messages to this country/, words: msg("letters.messageStates.heldCountry") },
  { found: /^held back: too many text messages today/, words: msg("letters.messageStates.heldDay") },
  { found: /^held back: no segments left/, words: msg("letters.messageStates.heldSegments") },
  { found: /^the number wants no text messages/, words: msg("letters.messageStates.noTextMessages") },
  { found: /^the applicant wants no messages/, words: msg("letters.messageStates.noMessages") },
  { found: /^the number is another's/, words: msg("letters.messageStates.wrongNumber") },
  { found: /^the applicant stopped emails/, words: msg("letters.messageStates.noLetters") },
  { found: /^gateway: not delivered/, words: msg("letters.messageStates.gatewayNotDelivered"), todo: "number" },
  { found: /^gateway: refused/, words: msg("letters.messageStates.gatewayRefused"), todo: "number" },
  { found: /^gateway: away/, words: msg("letters.messageStates.gatewayAway"), todo: "gateway" },
  { found: /^gateway:/, words: msg("letters.messageStates.gatewayFailed"), todo: "gateway" },
  { found: /^lapsed: somebody took/, words: msg("letters.messageStates.lapsedTaken") },
  { found: /^lapsed: the case was answered/, words: msg("letters.messageStates.lapsedDone") },
  { found: /^lapsed: somebody else/, words: msg("letters.messageStates.lapsedHandedOver") },
  { found: /^lapsed: the position/, words: msg("letters.messageStates.lapsedSwitchedOff") },
  { found: /^lapsed: its time is over/, words: msg("letters.messageStates.lapsedOver") },
  { found: /^lapsed: it was rated/, words: msg("letters.messageStates.lapsedRated") },
  { found: /^lapsed: a limit was reached/, words: msg("letters.messageStates.lapsedLimit") },
  { found: /^lapsed: it waited too long/, words: msg("letters.messageStates.lapsedTooLate") },
  { found: /^lapsed: the applicant knows/, words: msg("letters.messageStates.lapsedKnown") },
  { found: /^lapsed: so many receipts/, words: msg("letters.messageStates.lapsedReceipts") },
  { found: /^lapsed:/, words: msg("letters.messageStates.lapsedGone") },
  { found: /^cannot be rendered/, words: msg("letters.messageStates.theLetterCouldNotBe"), todo: "rendered" },
  {
    found: /ECONNREFUSED|ETIMEDOUT|ENOTFOUND|ECONNRESET|EAI_AGAIN|ESOCKET|ECONNECTION/,
    words: msg("letters.messageStates.theMailServerCouldNot"),
    todo: "server",
  },
  {
    found: /EAUTH|\b535\b/,
    words: msg("letters.messageStates.theMailServerRefusedThe"),
    todo: "password",
  },
  { found: /\b55[0-9]\b/, words: msg("letters.messageStates.theMailServerRefusedThe2"), todo: "refused" },
];

/** Why a message did not leave, as far as a list is asked for it: by what is stored. */
export const unsentReasons = {
  tooLate: { stored: lateReasons.tooLate, name: msg("letters.messageStates.unsentTooLate") },
  wrongNumber: { stored: "the number is another's", name: msg("letters.messageStates.unsentWrongNumber") },
} as const satisfies Readonly<Record<string, { readonly stored: string; readonly name: Bilingual }>>;
export type UnsentReason = keyof typeof unsentReasons;

/** Why a message was kept and not sent. */
export const keptWords = {
  email: msg("letters.messageStates.keptNoServer"),
  sms: msg("letters.messageStates.keptNoGateway"),
} as const satisfies Readonly<Record<ApplicantWay, Bilingual>>;

/** Where a message of the demo went. */
export const ownMailboxWords: Bilingual = msg("letters.messageStates.ownMailbox");

/** Null where there are no words of ours for it. */
export function failureWords(reason: string | null): Bilingual | null {
  return reason === null ? null : (reasons.find(({ found }) => found.test(reason))?.words ?? null);
}

/** What to do about what failed: a sentence for each cause, that of the most first. */
export function failureAdvice(failed: readonly { readonly reason: string | null; readonly n: number }[]): Bilingual {
  const counts = new Map<FailureTodo, number>();
  for (const { reason, n } of failed) {
    const todo = reasons.find(({ found }) => reason !== null && found.test(reason))?.todo ?? "other";
    counts.set(todo, (counts.get(todo) ?? 0) + n);
  }
  const most = [...counts].sort(([, a], [, b]) => b - a);
  return listed(
    most.map(([todo, n]) => filled(todos[todo], { n })),
    " ",
  );
}

const lineFault = "line: ";

/** Why a message was not written as it was meant, as it is stored with it: of its words a line without a mark, of its lines one with. */
export const storedFault = (wording: string | null, lines: readonly string[]): string =>
  [...(wording === null ? [] : [wording]), ...lines.map((fault) => `${lineFault}${fault}`)].join("\n");

/** What could not be written: the programme's own words, or lines in which plain ones stand now. */
export function faultyParts(stored: string | null): { readonly wording: boolean; readonly line: boolean } {
  const faults = stored === null ? [] : stored.split("\n");
  const line = faults.some((fault) => fault.startsWith(lineFault));
  return { wording: faults[0] !== undefined && !faults[0].startsWith(lineFault), line };
}

/** In the place of a letter, or of its subject, that cannot be put together. */
export const notWritten: Bilingual = msg("letters.messageStates.notWritten");

const refusals = {
  noServer: msg("letters.messageStates.noServer"),
  linkInside: msg("letters.messageStates.linkInside"),
};

/** What the applicant ended themselves, or was another's, is not begun again by who sends it. */
const ended = {
  noMessages: msg("letters.messageStates.noMessages"),
  noLetters: msg("letters.messageStates.noLetters"),
  noTexts: msg("letters.messageStates.noTextMessages"),
  wrongNumber: msg("letters.messageStates.wrongNumber"),
} satisfies Record<NonNullable<ReturnType<typeof endedBy>>, Bilingual>;

/** Why a letter cannot be sent again now; null when it can. `canSend`: whether there is a mail server, a gateway. */
export function whyNotAgain(
  message: {
    readonly state: keyof typeof messageStateNames;
    readonly template: string;
    readonly way: ApplicantWay;
    /** Null of a letter to an official. */
    readonly reach: ApplicantReach | null;
  },
  canSend: Readonly<Record<ApplicantWay, boolean>>,
): Bilingual | null {
  if (!canSend[message.way]) return message.way === "sms" ? msg("letters.messageStates.noGateway") : refusals.noServer;
  if (message.state === "pending") return msg("letters.messageStates.onItsWay");
  if (message.state === "gathering") return msg("letters.messageStates.waits");
  if (message.state === "gathered") return msg("letters.messageStates.toldElsewhere");
  if (message.state === "lapsed") return msg("letters.messageStates.concernsNobody");
  if (message.template.startsWith("contact-code")) return msg("letters.messageStates.codeInside");
  const end = message.reach === null ? null : endedBy(message.reach, message.way);
  if (end !== null) return ended[end];
  return message.state === "sent" && message.template.startsWith("account-") ? refusals.linkInside : null;
}
