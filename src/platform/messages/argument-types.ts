/** The types of messages: a key that is not there and an argument that is missing or wrong do not compile. */
import { argumentsOf } from "./message-faults.js";
import type { Catalogue } from "./read-catalogues.js";

const areaOf = (key: string): string => key.slice(0, key.indexOf("."));

/** The text of `src/engine/text/message-arguments.ts`: the catalogues, and a line for each message that has arguments, of all languages together. */
export function argumentTypes(catalogues: readonly Catalogue[]): string {
  const areas = [...new Set(catalogues.flatMap((catalogue) => Object.keys(catalogue).map(areaOf)))].sort();
  const all = new Map<string, Map<string, string>>();
  for (const [key, text] of catalogues.flatMap((catalogue) => Object.entries(catalogue))) {
    const known = all.get(key) ?? new Map<string, string>();
    for (const [name, type] of argumentsOf(text)) if (known.get(name) !== "number") known.set(name, type);
    if (known.size > 0) all.set(key, known);
  }
  const lines = [...all].sort(([one], [other]) => (one < other ? -1 : 1));
  return `/** Generated from views/messages by \`npm run messages\`; do not edit. */
import type { Bilingual } from "./text.js";

/** The catalogues by area: their keys are the keys of messages. */
// biome-ignore format: one line an area
export interface Catalogues {
${areas.map((area) => `  ${JSON.stringify(area)}: typeof import("../../../views/messages/en/${area}.json");\n`).join("")}}

type Text = string | Bilingual;

/** The arguments of the messages that have some. */
// biome-ignore format: one line a message
export interface MessageArguments {
${lines.map(([key, types]) => `  ${JSON.stringify(key)}: { ${said(types)} };\n`).join("")}}
`;
}

const said = (types: ReadonlyMap<string, string>): string =>
  [...types]
    .sort()
    .map(([name, type]) => `readonly ${name}: ${type}`)
    .join("; ");
