/** Where a text stops being JSON: browsers no longer tell. */

export interface ParseFault {
  readonly message: string;
  /** From 1. */
  readonly line: number;
}

const tokens =
  /[ \t\r\n]*(?:("(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w))|([{}[\],:]))/y;

export interface Token {
  readonly kind: "string" | "value" | string;
  readonly at: number;
}

function* tokensOf(text: string): Generator<Token> {
  tokens.lastIndex = 0;
  for (let from = 0; ; from = tokens.lastIndex) {
    tokens.lastIndex = from;
    const found = tokens.exec(text);
    const at = from + (/^[ \t\r\n]*/.exec(text.slice(from))?.[0].length ?? 0);
    if (found === null) {
      yield { kind: at >= text.length ? "end" : "nonsense", at };
      return;
    }
    yield { kind: found[1] !== undefined ? "string" : found[2] !== undefined ? "value" : (found[3] ?? ""), at };
  }
}

/** The first token that may not stand where it does; null for JSON. */
export function firstFault(text: string): Token | null {
  // What may come next: a value, or what follows one inside each bracket that is open.
  const open: ("{" | "[")[] = [];
  let expected: "value" | "name" | "colon" | "after" | "valueOrEnd" | "nameOrEnd" = "value";
  for (const token of tokensOf(text)) {
    const { kind } = token;
    const inside = open.at(-1);
    const closes = (kind === "}" && inside === "{") || (kind === "]" && inside === "[");
    if (expected === "after") {
      if (inside === undefined) return kind === "end" ? null : token;
      if (closes) open.pop();
      else if (kind === ",") expected = inside === "{" ? "name" : "value";
      else return token;
    } else if (expected === "colon") {
      if (kind !== ":") return token;
      expected = "value";
    } else if ((expected === "nameOrEnd" || expected === "valueOrEnd") && closes) {
      open.pop();
      expected = "after";
    } else if (expected === "name" || expected === "nameOrEnd") {
      if (kind !== "string") return token;
      expected = "colon";
    } else if (kind === "{" || kind === "[") {
      open.push(kind);
      expected = kind === "{" ? "nameOrEnd" : "valueOrEnd";
    } else if (kind === "string" || kind === "value") expected = "after";
    else return token;
  }
  return null;
}

/** Why a text is no JSON, and in which line; null when it is. */
export function parseFault(text: string): ParseFault | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    const at = firstFault(text)?.at ?? text.length;
    // At the end the fault is what is missing after the last line that says something.
    const read = at >= text.length ? text.trimEnd() : text.slice(0, at);
    return { message: error instanceof Error ? error.message : String(error), line: read.split("\n").length };
  }
}
