/** How deep the braces of a template stand inside each other, told before it is parsed: parsing takes far longer the deeper they do. */
import Handlebars from "handlebars";

export interface TemplatePlace {
  /** From 1. */
  readonly line: number;
  /** From 0. */
  readonly column: number;
}

/** What Handlebars reads the signs of a text with, before it parses them. */
interface SignReader {
  readonly EOF: number;
  readonly yylloc: { readonly first_line: number; readonly first_column: number };
  setInput(source: string): void;
  /** The number of the next sign; a few are told by their names. */
  lex(): number | string;
}
interface Parser {
  readonly lexer: SignReader;
  /** Numbers of signs by their names. */
  readonly symbols_: Readonly<Record<string, number>>;
}

/**
 * Where it first gets deeper than `most`; null: nowhere, or not before the text cannot be read any more. It is looked at with the
 * parser's own eyes: what stands in remarks, between quotation marks or behind a backslash opens and closes nothing.
 */
export function nestedTooDeepAt(source: string, most: number): TemplatePlace | null {
  const { lexer, symbols_: sign } = (Handlebars as unknown as { readonly Parser: Parser }).Parser;
  const opens = new Set<unknown>([sign.OPEN_BLOCK, sign.OPEN_INVERSE, sign.OPEN_PARTIAL_BLOCK]);
  /** Open blocks, each with the parts that go on in it: `else if` opens one that ends with the block that it stands in. */
  const blocks: number[] = [];
  let depth = 0;
  let brackets = 0;
  lexer.setInput(source);
  try {
    for (let next = lexer.lex(); next !== lexer.EOF; next = lexer.lex()) {
      if (opens.has(next)) {
        blocks.push(1);
        depth += 1;
      } else if (next === sign.OPEN_INVERSE_CHAIN && blocks.length > 0) {
        blocks.push((blocks.pop() as number) + 1);
        depth += 1;
      } else if (next === sign.OPEN_ENDBLOCK) depth -= blocks.pop() ?? 0;
      else if (next === sign.OPEN_SEXPR) brackets += 1;
      else if (next === sign.CLOSE_SEXPR) brackets -= 1;
      const { first_line: line, first_column: column } = lexer.yylloc;
      if (depth > most || brackets > most) return { line, column };
    }
  } catch {
    // The parser says what cannot be read.
  }
  return null;
}
