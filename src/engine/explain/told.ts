/** What descriptions of events are made of: their form, and the words that several of them share. */

import type { CaseEvent } from "../lifecycle/case-event.js";
import type { Setup } from "../setup/setup.js";
import { msg } from "../text/msg.js";
import { apart } from "../text/text.js";
import type { WorkflowDefinition } from "../workflow/workflow-definition.js";
import type { Words } from "./words.js";

/** `step`: a person or the system moved it on. `rules` and `clock`: what follows by itself. */
export type EntryKind =
  | "application"
  | "question"
  | "reply"
  | "answer"
  | "note"
  | "step"
  | "escalation"
  | "clock"
  | "rules"
  | "reading";

export interface Told {
  readonly event: CaseEvent;
  readonly data: CaseEvent["data"];
  readonly words: Words;
  readonly setup: Setup;
  readonly workflow: WorkflowDefinition;
  /** References of other cases that the reader may know. */
  readonly reached: ReadonlySet<string>;
}

export interface Description {
  readonly kind: EntryKind | ((data: CaseEvent["data"]) => EntryKind);
  readonly say: (told: Told) => string;
  /** What a line of many says of it; left out: all of it. */
  readonly short?: (told: Told) => string;
  /** The field of the event's data that holds what was written. */
  readonly text?: string;
  readonly folded?: boolean | ((data: CaseEvent["data"]) => boolean);
}

/** A text that is not empty, or null. */
export const written = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
/** What a code is called, apart from the sentence around it. */
export const named = (words: Words, fact: string, code: unknown): string => apart(words.value(fact, code));

/** People that an event names by number; who has left all seats since is named by it. */
export function people(ids: unknown, { setup, words }: Told): string {
  const holders = setup.seats.flatMap((seat) => seat.holders);
  const names = (Array.isArray(ids) ? ids : []).map((id) =>
    apart(holders.find(({ userId }) => userId === id)?.name ?? `#${String(id)}`),
  );
  return names.length === 0 ? words.say(msg("explain.told.nobody")) : names.join(words.say(msg("explain.told.text")));
}

/** What is added where a seat was empty; nothing otherwise. */
export function emptySeats({ data, words }: Told): string {
  const levels = (Array.isArray(data.emptySeats) ? data.emptySeats : []).map(({ level }: { level: unknown }) =>
    String(level),
  );
  if (levels.length === 0) return "";
  const list = levels.join(words.say(msg("explain.told.text")));
  return words.say(msg("explain.told.theSeatOfLevelWas", { list }));
}

/** What the workflow calls the action behind the event. */
export function actionName({ data, workflow, words }: Told): string | null {
  const name = typeof data.action === "string" ? workflow.actions[data.action]?.name : undefined;
  return name === undefined ? null : words.pick(name);
}

/** A state as the workflow of the case names it. */
export function stateName(code: unknown, { workflow, words }: Told): string {
  const name = typeof code === "string" ? workflow.states[code]?.name : undefined;
  return words.quote(name === undefined ? String(code) : words.pick(name));
}
