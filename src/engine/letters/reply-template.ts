/**
 * Templates of replies: text with places that a case fills in, `{{reference}}`, and parts that stand only where there is
 * something, `{{#if service}} … {{/if}}`. The language is Handlebars, of which nothing else is allowed: what a template may
 * name is a closed list of texts, so nothing in it can be run, looked into or left unfilled.
 */
import Handlebars from "handlebars";
import { nearest } from "../text/nearest.js";
import type { Bilingual, Language } from "../text/text.js";
import { type TemplateName, type TemplateValues, templateNames } from "./template-names.js";
import { nestedTooDeepAt } from "./template-nesting.js";

/** Parts inside each other: there are few fields to ask for. */
const maxDepth = 6;

const isName = (name: string): name is TemplateName => Object.hasOwn(templateNames, name);

interface Place {
  readonly line: number;
  readonly column: number;
}

const at = ({ line, column }: Place, en: string, ar: string): Bilingual => ({
  en: `Line ${line}, character ${column + 1}: ${en}`,
  ar: `السطر ${line}، الحرف ${column + 1}: ${ar}`,
});

const allowed = Object.keys(templateNames);
const onlyFields: readonly [en: string, ar: string] = [
  `only fields such as {{reference}} and parts such as {{#if service}} … {{/if}} may stand between braces.`,
  `لا يجوز بين الأقواس إلا حقل مثل {{reference}} أو جزء مشروط مثل {{#if service}} … {{/if}}.`,
];

/** The name that an expression is, where it is nothing but a name. */
function nameOf(expression: hbs.AST.Expression): string | null {
  if (expression.type !== "PathExpression") return null;
  const { original, data, depth, parts } = expression as hbs.AST.PathExpression;
  return !data && depth === 0 && parts.length === 1 && parts[0] === original ? original : null;
}

function unknown(place: Place, name: string): Bilingual {
  const meant = nearest(name, allowed);
  const shown = [...name].slice(0, 40).join("");
  return at(
    place,
    `there is no field {{${shown}}}.${meant === null ? "" : ` Did you mean {{${meant}}}?`} There are: ${allowed.join(", ")}.`,
    `لا يوجد حقل {{${shown}}}.${meant === null ? "" : ` هل تقصد {{${meant}}}؟`} الحقول هي: ${allowed.join("، ")}.`,
  );
}

function mustacheFaults(statement: hbs.AST.MustacheStatement, present: ReadonlySet<string>): Bilingual[] {
  const { path, params, hash, escaped, loc } = statement;
  if (!escaped) {
    return [at(loc.start, "write two braces, not three, and no “&”.", "اكتب قوسين لا ثلاثة، ودون «&».")];
  }
  const name = nameOf(path as hbs.AST.Expression);
  if (name === null || params.length > 0 || hash !== undefined) return [at(loc.start, ...onlyFields)];
  if (!isName(name)) return [unknown(loc.start, name)];
  if (!templateNames[name].sometimes || present.has(name)) return [];
  return [
    at(
      loc.start,
      `not every case has {{${name}}}: put the sentence between {{#if ${name}}} and {{/if}}.`,
      `لا يتوفر {{${name}}} في كل معاملة: ضع الجملة بين {{#if ${name}}} و{{/if}}.`,
    ),
  ];
}

function blockFaults(block: hbs.AST.BlockStatement, present: ReadonlySet<string>): Bilingual[] {
  const kind = nameOf(block.path);
  const [param] = block.params;
  const plain = block.params.length === 1 && block.hash === undefined && block.program?.blockParams === undefined;
  const name = param === undefined ? null : nameOf(param);
  if ((kind !== "if" && kind !== "unless") || !plain || name === null) return [at(block.loc.start, ...onlyFields)];
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
    return [at(statement.loc.start, ...onlyFields)];
  });
}

/** The place in what Handlebars says of a text that it cannot read. */
function syntaxFault(error: unknown): Bilingual {
  const { message, lineNumber, column } = error as { message: string; lineNumber?: number; column?: number };
  const line = lineNumber ?? Number(/on line (\d+)/.exec(message)?.[1] ?? 1);
  const where =
    column === undefined
      ? { en: `Line ${line}: `, ar: `السطر ${line}: ` }
      : { en: `Line ${line}, character ${column + 1}: `, ar: `السطر ${line}، الحرف ${column + 1}: ` };
  return {
    en: `${where.en}braces do not fit together. A field is {{reference}}; what begins with {{#if service}} ends with {{/if}}.`,
    ar: `${where.ar}الأقواس غير متطابقة. يُكتب الحقل {{reference}}، وما يبدأ بـ {{#if service}} ينتهي بـ {{/if}}.`,
  };
}

/** Everything wrong with a template, each with its place; at most ten. Its length was looked at before. */
export function templateFaults(source: string): Bilingual[] {
  const deep = nestedTooDeepAt(source, maxDepth);
  if (deep !== null)
    return [
      at(
        deep,
        `parts stand inside each other more than ${maxDepth} deep: simplify.`,
        `تداخلت الأجزاء المشروطة أكثر من ${maxDepth} مستويات: بسّطها.`,
      ),
    ];
  let program: hbs.AST.Program;
  try {
    program = Handlebars.parse(source);
  } catch (error) {
    return [syntaxFault(error)];
  }
  return programFaults(program, new Set()).slice(0, 10);
}

type Compiled = (values: TemplateValues) => string;
const compiled = new WeakMap<Bilingual, Record<Language, Compiled>>();

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
  return both[language](Object.fromEntries(shown))
    .replace(/[^\S\n]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
