/**
 * Templates of replies: text with places that a case fills in, `{{reference}}`, and parts that stand only where there is
 * something, `{{#if service}} … {{/if}}`. The language is Handlebars, of which nothing else is allowed: what a template may
 * name is a closed list of texts, so nothing in it can be run, looked into or left unfilled.
 */

import Handlebars from "handlebars";
import { storedLanguageOf } from "../text/languages.js";
import { msg } from "../text/msg.js";
import { nearest } from "../text/nearest.js";
import { type Bilingual, type Language, listed, type StoredLanguage } from "../text/text.js";
import { type TemplateName, type TemplateValues, templateNames } from "./template-names.js";
import { nestedTooDeepAt } from "./template-nesting.js";

/** Parts inside each other: there are few fields to ask for. */
const maxDepth = 6;

const isName = (name: string): name is TemplateName => Object.hasOwn(templateNames, name);

interface Place {
  readonly line: number;
  readonly column: number;
}

const at = ({ line, column }: Place, reason: Bilingual): Bilingual =>
  msg("letters.replyTemplate.lineCharacter", { line, column: column + 1, reason });

const allowed = Object.keys(templateNames);
const onlyFields = msg("letters.replyTemplate.onlyFields");

/** The name that an expression is, where it is nothing but a name. */
function nameOf(expression: hbs.AST.Expression): string | null {
  if (expression.type !== "PathExpression") return null;
  const { original, data, depth, parts } = expression as hbs.AST.PathExpression;
  return !data && depth === 0 && parts.length === 1 && parts[0] === original ? original : null;
}

function unknown(place: Place, name: string): Bilingual {
  const meant = nearest(name, allowed);
  const shown = [...name].slice(0, 40).join("");
  const wrong = msg("letters.letterTemplate.noSuchField", { name: shown });
  const fields = listed(allowed);
  return at(
    place,
    meant === null
      ? msg("letters.letterTemplate.thereAre", { wrong, fields })
      : msg("letters.letterTemplate.didYouMean", { wrong, meant, fields }),
  );
}

function mustacheFaults(statement: hbs.AST.MustacheStatement, present: ReadonlySet<string>): Bilingual[] {
  const { path, params, hash, escaped, loc } = statement;
  if (!escaped) {
    return [at(loc.start, msg("letters.replyTemplate.writeTwoBracesNotThree"))];
  }
  const name = nameOf(path as hbs.AST.Expression);
  if (name === null || params.length > 0 || hash !== undefined) return [at(loc.start, onlyFields)];
  if (!isName(name)) return [unknown(loc.start, name)];
  if (!templateNames[name].sometimes || present.has(name)) return [];
  return [at(loc.start, msg("letters.replyTemplate.notEveryCaseHasPut", { name }))];
}

function blockFaults(block: hbs.AST.BlockStatement, present: ReadonlySet<string>): Bilingual[] {
  const kind = nameOf(block.path);
  const [param] = block.params;
  const plain = block.params.length === 1 && block.hash === undefined && block.program?.blockParams === undefined;
  const name = param === undefined ? null : nameOf(param);
  if ((kind !== "if" && kind !== "unless") || !plain || name === null) return [at(block.loc.start, onlyFields)];
  if (!isName(name)) return [unknown((param as hbs.AST.Expression).loc.start, name)];
  const inside = new Set([...present, name]);
  const [whenThere, whenNot] = kind === "if" ? [block.program, block.inverse] : [block.inverse, block.program];
  return [...programFaults(whenThere, inside), ...programFaults(whenNot, present)];
}

function programFaults(program: hbs.AST.Program | undefined, present: ReadonlySet<string>): Bilingual[] {
  return (program?.body ?? []).flatMap((statement): Bilingual[] => {
    if (statement.type === "ContentStatement" || statement.type === "CommentStatement") return [];
    if (statement.type === "MustacheStatement") return mustacheFaults(statement as hbs.AST.MustacheStatement, present);
    if (statement.type === "BlockStatement") return blockFaults(statement as hbs.AST.BlockStatement, present);
    return [at(statement.loc.start, onlyFields)];
  });
}

/** The place in what Handlebars says of a text that it cannot read. */
function syntaxFault(error: unknown): Bilingual {
  const { message, lineNumber, column } = error as { message: string; lineNumber?: number; column?: number };
  const line = lineNumber ?? Number(/on line (\d+)/.exec(message)?.[1] ?? 1);
  const where =
    column === undefined
      ? msg("letters.replyTemplate.where", { line })
      : msg("letters.replyTemplate.where2", { line, column: column + 1 });
  return msg("letters.replyTemplate.bracesDoNotFitTogether", { where });
}

/** Everything wrong with a template, each with its place; at most ten. Its length was looked at before. */
export function templateFaults(source: string): Bilingual[] {
  const deep = nestedTooDeepAt(source, maxDepth);
  if (deep !== null) return [at(deep, msg("letters.replyTemplate.partsStandInsideEachOther", { maxDepth }))];
  let program: hbs.AST.Program;
  try {
    program = Handlebars.parse(source);
  } catch (error) {
    return [syntaxFault(error)];
  }
  return programFaults(program, new Set()).slice(0, 10);
}

type Compiled = (values: TemplateValues) => string;
const compiled = new WeakMap<Bilingual, Record<StoredLanguage, Compiled>>();

function compile(source: string): Compiled {
  // The result is plain text: what shows it escapes it. Values are the only thing there is to look up.
  const run = Handlebars.create().compile(source, { noEscape: true, strict: true, knownHelpersOnly: true });
  return (values) => run(values, { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false });
}

/** Latin text and numbers with hyphens keep their order inside an Arabic sentence by a mark, which any editor lets be. */
const leftToRight = "\u200e";
const keepsOrder = (value: string, language: Language): string =>
  language === "en" || /[\u0590-\u08ff]/.test(value) ? value : `${leftToRight}${value}${leftToRight}`;

/** The text of a template with its places filled in. The body passed `templateFaults`; it is compiled once. */
export function fillTemplate(body: Bilingual, language: Language, values: TemplateValues): string {
  let both = compiled.get(body);
  if (both === undefined) {
    both = { ar: compile(body.ar), en: compile(body.en) };
    compiled.set(body, both);
  }
  const shown = Object.entries(values).map(([name, value]) => [name, value && keepsOrder(value, language)]);
  return both[storedLanguageOf(language)](Object.fromEntries(shown))
    .replace(/[^\S\n]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
