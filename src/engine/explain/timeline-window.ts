/** Which part of a long story is shown at once: what people said and what happened apart from who looked at personal data. */

import type { CaseEvent } from "../lifecycle/case-event.js";
import { isReading } from "./describe-event.js";

/** `conversation`: what was said and what happened. `readings`: who looked at personal data and files. */
export const timelineParts = ["conversation", "readings"] as const;
export type TimelinePart = (typeof timelineParts)[number];

/** So many of each part come with the page; earlier ones are asked for. */
export const newestShown = 60;
/** So many come at once of what is asked for. */
export const earlierAtOnce = 300;

export interface TimelineWindow {
  /** First to last. */
  readonly events: readonly CaseEvent[];
  /** How many of the part lie before them. */
  readonly before: number;
}

const partOf = (event: CaseEvent): TimelinePart => (isReading(event) ? "readings" : "conversation");

/**
 * The newest of one part.
 * @param a.before the number of an event: only what happened earlier
 */
export function windowOf(
  events: readonly CaseEvent[],
  a: { readonly part: TimelinePart; readonly most: number; readonly before?: number },
): TimelineWindow {
  const { part, most, before = Number.POSITIVE_INFINITY } = a;
  const all = events.filter((event) => event.seq < before && partOf(event) === part);
  return { events: all.slice(-most), before: Math.max(0, all.length - most) };
}

/** What was sent and the newest of both parts, each event once, first to last; and how much of each is not among them. */
export function newestOf(events: readonly CaseEvent[]): {
  readonly events: readonly CaseEvent[];
  readonly earlier: Readonly<Record<TimelinePart, number>>;
} {
  // What was sent is always shown: it is what the rest is about.
  const [first, ...rest] = events;
  if (first === undefined) return { events: [], earlier: { conversation: 0, readings: 0 } };
  const [conversation, readings] = timelineParts.map((part) => windowOf(rest, { part, most: newestShown }));
  const shown = [first, ...(conversation?.events ?? []), ...(readings?.events ?? [])];
  return {
    events: shown.sort((a, b) => a.seq - b.seq),
    earlier: { conversation: conversation?.before ?? 0, readings: readings?.before ?? 0 },
  };
}
