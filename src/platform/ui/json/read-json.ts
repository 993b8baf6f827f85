/** JSON as people write it: what it says, or what has to be corrected before anybody takes it. */

import { doubledNames, doubledNameWords } from "../../../engine/text/doubled-names.js";
import { msg } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";

// Where a text stops being JSON, and why: browsers tell neither the place nor, in Arabic, the reason.

interface ParseFault {
  readonly reason: Bilingual;
  /** From 1. */
  readonly line: number;
}

/** What may come next: a value, or what follows one inside each bracket that is open. */
type Expected = "value" | "name" | "colon" | "after" | "end" | "valueOrEnd" | "nameOrEnd";

const value: Bilingual = msg("ui.readJson.value");
const name: Bilingual = msg("ui.readJson.aNameInDoubleQuotes");
const reasons: Readonly<Record<Expected, Bilingual>> = {
  value,
  valueOrEnd: value,
  name,
  nameOrEnd: name,
  colon: msg("ui.readJson.reasonsColon"),
  after: msg("ui.readJson.reasonsAfter"),
  end: msg("ui.readJson.reasonsEnd"),
};

const tokens =
  /[ \t\r\n]*(?:("(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w))|([{}[\],:]))/y;

interface Token {
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

/** The first token that may not stand where it does, with what might have; null for JSON. */
export function firstFault(text: string): (Token & { readonly expected: Expected }) | null {
  const open: ("{" | "[")[] = [];
  let expected: Expected = "value";
  for (const token of tokensOf(text)) {
    const { kind } = token;
    const inside = open.at(-1);
    const closes = (kind === "}" && inside === "{") || (kind === "]" && inside === "[");
    if (expected === "after") {
      if (inside === undefined) return kind === "end" ? null : { ...token, expected: "end" };
      if (closes) open.pop();
      else if (kind === ",") expected = inside === "{" ? "name" : "value";
      else return { ...token, expected };
    } else if (expected === "colon") {
      if (kind !== ":") return { ...token, expected };
      expected = "value";
    } else if ((expected === "nameOrEnd" || expected === "valueOrEnd") && closes) {
      open.pop();
      expected = "after";
    } else if (expected === "name" || expected === "nameOrEnd") {
      if (kind !== "string") return { ...token, expected };
      expected = "colon";
    } else if (kind === "{" || kind === "[") {
      open.push(kind);
      expected = kind === "{" ? "nameOrEnd" : "valueOrEnd";
    } else if (kind === "string" || kind === "value") expected = "after";
    else return { ...token, expected };
  }
  return null;
}

/** Why a text is no JSON, and in which line; null when it is. */
export function parseFault(text: string): ParseFault | null {
  try {
    JSON.parse(text);
    return null;
  } catch {
    const { at, expected } = firstFault(text) ?? { at: text.length, expected: "end" as const };
    // At the end the fault is what is missing after the last line that says something.
    const read = at >= text.length ? text.trimEnd() : text.slice(0, at);
    return { reason: reasons[expected], line: read.split("\n").length };
  }
}

export interface TextFault {
  readonly reason: Bilingual;
  /** From 1. */
  readonly line: number;
  /** JSON pointer; empty where the text is no JSON, and has no places yet. */
  readonly place: string;
}

const notJson = (why: Bilingual): Bilingual => msg("ui.readJson.thisIsNotValidJSON", { why });

/** Why a text cannot be taken as it stands; empty when it can. */
export function textFaults(text: string): TextFault[] {
  const broken = parseFault(text);
  if (broken !== null) return [{ reason: notJson(broken.reason), line: broken.line, place: "" }];
  return doubledNames(text).map((one) => ({ reason: doubledNameWords(one), line: one.again, place: one.path }));
}

/** What it says; undefined while it cannot be taken. */
export function readJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return doubledNames(text, 1).length === 0 ? value : undefined;
  } catch {
    return undefined;
  }
}
