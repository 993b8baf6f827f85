/** What each state of a message is called on screens, and why one was not delivered. */
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";
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

export interface UnsentRow {
  readonly name: Bilingual;
  readonly todo?: Bilingual;
  readonly stored?: string;
}

/**
 * Why messages were not sent, as lists are asked for it and health counts it. `todo` is what can be done about it. `stored` is what is noted of
 * each, where that is one text alone: an index finds it.
 */
export const unsentReasons = {
  account: { name: msg("letters.messageStates.causeAccount"), todo: msg("letters.messageStates.todoAccount") },
  noAddress: { name: msg("letters.messageStates.causeNoAddress"), todo: msg("letters.messageStates.todoNoAddress") },
  refused: { name: msg("letters.messageStates.causeRefused"), todo: msg("letters.messageStates.todoRefused") },
  number: { name: msg("letters.messageStates.causeNumber"), todo: msg("letters.messageStates.todoNumber") },
  gateway: { name: msg("letters.messageStates.causeGateway"), todo: msg("letters.messageStates.todoGateway") },
  rendered: { name: msg("letters.messageStates.causeRendered"), todo: msg("letters.messageStates.todoRendered") },
  server: { name: msg("letters.messageStates.causeServer"), todo: msg("letters.messageStates.todoServer") },
  password: { name: msg("letters.messageStates.causePassword"), todo: msg("letters.messageStates.todoPassword") },
  wrongNumber: {
    name: msg("letters.messageStates.unsentWrongNumber"),
    todo: msg("letters.messageStates.todoWrongNumber"),
    stored: "the number is another's",
  },
  unwanted: { name: msg("letters.messageStates.causeUnwanted"), todo: msg("letters.messageStates.todoUnwanted") },
  limit: { name: msg("letters.messageStates.causeLimit"), todo: msg("letters.messageStates.todoLimit") },
  tooLate: { name: msg("letters.messageStates.unsentTooLate"), stored: lateReasons.tooLate },
  taken: { name: msg("letters.messageStates.causeTaken") },
  answered: { name: msg("letters.messageStates.causeAnswered") },
  handedOver: { name: msg("letters.messageStates.causeHandedOver") },
  switchedOff: { name: msg("letters.messageStates.causeSwitchedOff") },
  over: { name: msg("letters.messageStates.causeOver") },
  rated: { name: msg("letters.messageStates.causeRated") },
  known: { name: msg("letters.messageStates.causeKnown") },
  gone: { name: msg("letters.messageStates.causeGone") },
  other: { name: msg("letters.messageStates.causeOther") },
} as const satisfies Readonly<Record<string, UnsentRow>>;
export type UnsentReason = keyof typeof unsentReasons;

