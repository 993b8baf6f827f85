/**
 * Letters that waited for one person, put together: what is sent now, what concerns them no more, and who gets it in their place. Asked when their
 * moment has come, with the cases as they are then.
 */

import type { WorkingCalendar } from "../calendar/working-calendar.js";
import type { Case } from "../lifecycle/case.js";
import { digestWithout, type FocalPointDigest, referencesIn } from "../measures/focal-digest.js";
import type { Seat, SeatHolder, Setup } from "../setup/setup.js";
import {
  asksFrom,
  holds,
  incumbent,
  operationRoomAt,
  reachesCase,
  receiversOf,
  seatHoldersAt,
} from "../setup/setup-references.js";
import type { Language } from "../text/text.js";
import { chooseDelivery, positionFor, wayOf, whoGetLetters } from "./choose-delivery.js";
import { type LetterWay, nextFocalPointHours } from "./letter-ways.js";
import type { MessageIntent } from "./message-intent.js";
import type { MessageTemplate } from "./message-kinds.js";
import { inTurn } from "./on-duty.js";
import { dueOf, toldToRequester } from "./telling.js";

/** A letter that waits, as it is stored. */
export interface WaitingLetter {
  readonly id: number;
  readonly key: string;
  readonly template: MessageTemplate;
  readonly data: Readonly<Record<string, unknown>>;
  readonly userId: number;
  readonly language: Language;
  /** The position for which they are written to. */
  readonly seat: number | null;
  /** Null: the day's list of a focal point, which waits for the same morning, or a letter about figures. */
  readonly caseId: number | null;
  readonly createdAt: Date;
}
type CaseLetter = WaitingLetter & { readonly caseId: number };
const isAboutCase = (letter: WaitingLetter): letter is CaseLetter => letter.caseId !== null;

export interface CaseNow {
  readonly theCase: Case;
  readonly stateKind: "open" | "waiting" | "resolved" | "final";
}

/** Why a letter is not written any more; as it is stored. */
export const lapseReasons = {
  taken: "lapsed: somebody took the case",
  done: "lapsed: the case was answered",
  handedOver: "lapsed: somebody else is written to",
  switchedOff: "lapsed: the position gets no letters",
  gone: "lapsed: it concerns the receiver no more",
  takenBack: "lapsed: it was taken back",
} as const;
export type LapseReason = keyof typeof lapseReasons;
/** Why one lapses because the case moved on: it waits again where the case comes back. */
export const movedOn: readonly LapseReason[] = ["taken", "handedOver", "gone"];

/** A letter written anew, of the same event: to the present holder, or to the next in turn. */
export interface LetterAnew {
  /** Of the letter that it repeats. */
  readonly id: number;
  readonly key: string;
  readonly userId: number;
  readonly language: Language;
  readonly seat: number | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly at: Date;
}

export interface GatheredLetters {
  /** Numbers of letters that leave by themselves: nothing else waits with them, or they are about figures. */
  readonly alone: readonly number[];
  /** One letter that tells of several. */
  readonly together: { readonly intent: MessageIntent; readonly ids: readonly number[] } | null;
  readonly lapsed: readonly { readonly id: number; readonly reason: LapseReason }[];
  readonly anew: readonly LetterAnew[];
}

/** What one case has to say in a letter of several. Of a confidential one only the reference. */
interface GatheredLine {
  readonly reference: string;
  readonly confidential: boolean;
  readonly subject?: string;
  readonly dueAt?: string | null;
  readonly happened?: readonly Readonly<Record<string, unknown>>[];
}

/** So many cases are named in a letter; the rest is a number. */
const mostLines = 60;

interface Asked {
  readonly letter: WaitingLetter;
  readonly found: CaseNow;
  readonly setup: Setup;
  readonly now: Date;
  readonly calendar: () => WorkingCalendar;
}
type Fate =
  | { readonly kind: "told" }
  | { readonly kind: "lapsed"; readonly reason: LapseReason }
  | { readonly kind: "moved"; readonly to: SeatHolder };
const lapsed = (reason: LapseReason): Fate => ({ kind: "lapsed", reason });

/**
 * Nobody has taken it, it is where it was assigned when the letter was written, and no action moved it on since. An action that
 * leaves it there, as the operation room's on what it is about, is nobody's work on it.
 */
