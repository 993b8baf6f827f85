/** How deep the braces of a template stand inside each other, told from its text: parsing takes far longer the deeper they do. */

export interface TemplatePlace {
  /** From 1. */
  readonly line: number;
  /** From 0. */
  readonly column: number;
}

/** What opens and closes a block or a bracket inside braces; `else if` opens one that ends with the block it stands in. */
const signs =
  /\{\{+~?\s*(?:(?<opens>#|\^(?!\s*~?\}))|(?<closes>\/)|(?<goesOn>else\s+(?![~}\s])))?|(?<bracket>[()])|\}\}/g;

function placeOf(source: string, at: number): TemplatePlace {
  const before = source.slice(0, at).split("\n");
  return { line: before.length, column: before.at(-1)?.length ?? 0 };
}

/**
 * Where it first gets deeper than `most`; null: nowhere. Of a text whose braces do not fit together the answer is a guess,
 * by which nothing is refused that a parser would take: it looks once over the text and remembers only how deep it is.
 */
export function nestedTooDeepAt(source: string, most: number): TemplatePlace | null {
  /** Open blocks, each with the parts that go on in it. */
  const blocks: number[] = [];
  let depth = 0;
  let brackets = 0;
  let inBraces = false;
  for (const { index, groups, 0: sign } of source.matchAll(signs)) {
    const { opens, closes, goesOn, bracket } = groups as Readonly<Record<string, string | undefined>>;
    if (bracket !== undefined) {
      if (inBraces) brackets += bracket === "(" ? 1 : -1;
    } else {
      inBraces = sign !== "}}";
      brackets = 0;
    }
    if (opens !== undefined) blocks.push(1);
    else if (goesOn !== undefined && blocks.length > 0) blocks.push((blocks.pop() as number) + 1);
    if (opens !== undefined || (goesOn !== undefined && blocks.length > 0)) depth += 1;
    if (closes !== undefined) depth -= blocks.pop() ?? 0;
    if (depth > most || brackets > most) return placeOf(source, index);
  }
  return null;
}
