/** What became of the letters to officials that events of a case were to send: who was to hear, how, and whether a message left. */

import { lapseReasons } from "../letters/gather-letters.js";
import { eventOfKey, type LetterHow, type LetterOfEvent, letterKey, lettersOf } from "../letters/letters-of-event.js";
import { messageName } from "../letters/message-kinds.js";
import { failureWords, keptWords, type messageStateNames } from "../letters/message-states.js";
import type { CaseEvent } from "../lifecycle/case-event.js";
import type { Setup } from "../setup/setup.js";
import { msg } from "../text/msg.js";
import { type Bilingual, perLanguage } from "../text/text.js";
import { wordsIn } from "./words.js";

type State = keyof typeof messageStateNames;

/** How a message fares. */
interface Faring {
  readonly state: State;
  readonly sentAt: Date | null;
  readonly nextAttemptAt: Date | null;
  readonly lastError: string | null;
}

/** A message to an official, as it is stored. */
export interface FoundLetter extends Faring {
  readonly key: string;
  readonly template: string;
  readonly to: number;
  readonly name: string;
  readonly seat: number | null;
  /** Until when it waits for others. */
  readonly gatherAt: Date | null;
  /** The letter that told it with others; null: it is one of its own. */
  readonly within: Faring | null;
}

/** What came of it, for its colour: `none`: no message was made. */
export type LetterEnd = "sent" | "waits" | "notSent" | "none";

export interface EntryLetter {
  /** By name, with the position for which they are written to. */
  readonly who: Bilingual;
  /** The kind of letter. */
  readonly what: Bilingual;
  readonly end: LetterEnd;
  /** In a sentence. */
  readonly fate: Bilingual;
}

type Moments = (at: Date) => Bilingual;
type Fate = Pick<EntryLetter, "end" | "fate">;

const nothing: Bilingual = { en: "", ar: "" };
const why = (reason: string | null): Bilingual => failureWords(reason) ?? nothing;
const fate = (end: LetterEnd, words: Bilingual): Fate => ({ end, fate: words });

/** Of one that waits for others, or for someone to take the case. */
function waiting({ gatherAt }: FoundLetter, how: LetterHow | undefined, moment: Moments): Fate {
  const at = moment(gatherAt ?? new Date(0));
  return fate(
    "waits",
    how === "untaken"
      ? msg("explain.describeLetters.untaken", { at })
      : msg("explain.describeLetters.gathering", { at }),
  );
}

function fared({ state, sentAt, nextAttemptAt, lastError }: Faring, together: boolean, moment: Moments): Fate {
  if (state === "sent" && sentAt !== null) {
    const at = moment(sentAt);
    return fate(
      "sent",
      together ? msg("explain.describeLetters.sentTogether", { at }) : msg("explain.describeLetters.sent", { at }),
    );
  }
  if (state === "kept") return fate("notSent", keptWords.email);
  if (state === "lapsed") return fate("notSent", msg("explain.describeLetters.lapsed", { why: why(lastError) }));
  if (state === "failed" || state === "held") {
    return fate("notSent", msg("explain.describeLetters.failed", { why: why(lastError) }));
  }
  return lastError === null || nextAttemptAt === null
    ? fate("waits", msg("explain.describeLetters.pending"))
    : fate("waits", msg("explain.describeLetters.retried", { at: moment(nextAttemptAt), why: why(lastError) }));
}

function fateOf(found: FoundLetter, how: LetterHow | undefined, moment: Moments): Fate {
  if (found.state === "gathering") return waiting(found, how, moment);
  if (found.within !== null) return fared(found.within, true, moment);
  return fared(found, how === "together", moment);
}

const unwritten: Readonly<Partial<Record<LetterHow, Bilingual>>> = {
  none: msg("explain.describeLetters.none"),
  spared: msg("explain.describeLetters.spared"),
};