function isUntaken({ theCase, stateKind }: CaseNow, since: Date): boolean {
  const { assignee, entity, assignedAt, stateSince } = theCase;
  const isThere = entity !== null && assignedAt !== null && assignedAt <= since && stateSince <= since;
  return stateKind === "open" && assignee === null && isThere;
}

/** What a reminder reminds of is still to be done. */
function isOwed({ data }: WaitingLetter, { theCase, stateKind }: CaseNow): boolean {
  if (stateKind === "resolved" || stateKind === "final") return false;
  const clock = theCase.clocks.find(({ cycle, target }) => cycle === theCase.cycle && target === data.target);
  return clock === undefined || (clock.metAt === null && clock.cancelledAt === null);
}

const ownFocalPoints = ({ entity }: Case, setup: Setup, now: Date): SeatHolder[] =>
  seatHoldersAt(setup, (seat) => seat.role === "focal_point" && seat.entity === entity, now);

const toldOf = ({ data }: WaitingLetter): readonly unknown[] => {
  const { told } = (data.untaken ?? {}) as { told?: unknown };
  return Array.isArray(told) ? told : [];
};

/** The next focal point who has not heard of it and takes letters. */
function nextInTurn({ letter, found: { theCase }, setup, now }: Asked): SeatHolder | null {
  const told = toldOf(letter);
  const others = ownFocalPoints(theCase, setup, now).filter(({ userId }) => !told.includes(userId));
  return inTurn(theCase, whoGetLetters(others, theCase, setup, now), setup, now)[0] ?? null;
}

/** What somebody wrote or gave to the person who has the case goes along with it. */
const goesAlong = (letter: WaitingLetter): boolean =>
  letter.template === "official-given" ||
  (letter.template === "official-news" && letter.data.kind !== "appealed" && !toldToRequester(letter));

/** Who goes on with what was asked from a position: its holder, else the operation room. */
function inRequestersPlace({ letter, found: { theCase }, setup, now }: Asked): Fate {
  const holders = seatHoldersAt(setup, asksFrom(theCase.requestedBy), now);
  const [first] = holders.length > 0 ? holders : operationRoomAt(setup, now);
  return first === undefined || first.userId === letter.userId ? lapsed("gone") : { kind: "moved", to: first };
}

/** Who is written to in the place of somebody who left: the successor on the position, else the person who has the case. */
function inTheirPlace(asked: Asked): Fate {
  const { letter, found, setup, now } = asked;
  const { theCase } = found;
  if (toldToRequester(letter)) return inRequestersPlace(asked);
  const seat: Seat | undefined = setup.seats.find(({ id }) => id === letter.seat);
  const successor =
    seat !== undefined && reachesCase(seat, theCase, setup, ["case.read"]) ? incumbent(seat, now) : null;
  if (successor !== null) return { kind: "moved", to: successor };
  if (letter.template === "official-mentioned" || letter.template === "official-escalated-copy") return lapsed("gone");
  const [first] = receiversOf("assignee", theCase, setup, now).receivers;
  return first === undefined || first.userId === letter.userId ? lapsed("gone") : { kind: "moved", to: first };
}

/** Whether one of somebody's positions reads the case. */
export const reaches = (userId: number, theCase: Case, setup: Setup, now: Date): boolean =>
  setup.seats.some(
    (seat) =>
      seat.holders.some((one) => one.userId === userId && holds(one, now)) &&
      reachesCase(seat, theCase, setup, ["case.read"]),
  );

function fateOf(asked: Asked): Fate {
  const { letter, found, setup, now } = asked;
  const { theCase } = found;
  const { template, userId, createdAt } = letter;
  if (template === "official-assigned" && !isUntaken(found, createdAt)) return lapsed("taken");
  if (template === "official-warning" && !isOwed(letter, found)) return lapsed("done");
  if (!reaches(userId, theCase, setup, now)) {
    if (letter.data.untaken === undefined) return inTheirPlace(asked);
    const next = nextInTurn(asked);
    return next === null ? lapsed("gone") : { kind: "moved", to: next };
  }
  if (goesAlong(letter) && theCase.assignee !== null && theCase.assignee !== userId) {
    const [has] = receiversOf("assignee", theCase, setup, now).receivers;
    return has === undefined ? lapsed("gone") : has.userId === userId ? { kind: "told" } : { kind: "moved", to: has };
  }
  return positionFor(userId, theCase, setup, now).way === "none" ? lapsed("switchedOff") : { kind: "told" };
}

