/** Where in a JSON text something stands. */

const plainToken = (token: string): string => token.replace(/~1/g, "/").replace(/~0/g, "~");

/** The line (from 1) of what a JSON pointer names, or of the nearest thing above it; null when the text cannot be read. */
export function lineOfPointer(text: string, pointer: string): number | null {
  const wanted = pointer.split("/").slice(1).map(plainToken);
  let at = 0;
  let best = 0;
  const space = (): void => {
    while (/\s/.test(text[at] ?? "")) at += 1;
  };
  const string = (): string => {
    const start = at;
    at += 1;
    while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
    at += 1;
    return JSON.parse(text.slice(start, at)) as string;
  };
  // `depth` parts of the pointer lead to this value; -1: it is beside the way.
  const value = (depth: number): void => {
    space();
    if (depth >= 0) best = at;
    const open = text[at];
    if (open === "{" || open === "[") members(open, depth);
    else if (open === '"') string();
    else while (at < text.length && !/[,\]}\s]/.test(text[at] ?? "")) at += 1;
  };
  const members = (open: string, depth: number): void => {
    at += 1;
    for (let n = 0; ; n += 1) {
      space();
      if (at >= text.length || text[at] === "}" || text[at] === "]") break;
      const starts = at;
      let name = String(n);
      if (open === "{") {
        name = string();
        space();
        at += 1;
      }
      const here = depth >= 0 && wanted[depth] === name;
      const before = best;
      value(here ? depth + 1 : -1);
      // A member is pointed at by its name, which stands before its value.
      if (here && best >= before && depth + 1 === wanted.length && open === "{") best = starts;
      space();
      if (text[at] === ",") at += 1;
    }
    at += 1;
  };
  try {
    value(0);
  } catch {
    return null;
  }
  return text.slice(0, best).split("\n").length;
}