/** What is noted of a message that was not sent: the first that fits says why, in words. What a mail server said stays as it is. */
export const notedReasons: readonly {
  readonly found: RegExp;
  readonly reason: UnsentReason;
  readonly words: Bilingual;
}[] = [
  {
    found: /^the receiver's account is disabled/,
    reason: "account",
    words: msg("letters.messageStates.theReceiversAccountIsDisabled"),
  },
  {
    found: /^the receiver has no address/,
    reason: "noAddress",
    words: msg("letters.messageStates.theReceiverHasNoEMail"),
  },
  { found: /^held back: too many receipts/, reason: "limit", words: msg("letters.messageStates.soManyReceiptsWentTo") },
  {
    found: /^held back: too many text messages to this number/,
    reason: "limit",
    words: msg("letters.messageStates.heldNumber"),
  },
  {
    found: /^held back: too many text messages to this country/,
    reason: "limit",
    words: msg("letters.messageStates.heldCountry"),
  },
  { found: /^held back: too many text messages today/, reason: "limit", words: msg("letters.messageStates.heldDay") },
  { found: /^held back: no segments left/, reason: "limit", words: msg("letters.messageStates.heldSegments") },
  {
    found: /^the number wants no text messages/,
    reason: "unwanted",
    words: msg("letters.messageStates.noTextMessages"),
  },
  { found: /^the applicant wants no messages/, reason: "unwanted", words: msg("letters.messageStates.noMessages") },
  { found: /^the number is another's/, reason: "wrongNumber", words: msg("letters.messageStates.wrongNumber") },
  { found: /^the applicant stopped emails/, reason: "unwanted", words: msg("letters.messageStates.noLetters") },
  { found: /^gateway: not delivered/, reason: "number", words: msg("letters.messageStates.gatewayNotDelivered") },
  { found: /^gateway: refused/, reason: "number", words: msg("letters.messageStates.gatewayRefused") },
  { found: /^gateway: away/, reason: "gateway", words: msg("letters.messageStates.gatewayAway") },
  { found: /^gateway:/, reason: "gateway", words: msg("letters.messageStates.gatewayFailed") },
  { found: /^lapsed: somebody took/, reason: "taken", words: msg("letters.messageStates.lapsedTaken") },
  { found: /^lapsed: the case was answered/, reason: "answered", words: msg("letters.messageStates.lapsedDone") },
  { found: /^lapsed: somebody else/, reason: "handedOver", words: msg("letters.messageStates.lapsedHandedOver") },
  { found: /^lapsed: the position/, reason: "switchedOff", words: msg("letters.messageStates.lapsedSwitchedOff") },
  { found: /^lapsed: its time is over/, reason: "over", words: msg("letters.messageStates.lapsedOver") },
  { found: /^lapsed: it was rated/, reason: "rated", words: msg("letters.messageStates.lapsedRated") },
  { found: /^lapsed: a limit was reached/, reason: "limit", words: msg("letters.messageStates.lapsedLimit") },
  { found: /^lapsed: it waited too long/, reason: "tooLate", words: msg("letters.messageStates.lapsedTooLate") },
  { found: /^lapsed: the applicant knows/, reason: "known", words: msg("letters.messageStates.lapsedKnown") },
  { found: /^lapsed: so many receipts/, reason: "limit", words: msg("letters.messageStates.lapsedReceipts") },
  { found: /^lapsed: it was taken back/, reason: "gone", words: msg("letters.messageStates.lapsedTakenBack") },
  { found: /^lapsed:/, reason: "gone", words: msg("letters.messageStates.lapsedGone") },
  { found: /^cannot be rendered/, reason: "rendered", words: msg("letters.messageStates.theLetterCouldNotBe") },
  {
    found: /ECONNREFUSED|ETIMEDOUT|ENOTFOUND|ECONNRESET|EAI_AGAIN|ESOCKET|ECONNECTION/,
    reason: "server",
    words: msg("letters.messageStates.theMailServerCouldNot"),
  },
  { found: /EAUTH|\b535\b/, reason: "password", words: msg("letters.messageStates.theMailServerRefusedThe") },
  { found: /\b55[0-9]\b/, reason: "refused", words: msg("letters.messageStates.theMailServerRefusedThe2") },
];

const notedAs = (noted: string | null) =>
  noted === null ? undefined : notedReasons.find(({ found }) => found.test(noted));

/** Why a message was not sent; null of one that nothing is noted of. */
export const unsentReasonOf = (noted: string | null): UnsentReason | null =>
  noted === null ? null : (notedAs(noted)?.reason ?? "other");

/** What can be done about it; null: nothing, or nothing that is known. */
export function adviceOn(reason: UnsentReason | null): Bilingual | null {
  if (reason === null) return null;
  const row: UnsentRow = unsentReasons[reason];
  return row.todo ?? null;
}

/** Why a message was kept and not sent. */
export const keptWords = {
  email: msg("letters.messageStates.keptNoServer"),
  sms: msg("letters.messageStates.keptNoGateway"),
} as const satisfies Readonly<Record<ApplicantWay, Bilingual>>;

/** Where a message of the demo went. */
export const ownMailboxWords: Bilingual = msg("letters.messageStates.ownMailbox");

/** Null where there are no words of ours for it. */
export const failureWords = (noted: string | null): Bilingual | null => notedAs(noted)?.words ?? null;

/** How many of these there are by reason, that of the most first. */
export function countedReasons(
  noted: readonly { readonly noted: string | null; readonly n: number }[],
): readonly { readonly reason: UnsentReason; readonly n: number }[] {
  const counts = new Map<UnsentReason, number>();
  for (const { noted: one, n } of noted) {
    const reason = unsentReasonOf(one) ?? "other";
    counts.set(reason, (counts.get(reason) ?? 0) + n);
  }
  return [...counts].map(([reason, n]) => ({ reason, n })).sort((one, other) => other.n - one.n);
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