/** At which position somebody gets it, and when; null where that position gets none. */
function deliveryTo(to: SeatHolder, asked: Asked, data: LetterAnew["data"], afterHours: number): LetterAnew | null {
  const { letter, found, setup, now, calendar } = asked;
  const { theCase } = found;
  const intent: MessageIntent = {
    template: letter.template,
    receiver: { kind: "user", userId: to.userId },
    language: to.language,
    data,
    key: `${letter.key}/to/${to.userId}`,
    ...(afterHours > 0 && { afterHours }),
  };
  const [chosen] = chooseDelivery([intent], { theCase, setup, now, calendar });
  if (chosen === undefined) return null;
  const { seat } = chosen.gather ?? positionFor(to.userId, theCase, setup, now);
  // What waited already waits no longer; what has still to wait for somebody to take the case does.
  const at = afterHours > 0 ? (chosen.gather?.at ?? now) : now;
  return { id: letter.id, key: chosen.key, userId: to.userId, language: to.language, seat, data, at };
}

/** Who hears of it when this one does not take it either; null where the turn has ended. */
function laterInTurn(asked: Asked): LetterAnew | null {
  const { letter, setup } = asked;
  if (letter.data.untaken === undefined) return null;
  const hours = nextFocalPointHours(setup);
  const next = hours === 0 ? null : nextInTurn(asked);
  if (next === null) return null;
  const data = { ...letter.data, untaken: { hours, told: [...toldOf(letter), next.userId] } };
  return deliveryTo(next, asked, data, hours);
}

/** What a line says of an event: only what the letter about it alone says too. */
export function happeningOf({ template, data }: WaitingLetter): Readonly<Record<string, unknown>> {
  const { kind, by, rating, level, target, untaken } = data;
  return { template, kind, by, rating, level, target, untaken: untaken !== undefined };
}

function lineOf(letters: readonly WaitingLetter[], { theCase }: CaseNow): GatheredLine {
  const { reference, confidential, application } = theCase;
  if (confidential) return { reference, confidential };
  const happened = [...new Map(letters.map((one) => [JSON.stringify(happeningOf(one)), happeningOf(one)])).values()];
  return { reference, confidential, subject: application.subject, dueAt: dueOf(theCase, "resolution"), happened };
}

/** A letter about figures is one of its own, whatever else waits. */
const isAlert = ({ template }: WaitingLetter): boolean => template === "figure-alert";

/** Why the day's list, or what a position wanted to hear of figures, is not sent to them any more; null: it is. */
function whyNot(letter: WaitingLetter, setup: Setup, now: Date): LapseReason | null {
  const held = setup.seats.filter(
    ({ id, role, holders }) =>
      (isAlert(letter) ? id === letter.seat : role === "focal_point") &&
      holders.some((one) => one.userId === letter.userId && holds(one, now)),
  );
  if (held.length === 0) return "gone";
  return held.every((seat) => wayOf(seat, setup) === "none") ? "switchedOff" : null;
}

const digestOf = ({ data }: WaitingLetter) => data as Partial<FocalPointDigest>;

/** References of the cases that the day's lists among these letters name. */
export const namedInLists = (letters: readonly WaitingLetter[]): string[] =>
  letters.flatMap((letter) => (isAboutCase(letter) ? [] : referencesIn(digestOf(letter))));

/**
 * The same list with nothing but the reference of what is confidential by now, and without what its reader does not see any more, as a
 * case that was taken back; the very list where it says nothing too much, null where nothing is left to say.
 */
function listNow(
  list: WaitingLetter,
  { listed, setup, now }: { listed: ReadonlyMap<string, Case>; setup: Setup; now: Date },
): WaitingLetter | null {
  const isGone = (reference: string): boolean => {
    const theCase = listed.get(reference);
    return theCase !== undefined && !reaches(list.userId, theCase, setup, now);
  };
  const digest = digestOf(list);
  const left = digestWithout(digest, new Set(referencesIn(digest).filter(isGone)));
  if (left === null) return null;
  const saysTooMuch = (one: { reference: string; subject: string | null }): boolean =>
    one.subject !== null && listed.get(one.reference)?.confidential === true;
  if (left === digest && !left.groups?.some(({ cases }) => cases.some(saysTooMuch))) return list;
  const groups = left.groups?.map((group) => ({
    ...group,
    cases: group.cases.map((one) => (saysTooMuch(one) ? { ...one, subject: null } : one)),
  }));
  return { ...list, data: { ...left, groups } };
}