/** Of one for which there is no message. */
function fateWithout(how: LetterHow | undefined): Fate {
  if (how === "together") return fate("waits", msg("explain.describeLetters.together"));
  const words = how === undefined ? undefined : unwritten[how];
  return fate("none", words ?? msg("explain.describeLetters.notOnRecord"));
}

/** Events from before they said it: whom they name hears by a message of the event, or by none that is known. */
const namedBefore = ({ data }: CaseEvent): readonly number[] =>
  Array.isArray(data.receivers) ? data.receivers.filter((one) => typeof one === "number") : [];

/** Keys of messages that are none of the case's own, which `found` has to have as well. */
export const keysElsewhere = (events: readonly CaseEvent[]): string[] =>
  events.flatMap((event) => (lettersOf(event) ?? []).flatMap(({ key }) => key ?? []));

/** By number of the event; events that write to no official have none. */
export function describeLetters(
  events: readonly CaseEvent[],
  { found, setup }: { readonly found: readonly FoundLetter[]; readonly setup: Setup },
): ReadonlyMap<number, readonly EntryLetter[]> {
  const wordsFor = wordsIn(setup);
  const moment: Moments = (at) => perLanguage((language) => wordsFor(language).moment(at));
  const holders = new Map(
    setup.seats.flatMap((seat) => seat.holders.map(({ userId, name }) => [userId, name] as const)),
  );
  const titles = new Map(setup.seats.map(({ id, title }) => [id, title]));
  const whoOf = (to: number, seat: number | null, name?: string): Bilingual => {
    const title = seat === null ? undefined : titles.get(seat);
    const called = name ?? holders.get(to) ?? `#${to}`;
    return title === undefined
      ? { en: called, ar: called }
      : msg("explain.describeLetters.who", { name: called, title });
  };
  const byKey = new Map(found.map((one) => [one.key, one]));
  const bySeq = new Map<number, FoundLetter[]>();
  for (const one of found) {
    const seq = eventOfKey(one.key);
    if (seq !== null) bySeq.set(seq, [...(bySeq.get(seq) ?? []), one]);
  }
  const stored = (one: FoundLetter, how?: LetterHow): EntryLetter => ({
    who: whoOf(one.to, one.seat, one.name),
    what: messageName(one.template),
    ...fateOf(one, how, moment),
  });
  // An unsent letter of an act on many was written again without the cases that were taken back.
  const untold = new Set(events.flatMap(({ type, data }) => (type === "case.taken-back" ? [data.of] : [])));
  const described = events.map((event): readonly [number, readonly EntryLetter[]] => {
    const own = bySeq.get(event.seq) ?? [];
    const said = lettersOf(event);
    if (said === null) {
      const without = namedBefore(event).filter((userId) => !own.some(({ to }) => to === userId));
      const rest = without.map((to) => ({ who: whoOf(to, null), what: nothing, ...fateWithout(undefined) }));
      return [event.seq, [...own.map((one) => stored(one)), ...rest]];
    }
    const told = new Set<string>();
    const letters = said.map(({ to, seat, letter, how, key }: LetterOfEvent): EntryLetter => {
      const message = byKey.get(key ?? letterKey(event.caseId, event.seq, letter, to));
      if (message === undefined) return { who: whoOf(to, seat), what: messageName(letter), ...fateWithout(how) };
      told.add(message.key);
      if (how === "together" && message.within !== null && untold.has(event.seq)) {
        return {
          ...stored(message, how),
          ...fared({ ...message.within, state: "lapsed", lastError: lapseReasons.takenBack }, true, moment),
        };
      }
      return { ...stored(message, how), who: whoOf(to, seat, message.name) };
    });
    // Written later in the place of one of them, or sent again.
    const later = own.filter(({ key }) => !told.has(key)).map((one) => stored(one));
    return [event.seq, [...letters, ...later]];
  });
  return new Map(described.filter(([, letters]) => letters.length > 0));
}
