/**
 * The language of letters: Handlebars, of which little is allowed. A template is parsed and walked, never compiled: it names
 * fields of a closed list, asks whether they are there (`if`, `unless`) and goes through a list (`each`). There is nothing
 * in it that could be run, looked into or called, and what it makes is bounded.
 */

import Handlebars from "handlebars";
import { msg } from "../text/msg.js";
import { nearest } from "../text/nearest.js";
import type { Bilingual } from "../text/text.js";
import { listed } from "../text/text.js";
import { isKnownField, type LetterField } from "./letter-fields.js";
import { nestedTooDeepAt } from "./template-nesting.js";

export interface TemplateFault {
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly reason: Bilingual;
}

/** What fields are at the moment of writing. */
export interface LetterValues {
  readonly texts: Readonly<Record<string, string | null>>;
  readonly lists: Readonly<Record<string, readonly string[]>>;
  /** Parts that the kind of letter has; true where this letter has something in it. */
  readonly parts: Readonly<Record<string, boolean>>;
}

/** `text` is of the template, `value` of the case, `part` is put in by the look. */
export type Piece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "value"; readonly text: string; readonly field: string | null }
  | { readonly kind: "part"; readonly name: string };

const maxDepth = 6;
const maxFaults = 10;
/** Pieces and characters of one letter. */
const maxPieces = 2_000;
const maxCharacters = 100_000;
/** Parts of a template that are walked for one letter, also those that write nothing: a list within a list is walked often. */
const maxSteps = 20_000;

type Fault = Omit<TemplateFault, "line" | "column"> & { readonly at: { line: number; column: number } };
type Place = { readonly line: number; readonly column: number };

const fault = (at: Place, reason: Bilingual): Fault => ({ at, reason });
const shown = (name: string): string => [...name].slice(0, 40).join("");

interface Context {
  readonly fields: ReadonlyMap<string, LetterField>;
  /** Whether parts may stand here: not in a subject. */
  readonly parts: boolean;
}
interface Inside {
  readonly present: ReadonlySet<string>;
  readonly depth: number;
  /** Inside `{{#each}}`, where `{{this}}` is. */
  readonly item: boolean;
}

/** The name that an expression is, where it is nothing but a name. */
function nameOf(expression: hbs.AST.Expression | undefined): string | null {
  if (expression?.type !== "PathExpression") return null;
  const { original, data, depth, parts } = expression as hbs.AST.PathExpression;
  if (data || depth !== 0) return null;
  if (original === "this") return "this";
  return parts.length === 1 && parts[0] === original ? original : null;
}

function onlyFields(at: Place, { fields }: Context): Fault {
  const example = fields.keys().next().value ?? "reference";
  return fault(at, msg("letters.letterTemplate.onlyAFieldSuchAs", { example }));
}

function unknownField(at: Place, name: string, context: Context): Fault {
  const allowed = [...context.fields.keys()];
  const meant = nearest(name, allowed);
  const fields = listed(allowed);
  const wrong = isKnownField(name)
    ? msg("letters.letterTemplate.mayNotShow", { name })
    : msg("letters.letterTemplate.noSuchField", { name: shown(name) });
  return fault(
    at,
    meant === null
      ? msg("letters.letterTemplate.thereAre", { wrong, fields })
      : msg("letters.letterTemplate.didYouMean", { wrong, meant, fields }),
  );
}

function mustacheFaults(statement: hbs.AST.MustacheStatement, context: Context, inside: Inside): Fault[] {
  const { path, params, hash, escaped, loc } = statement;
  const at = loc.start;
  if (!escaped) return [fault(at, msg("letters.letterTemplate.writeTwoBracesNotThree"))];
  const name = nameOf(path as hbs.AST.Expression);
  if (name === null || params.length > 0 || hash !== undefined) return [onlyFields(at, context)];
  if (name === "this") {
    if (inside.item) return [];
    return [fault(at, msg("letters.letterTemplate.standsInsideOnly"))];
  }
  const field = context.fields.get(name);
  if (field === undefined) return [unknownField(at, name, context)];
  if (field.form === "list") return [fault(at, msg("letters.letterTemplate.writeItIsAList", { name }))];
  if (field.form === "part")
    return context.parts ? [] : [fault(at, msg("letters.letterTemplate.standsInTheBodyOnly", { name }))];
  if (field.always || inside.present.has(name)) return [];
  return [fault(at, msg("letters.letterTemplate.notEveryLetterHasPut", { name }))];
}

const tooDeep = (at: Place): Fault => fault(at, msg("letters.letterTemplate.partsStandInsideEachOther", { maxDepth }));

function blockFaults(block: hbs.AST.BlockStatement, context: Context, inside: Inside): Fault[] {
  const at = block.loc.start;
  if (inside.depth >= maxDepth) return [tooDeep(at)];
  const kind = nameOf(block.path);
  const [param] = block.params;
  const plain = block.params.length === 1 && block.hash === undefined && block.program?.blockParams === undefined;
  const name = nameOf(param);
  if (!plain || name === null || (kind !== "if" && kind !== "unless" && kind !== "each"))
    return [onlyFields(at, context)];
  const field = context.fields.get(name);
  if (field === undefined) return [unknownField((param as hbs.AST.Expression).loc.start, name, context)];
  const deeper = { ...inside, depth: inside.depth + 1 };
  if (kind === "each") {
    if (field.form !== "list") return [fault(at, msg("letters.letterTemplate.isNoList", { name }))];
    return [
      ...programFaults(block.program, context, { ...deeper, item: true }),
      ...programFaults(block.inverse, context, deeper),
    ];
  }
  const there = { ...deeper, present: new Set([...inside.present, name]) };
  const [whenThere, whenNot] = kind === "if" ? [block.program, block.inverse] : [block.inverse, block.program];
  return [...programFaults(whenThere, context, there), ...programFaults(whenNot, context, deeper)];
}

