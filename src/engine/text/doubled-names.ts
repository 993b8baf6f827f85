/** Names that are written twice in one object of a JSON text. Parsers take the last of them and drop the others without a word. Browsers run this too. */
import { msg } from "./msg.js";
import type { Bilingual } from "./text.js";

export interface DoubledName {
  /** JSON pointer of what would be dropped. */
  readonly path: string;
  readonly name: string;
  /** The line, from 1, where it stands first and the one where it stands again. */
  readonly first: number;
  readonly again: number;
}

interface Open {
  readonly path: string;
  /** Of an object: its names so far, and where each begins; null for a list. */
  readonly names: Map<string, number> | null;
  /** What the value is called that is being read in here. */
  name: string;
  index: number;
}

const token = (name: string): string => name.replaceAll("~", "~0").replaceAll("/", "~1");
const lineAt = (text: string, at: number): number => text.slice(0, at).split("\n").length;

/** Where the string that begins at `at` is over. */
function endOfString(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
  return end + 1;
}

/**
 * At most `most` of them, in the order of the text.
 * @param text JSON: who asks has parsed it. Of anything else the answer says nothing.
 */
export function doubledNames(text: string, most = 20): DoubledName[] {
  const found: DoubledName[] = [];
  const open: Open[] = [];
  const signs = /["{}[\],]/g;
  let nameIsNext = false;
  for (let sign = signs.exec(text); sign !== null && found.length < most; sign = signs.exec(text)) {
    const at = sign.index;
    const inside = open.at(-1);
    if (sign[0] === "{" || sign[0] === "[") {
      const path = inside === undefined ? "" : `${inside.path}/${inside.names ? token(inside.name) : inside.index}`;
      nameIsNext = sign[0] === "{";
      open.push({ path, names: nameIsNext ? new Map() : null, name: "", index: 0 });
    } else if (sign[0] === "}" || sign[0] === "]") {
      open.pop();
      nameIsNext = false;
    } else if (sign[0] === ",") {
      if (inside) inside.index += 1;
      nameIsNext = inside?.names != null;
    } else {
      const end = endOfString(text, at);
      signs.lastIndex = end;
      if (!nameIsNext || !inside?.names) continue;
      nameIsNext = false;
      // The same name may be written with and without escapes.
      const name = JSON.parse(text.slice(at, end)) as string;
      inside.name = name;
      const first = inside.names.get(name);
      if (first === undefined) inside.names.set(name, at);
      else {
        const path = `${inside.path}/${token(name)}`;
        found.push({ path, name, first: lineAt(text, first), again: lineAt(text, at) });
      }
    }
  }
  return found;
}

const shortly = (name: string): string => (name.length > 60 ? `${name.slice(0, 57)}…` : name);

/** What whoever wrote it has to do. */
export function doubledNameWords({ name, first, again }: DoubledName): Bilingual {
  const said = shortly(name);
  return first === again
    ? msg("text.doubledNames.isWrittenTwiceInLine", { said, first })
    : msg("text.doubledNames.isWrittenTwiceInLine2", { said, first, again });
}