/** In which way the receiver is written to, for the sentence that says why the letter came. */
function wayOfReceiver(letters: readonly WaitingLetter[], setup: Setup): LetterWay {
  const seat = setup.seats.find(({ id }) => letters.some((letter) => letter.seat === id));
  return wayOf(seat ?? {}, setup);
}

/**
 * @param a.letters what waits for one person of one programme and whose moment has come, the oldest first
 * @param a.cases the cases that they are about, by number
 * @param a.listed those of `namedInLists`, as they are now
 */
export function gatherLetters(a: {
  letters: readonly WaitingLetter[];
  cases: ReadonlyMap<number, CaseNow>;
  listed: ReadonlyMap<string, Case>;
  setup: Setup;
  now: Date;
  calendar: () => WorkingCalendar;
}): GatheredLetters {
  const { letters, cases, setup, now, calendar } = a;
  const told: { letter: CaseLetter; found: CaseNow }[] = [];
  const lists: WaitingLetter[] = [];
  const alerts: number[] = [];
  const lapses: { id: number; reason: LapseReason }[] = [];
  const anew: LetterAnew[] = [];
  for (const letter of letters) {
    if (!isAboutCase(letter)) {
      const reason = whyNot(letter, setup, now);
      if (reason === null && isAlert(letter)) alerts.push(letter.id);
      else if (reason !== null) lapses.push({ id: letter.id, reason });
      else {
        const list = listNow(letter, a);
        if (list === null) lapses.push({ id: letter.id, reason: "gone" });
        else lists.push(list);
      }
      continue;
    }
    const found = cases.get(letter.caseId);
    if (found === undefined) {
      lapses.push({ id: letter.id, reason: "gone" });
      continue;
    }
    const asked: Asked = { letter, found, setup, now, calendar };
    const fate = fateOf(asked);
    if (fate.kind === "told") told.push({ letter, found });
    else lapses.push({ id: letter.id, reason: fate.kind === "lapsed" ? fate.reason : "handedOver" });
    if (fate.kind === "moved") {
      const untaken = letter.data.untaken as { hours: number } | undefined;
      const data =
        untaken === undefined
          ? letter.data
          : { ...letter.data, untaken: { ...untaken, told: [...toldOf(letter), fate.to.userId] } };
      const moved = deliveryTo(fate.to, asked, data, 0);
      if (moved !== null) anew.push(moved);
    } else if (fate.kind === "told" || fate.reason === "switchedOff") {
      const later = laterInTurn(asked);
      if (later !== null) anew.push(later);
    }
  }
  const leaving = [...lists, ...told.map(({ letter }) => letter)];
  const [one] = leaving;
  // Written before the case became confidential or was taken back, it says too much.
  const saysTooMuch =
    lists.some((list) => !letters.includes(list)) ||
    told.some(({ letter, found }) => found.theCase.confidential && letter.data.confidential !== true);
  if (one === undefined || (leaving.length === 1 && !saysTooMuch)) {
    return { alone: [...alerts, ...leaving.map(({ id }) => id)], together: null, lapsed: lapses, anew };
  }
  const ids = leaving.map(({ id }) => id);
  const byCase = new Map<number, WaitingLetter[]>();
  for (const { letter } of told) byCase.set(letter.caseId, [...(byCase.get(letter.caseId) ?? []), letter]);
  const lines = [...byCase].flatMap(([caseId, about]) => {
    const found = cases.get(caseId);
    return found === undefined ? [] : [lineOf(about, found)];
  });
  const gathered = { way: wayOfReceiver(letters, setup), count: lines.length, lines: lines.slice(0, mostLines) };
  // One letter in the morning: the newest list tells what waited as well.
  const list = lists.at(-1);
  const intent: MessageIntent = {
    template: list === undefined ? "official-gathered" : list.template,
    receiver: { kind: "user", userId: one.userId },
    language: one.language,
    key: `gathered/${setup.programme.code}/user/${one.userId}/${ids[0]}`,
    data: list === undefined ? gathered : { ...list.data, ...(lines.length > 0 && { gathered }) },
  };
  return { alone: alerts, together: { intent, ids }, lapsed: lapses, anew };
}
