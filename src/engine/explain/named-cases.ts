/** Other cases that an event names. Their numbers are for those alone who may read them. */

import type { CaseEvent } from "../lifecycle/case-event.js";
import { parseReference } from "../lifecycle/case-reference.js";
import { msg } from "../text/msg.js";
import { apart } from "../text/text.js";
import type { Told } from "./told.js";

/** Members of an event's data in which the reference of another case stands, or several. */
const naming = ["duplicateOf", "into", "splitFrom", "others"] as const;

const referencesIn = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === "string" && one !== "");

/** The references of other cases in these events, each once; also in fields that a programme asks for by itself. */
export function casesNamedIn(events: readonly Pick<CaseEvent, "data">[]): string[] {
  const own = (otherFields: unknown) =>
    Object.values(otherFields ?? {}).flatMap((value) =>
      referencesIn(value).filter((one) => parseReference(one) !== null),
    );
  const all = events.flatMap(({ data }) => [
    ...naming.flatMap((name) => referencesIn(data[name])),
    ...own(data.otherFields),
  ]);
  return [...new Set(all)];
}

/** “case 482-739-1652”, or that there is another one, where the reader does not reach it. */
export function otherCase(reference: string, { words, reached }: Told): string {
  if (!reached.has(reference)) return words.say(msg("explain.namedCases.anotherCase"));
  return words.say(msg("explain.namedCases.case", { reference: apart(reference) }));
}

/** Several of them: those that the reader reaches, and how many others. */
export function otherCases(value: unknown, told: Told): string {
  const { words, reached } = told;
  const all = referencesIn(value);
  const shown = all.filter((one) => reached.has(one)).map((one) => apart(one));
  const hidden = all.length - shown.length;
  const others =
    hidden === 0
      ? []
      : [
          hidden === 1
            ? words.say(msg("explain.namedCases.anotherCase"))
            : words.say(msg("explain.namedCases.otherCases", { hidden })),
        ];
  return [...shown, ...others].join(words.say(msg("explain.namedCases.text")));
}
