/**
 * Which officials an event is written to, as the event itself says it: true at that moment. What became of each letter is with the
 * messages, found by `letterKey`.
 */

import { isRecord } from "../is-record.js";
import type { Delivery } from "./choose-delivery.js";
import type { LetterWay } from "./letter-ways.js";
import type { MessageIntent } from "./message-intent.js";

/**
 * In the way of the position; or `untaken`: later, if no one takes the case until then; `spared`: not at all, since a colleague gets it;
 * `together`: with the other cases of an act on many.
 */
export type LetterHow = LetterWay | "untaken" | "spared" | "together";

export interface LetterOfEvent {
  /** By number. */
  readonly to: number;
  /** For which position; null: they held none. */
  readonly seat: number | null;
  /** The kind of letter. */
  readonly letter: string;
  readonly how: LetterHow;
  /** The key of the message that says it, where it is none of the case's own. */
  readonly key?: string;
}

/** The key of a letter of an event of a case to an official. */
export const letterKey = (caseId: number, seq: number, letter: string, userId: number): string =>
  `case/${caseId}/${seq}/${letter}/user/${userId}`;

/** Of which event a message is; null: of none. */
export function eventOfKey(key: string): number | null {
  const seq = /^case\/\d+\/(\d+)\//.exec(key)?.[1];
  return seq === undefined ? null : Number(seq);
}

interface OutcomeOf<Event> {
  readonly after: { readonly id: number; readonly lastSeq: number };
  readonly events: readonly Event[];
}

const howOf = ({ intent, way }: Delivery): LetterHow =>
  intent.afterHours !== undefined && way !== "none" ? "untaken" : way;

interface Numbered {
  readonly seq: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The events, each with the letters to officials that were decided for it; those that write to none stay as they are. */
export function withLetters<Event extends Numbered>(
  events: readonly Event[],
  a: { readonly decided: readonly Delivery[]; readonly spared: readonly Delivery[] },
): Event[] {
  const bySeq = new Map<number, LetterOfEvent[]>();
  const add = ({ intent: { receiver, key, template }, seat }: Delivery, how: LetterHow): void => {
    const seq = eventOfKey(key);
    if (receiver.kind !== "user" || seq === null) return;
    bySeq.set(seq, [...(bySeq.get(seq) ?? []), { to: receiver.userId, seat, letter: template, how }]);
  };
  for (const one of a.decided) add(one, howOf(one));
  for (const one of a.spared) add(one, "spared");
  return events.map((event) => {
    // One that names whom it is for says that no one is written to as well.
    const letters = bySeq.get(event.seq) ?? (Array.isArray(event.data.receivers) ? [] : undefined);
    return letters === undefined ? event : { ...event, data: { ...event.data, letters } };
  });
}

const isLetter = (value: unknown): value is LetterOfEvent =>
  isRecord(value) && typeof value.to === "number" && typeof value.letter === "string" && typeof value.how === "string";

/** What an event says of its letters; null: it was stored before events did, or writes to no official. */
export function lettersOf({ data }: Pick<Numbered, "data">): readonly LetterOfEvent[] | null {
  return Array.isArray(data.letters) ? data.letters.filter(isLetter) : null;
}

/** Whether a letter was made, whatever became of it. */
export const isWritten = ({ how }: LetterOfEvent): boolean => how !== "none" && how !== "spared";

/** The same outcome, those letters being told in others: the key of each of these by the key of the letter that it takes the place of. */
export function saidTogether<Event extends Pick<Numbered, "data">, Outcome extends OutcomeOf<Event>>(
  outcome: Outcome,
  instead: ReadonlyMap<MessageIntent["key"], string>,
): Outcome {
  if (instead.size === 0) return outcome;
  const { id, lastSeq } = outcome.after;
  const events = outcome.events.map((event, i) => {
    const letters = lettersOf(event)?.map((one): LetterOfEvent => {
      const key = instead.get(letterKey(id, lastSeq + i + 1, one.letter, one.to));
      return key === undefined ? one : { ...one, how: "together", key };
    });
    return letters === undefined ? event : { ...event, data: { ...event.data, letters } };
  });
  return { ...outcome, events };
}