function programFaults(program: hbs.AST.Program | undefined, context: Context, inside: Inside): Fault[] {
  return (program?.body ?? []).flatMap((statement): Fault[] => {
    if (statement.type === "ContentStatement" || statement.type === "CommentStatement") return [];
    if (statement.type === "MustacheStatement")
      return mustacheFaults(statement as hbs.AST.MustacheStatement, context, inside);
    if (statement.type === "BlockStatement") return blockFaults(statement as hbs.AST.BlockStatement, context, inside);
    return [onlyFields(statement.loc.start, context)];
  });
}

/** The place in what Handlebars says of a text that it cannot read. */
function syntaxFault(error: unknown): Fault {
  const { message, lineNumber, column } = error as { message: string; lineNumber?: number; column?: number };
  const line = lineNumber ?? Number(/on line (\d+)/.exec(message)?.[1] ?? 1);
  return fault({ line, column: column ?? 0 }, msg("letters.letterTemplate.bracesDoNotFitTogether"));
}

const placed = ({ at, reason }: Fault): TemplateFault => {
  const [line, column] = [at.line, at.column + 1];
  return {
    line,
    column,
    reason: msg("letters.letterTemplate.lineCharacter", { line, column, reason }),
  };
};

/** Everything wrong with a template, each with its place; at most ten. Its length was looked at before. */
export function templateFaults(
  source: string,
  fields: readonly LetterField[],
  { parts }: { parts: boolean },
): TemplateFault[] {
  const deep = nestedTooDeepAt(source, maxDepth);
  if (deep !== null) return [placed(tooDeep(deep))];
  let program: hbs.AST.Program;
  try {
    program = Handlebars.parse(source);
  } catch (error) {
    return [placed(syntaxFault(error))];
  }
  const context = { fields: new Map(fields.map((field) => [field.name, field])), parts };
  const inside = { present: new Set<string>(), depth: 0, item: false };
  return programFaults(program, context, inside).slice(0, maxFaults).map(placed);
}

/** The fields that a sound template names. */
export function namedFields(source: string): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (program: hbs.AST.Program | undefined): void => {
    for (const statement of program?.body ?? []) {
      if (statement.type === "MustacheStatement") {
        const name = nameOf((statement as hbs.AST.MustacheStatement).path as hbs.AST.Expression);
        if (name !== null) found.add(name);
      }
      if (statement.type === "BlockStatement") {
        const { program: inner, inverse } = statement as hbs.AST.BlockStatement;
        look(inner);
        look(inverse);
      }
    }
  };
  look(Handlebars.parse(source));
  return found;
}

/**
 * A template with its fields filled in, in pieces: what is of the template and what is of the case stay apart, so that no
 * value can pretend to be a heading or a part. Throws an Error where a field is missing or the letter gets too long.
 */
export function fillLetter(source: string, values: LetterValues): Piece[] {
  const pieces: Piece[] = [];
  let characters = 0;
  const add = (piece: Piece): void => {
    characters += piece.kind === "part" ? 0 : piece.text.length;
    pieces.push(piece);
    if (pieces.length > maxPieces || characters > maxCharacters) throw new Error("the letter gets too long");
  };
  let steps = 0;
  const step = (): void => {
    steps += 1;
    if (steps > maxSteps) throw new Error("the letter gets too long");
  };
  const there = (name: string): boolean =>
    own(values.parts, name) === true || Boolean(own(values.texts, name)) || (own(values.lists, name)?.length ?? 0) > 0;
  const walk = (program: hbs.AST.Program | undefined, item: string | null): void => {
    step();
    for (const statement of program?.body ?? []) {
      step();
      if (statement.type === "ContentStatement") {
        add({ kind: "text", text: (statement as hbs.AST.ContentStatement).value });
      } else if (statement.type === "MustacheStatement") {
        field(nameOf((statement as hbs.AST.MustacheStatement).path as hbs.AST.Expression), item);
      } else if (statement.type === "BlockStatement") block(statement as hbs.AST.BlockStatement, item);
      else if (statement.type !== "CommentStatement") throw new Error(`${statement.type} may not stand in a letter`);
    }
  };
  const field = (name: string | null, item: string | null): void => {
    const value = name === "this" ? item : name === null ? undefined : own(values.texts, name);
    if (typeof value === "string") {
      add({ kind: "value", text: value, field: name });
      return;
    }
    const part = name === null ? undefined : own(values.parts, name);
    if (part === undefined) throw new Error(`the letter has no ${name ?? "such field"}`);
    if (part) add({ kind: "part", name: name as string });
  };
  const block = ({ path, params, program, inverse }: hbs.AST.BlockStatement, item: string | null): void => {
    const [kind, name] = [nameOf(path), nameOf(params[0])];
    if (name === null) throw new Error("a part of the letter asks for no field");
    if (kind === "each") {
      const list = own(values.lists, name) ?? [];
      for (const one of list) walk(program, one);
      if (list.length === 0) walk(inverse, item);
    } else if (kind === "if" || kind === "unless") walk(there(name) === (kind === "if") ? program : inverse, item);
    else throw new Error(`${kind ?? "this"} may not stand in a letter`);
  };
  walk(Handlebars.parse(source), null);
  return pieces;
}

const own = <Value>(values: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(values, name) ? values[name] : undefined;
