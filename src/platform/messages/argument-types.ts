/** The types of all messages' arguments: a key that is not there and an argument that is missing or wrong do not compile. */
import { argumentsOf } from "./message-faults.js";
import type { Catalogue } from "./read-catalogues.js";

const head = `/** Generated from views/messages by \`npm run messages\`; do not edit. The arguments of each message, or null where there are none. */
import type { Bilingual } from "./text.js";

type Text = string | Bilingual;

// biome-ignore format: one line a message
export interface MessageArguments {
`;

/** The text of `src/engine/text/message-arguments.ts`: one line a key, its arguments in all languages together. */
export function argumentTypes(catalogues: Iterable<Catalogue>): string {
  const all = new Map<string, Map<string, string>>();
  for (const catalogue of catalogues) {
    for (const [key, text] of Object.entries(catalogue)) {
      const known = all.get(key) ?? new Map<string, string>();
      all.set(key, known);
      for (const [name, type] of argumentsOf(text)) if (known.get(name) !== "number") known.set(name, type);
    }
  }
  const lines = [...all]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, types]) => {
      const said = [...types].sort().map(([name, type]) => `readonly ${name}: ${type}`);
      return `  ${JSON.stringify(key)}: ${said.length === 0 ? "null" : `{ ${said.join("; ")} }`};\n`;
    });
  return `${head}${lines.join("")}}\n`;
}
