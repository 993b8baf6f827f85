/** What happened to a case, event by event, in words that a person reads: who, when, what, and what was written. */

import type { Actor } from "../access/permissions.js";
import { dateWords } from "../calendar/date-words.js";
import { type Attachment, attachmentsIn } from "../files/attachment.js";
import type { CaseEvent } from "../lifecycle/case-event.js";
import type { Setup } from "../setup/setup.js";
import { msg } from "../text/msg.js";
import { type Bilingual, type Language, perLanguage } from "../text/text.js";
import type { ActionField, WorkflowDefinition } from "../workflow/workflow-definition.js";
import type { EntryLetter } from "./describe-letters.js";
import { descriptions, unknownEvent } from "./event-descriptions.js";
import { otherCase, otherCases } from "./named-cases.js";
import { type EntryKind, people, type Told, written } from "./told.js";
import { type Words, wordsIn } from "./words.js";

export interface TimelineEntry {
  readonly seq: number;
  readonly at: Date;
  readonly who: Bilingual;
  readonly whoKind: "official" | "applicant" | "channel" | "system";
  /** The reader did it. */
  readonly own?: true;
  readonly kind: EntryKind;
  readonly what: Bilingual;
  /** The same as one of many lines, without names; null where that is all there is. */
  readonly short: Bilingual | null;
  /** What was written, as it was written. */
  readonly text: string | null;
  /** What else the workflow asked for with it; left out: nothing. */
  readonly fields?: readonly { readonly name: Bilingual; readonly value: Bilingual }[];
  /** Files that came with it. */
  readonly files: readonly Attachment[];
  /** What became of the letters to officials that it was to send; left out: it sends none, or no one looked. */
  readonly letters?: readonly EntryLetter[];
  /** Only officials see it. */
  readonly internal: boolean;
  /** Shown only when asked for: it follows by itself. */
  readonly folded: boolean;
}

function whoOf(
  { actor, data }: CaseEvent,
  wordsFor: (language: Language) => Words,
): Pick<TimelineEntry, "who" | "whoKind"> {
  if (actor.kind === "user") return { who: { en: actor.name, ar: actor.name }, whoKind: "official" };
  if (actor.kind === "applicant") {
    // Without the code: the person who reads at the address, or had the message passed on to them.
    const who = data.by === "link" ? msg("explain.describeEvent.whoByLink") : msg("explain.describeEvent.who");
    return { who, whoKind: "applicant" };
  }
  if (actor.kind === "channel") {
    const { channel } = actor;
    return { who: perLanguage((language) => wordsFor(language).value("channel", channel)), whoKind: "channel" };
  }
  return { who: msg("explain.describeEvent.who2"), whoKind: "system" };
}

/** A value of a field as the workflow and the set-up name it; what was typed as it was typed. */
function fieldValue(value: unknown, field: ActionField | undefined, told: Told): string {
  const { words } = told;
  if (field?.type === "choice") {
    const chosen = field.choices?.find(({ code }) => code === value);
    return chosen === undefined ? String(value) : words.pick(chosen.name);
  }
  if (field?.type === "reference") return otherCase(String(value), told);
  if (field?.type === "references") return otherCases(value, told);
  if (field?.type === "colleague" || field?.type === "colleagues") return people([value].flat(), told);
  if (field?.type === "date") return words.pick(dateWords(String(value)));
  return field === undefined || field.type === "text" ? String(value) : words.value(field.type, value);
}

/** Fields of an act that no effect reads, by the names that the workflow gives them. */
function fieldsOf(event: CaseEvent, toldIn: (language: Language) => Told): Pick<TimelineEntry, "fields"> {
  const { action, otherFields } = event.data;
  if (otherFields === undefined) return {};
  const named = Object.entries(otherFields as Readonly<Record<string, unknown>>).map(([code, value]) => {
    const field = toldIn("en").workflow.actions[String(action)]?.fields[code];
    return {
      name: field?.name ?? { en: code, ar: code },
      value: perLanguage((language) => fieldValue(value, field, toldIn(language))),
    };
  });
  return { fields: named };
}

const isSame = (actor: Actor, reader: Actor | undefined): boolean =>
  actor.kind === "user" && reader?.kind === "user" && actor.userId === reader.userId;

const asked = <Value>(rule: Value | ((data: CaseEvent["data"]) => Value), data: CaseEvent["data"]): Value =>
  typeof rule === "function" ? (rule as (data: CaseEvent["data"]) => Value)(data) : rule;

/** Whether an event only says that somebody looked at personal data or files. */
export const isReading = ({ type }: Pick<CaseEvent, "type">): boolean => descriptions[type]?.kind === "reading";

/** The events as entries of a timeline, in their order. Names are those of the set-up today. */
export function describeEvents(
  events: readonly CaseEvent[],
  a: {
    readonly setup: Setup;
    readonly workflow: WorkflowDefinition;
    /** Of the cases that `casesNamedIn` finds in the events those that the reader may read. */
    readonly reached: ReadonlySet<string>;
    /** Who reads it; left out: nobody in particular. */
    readonly reader?: Actor;
    /** Of the events that write to officials, by their number. */
    readonly letters?: ReadonlyMap<number, readonly EntryLetter[]>;
  },
): TimelineEntry[] {
  const wordsFor = wordsIn(a.setup);
  return events.map((event) => {
    const { data } = event;
    const description = descriptions[event.type] ?? unknownEvent;
    const kind = asked(description.kind, data);
    const told = (words: Words): Told => ({ ...a, event, data, words });
    const { short } = description;
    const letters = a.letters?.get(event.seq);
    return {
      seq: event.seq,
      at: event.at,
      ...whoOf(event, wordsFor),
      ...(isSame(event.actor, a.reader) && { own: true as const }),
      kind,
      what: perLanguage((language) => description.say(told(wordsFor(language)))),
      short: short === undefined ? null : perLanguage((language) => short(told(wordsFor(language)))),
      text: description.text === undefined ? null : written(data[description.text]),
      ...fieldsOf(event, (language) => told(wordsFor(language))),
      files: attachmentsIn(data),
      ...(letters !== undefined && { letters }),
      internal: kind === "note" || kind === "reading",
      folded: asked(description.folded ?? false, data),
    };
  });
}
