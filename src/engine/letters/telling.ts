/** What the tellers of messages share: what may be said of a case, and to whom it is addressed. */
import type { Case } from "../lifecycle/case.js";
import type { CaseEventType, NewCaseEvent } from "../lifecycle/case-event.js";
import type { SeatHolder, Setup } from "../setup/setup.js";
import { asksFrom, operationRoomAt, seatHoldersAt } from "../setup/setup-references.js";
import type { Language } from "../text/text.js";
import type { WorkflowDefinition } from "../workflow/workflow-definition.js";
import { type ApplicantWay, byWay } from "./applicant-ways.js";
import { letterKey } from "./letters-of-event.js";
import type { MessageIntent } from "./message-intent.js";
import type { ApplicantLetter, MessageTemplate } from "./message-kinds.js";

/** An event with its number in the case. */
export type Numbered = NewCaseEvent & { readonly seq: number };

/** An open application that was linked to this case as its duplicate, and whose applicant can be reached. */
export interface LinkedDuplicate {
  readonly caseId: number;
  readonly reference: string;
  readonly language: Language;
  /** By which ways they hear, at least one. */
  readonly ways: readonly ApplicantWay[];
}

export interface Telling {
  readonly theCase: Case;
  readonly setup: Setup;
  /** The version that the case follows, perhaps no longer the published one. */
  readonly workflow: WorkflowDefinition;
  readonly now: Date;
  /** In the order in which they are tried. */
  readonly applicantWays: readonly ApplicantWay[];
  /** Kinds of all events of the act: what one act did makes one letter. */
  readonly happened: ReadonlySet<CaseEventType>;
  /** The answer that takes effect. */
  readonly answer: string | null;
  readonly duplicates: readonly LinkedDuplicate[];
  /** The answer that the case this one was linked to had been given before. */
  readonly originalAnswer: string | null;
}

export type Data = Readonly<Record<string, unknown>>;
export type Teller = (event: Numbered, telling: Telling) => MessageIntent[];

export const wording = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
const isoOf = (moment: Date | null | undefined): string | null => moment?.toISOString() ?? null;

export function dueOf(theCase: Case, target: string): string | null {
  return isoOf(theCase.clocks.find((clock) => clock.cycle === theCase.cycle && clock.target === target)?.dueAt);
}

/** What may be said of the case to whoever receives the message. */
export function aboutCase(theCase: Case, open: Data, always: Data = {}): Data {
  const { reference, confidential, application, entity, sector, pillar, importance } = theCase;
  if (confidential) return { reference, confidential, ...always };
  return {
    reference,
    confidential,
    type: application.type,
    subject: application.subject,
    entity,
    sector,
    pillar,
    importance,
    ...always,
    ...open,
  };
}

export function toApplicant(
  event: Numbered,
  telling: Telling,
  letter: ApplicantLetter,
  open: Data,
  always: Data = {},
): MessageIntent[] {
  const { theCase, applicantWays } = telling;
  if (theCase.requestedBy !== null) return toRequester(event, telling, letter, open);
  return toldFirst(applicantWays, {
    letter,
    caseId: theCase.id,
    language: theCase.application.language,
    data: aboutCase(theCase, open, always),
    key: `case/${theCase.id}/${event.seq}/${letter}/applicant`,
  });
}

/** What whoever asked for an order hears of it; what they did themselves is none. */
const orderKinds: Readonly<Partial<Record<ApplicantLetter, string>>> = {
  "applicant-answered": "orderAnswered",
  "applicant-question": "orderAsked",
  "applicant-rejected": "orderDeclined",
};

/** Whether a letter tells who asked for an order what became of it. */
export const toldToRequester = ({ template, data }: Pick<MessageIntent, "template" | "data">): boolean =>
  template === "official-news" && Object.values(orderKinds).some((kind) => kind === data.kind);

/** Who holds the position that asked; where nobody does, the operation room, once. */
function toRequester(event: Numbered, telling: Telling, letter: ApplicantLetter, open: Data): MessageIntent[] {
  const kind = orderKinds[letter];
  if (kind === undefined) return [];
  const { theCase, setup, now } = telling;
  const seat = setup.seats.find(({ id }) => id === theCase.requestedBy) ?? null;
  const by = event.actor.kind === "user" ? event.actor.userId : null;
  const holders = seatHoldersAt(setup, asksFrom(theCase.requestedBy), now);
  const data = aboutCase(theCase, open, { kind, dueAt: dueOf(theCase, "resolution") });
  if (holders.length === 0)
    return alertOfEmptySeats(event, telling, [{ level: 0, title: seat === null ? null : { ...seat.title } }]);
  return toOfficials(
    event,
    theCase,
    "official-news",
    holders.filter(({ userId }) => userId !== by),
    data,
  );
}

/** What an applicant hears, once, by the first of the ways; nothing where there is none. */
export function toldFirst(
  [way]: readonly ApplicantWay[],
  a: {
    readonly letter: ApplicantLetter;
    readonly caseId: number;
    readonly language: Language;
    readonly data: Data;
    readonly key: string;
  },
): MessageIntent[] {
  if (way === undefined) return [];
  const { letter, caseId, language, data, key } = a;
  return [{ ...byWay(way, letter, key), receiver: { kind: "applicant", caseId }, language, data }];
}

export function toOfficials(
  event: Numbered,
  theCase: Case,
  template: MessageTemplate,
  holders: readonly SeatHolder[],
  data: Data,
): MessageIntent[] {
  return holders.map(({ userId, language }) => ({
    template,
    receiver: { kind: "user", userId },
    language,
    data,
    key: letterKey(theCase.id, event.seq, template, userId),
  }));
}

export function alert(event: Numbered, { theCase, setup, now }: Telling, open: Data, always: Data): MessageIntent[] {
  return toOfficials(
    event,
    theCase,
    "operation-room-alert",
    operationRoomAt(setup, now),
    aboutCase(theCase, open, always),
  );
}

/** Nobody sits on a seat that should have been told: one alert an event, naming the nearest such seat. */
export function alertOfEmptySeats(
  event: Numbered,
  telling: Telling,
  empty: readonly { level: number; title: Data | null }[],
): MessageIntent[] {
  const [first] = empty;
  if (first === undefined) return [];
  return alert(
    event,
    telling,
    { seat: first.title },
    {
      kind: "empty-seat",
      level: first.level,
      levels: empty.map(({ level }) => level),
    },
  );
}

/** Persons by number, as the sweep found them at `now`; their language comes from the seat they hold. */
export function holdersByNumber(setup: Setup, numbers: unknown): SeatHolder[] {
  const wanted = new Set(Array.isArray(numbers) ? numbers : []);
  // Most events name nobody, and an office has many seats.
  if (wanted.size === 0) return [];
  const found = new Map<number, SeatHolder>();
  for (const holder of setup.seats.flatMap((seat) => seat.holders)) {
    if (wanted.has(holder.userId) && !holder.disabled && !found.has(holder.userId)) found.set(holder.userId, holder);
  }
  return [...found.values()].sort((a, b) => a.userId - b.userId);
}

export function emptySeatsOf(setup: Setup, value: unknown): { level: number; title: Data | null }[] {
  if (!Array.isArray(value)) return [];
  return value.map((one: { level?: unknown; seat?: unknown }) => {
    const seat = setup.seats.find((candidate) => candidate.id === one.seat);
    return {
      level: Number(one.level ?? 0),
      title: seat === undefined ? null : { ...seat.title },
    };
  });
}
