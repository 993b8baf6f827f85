/** A letter in a programme's own words: its template filled in from the same view as the shipped letter, so never with more. */
import type { MessageDefinition } from "../../engine/letters/letter-definition.js";
import { fillLetter, type LetterValues, type Piece } from "../../engine/letters/letter-template.js";
import { fieldsOfLetter, type LetterKind, type SmsKind } from "../../engine/letters/message-kinds.js";
import { keptInSms, smsText } from "../../engine/letters/sms-text.js";
import { inLanguage, type Language } from "../../engine/text/text.js";
import { type Fact, isolate, type View } from "./view-context.js";

/** One piece of the body in order; exactly one member is there, the others are null or false. */
export interface Block {
  readonly heading: string | null;
  readonly smaller: string | null;
  readonly paragraph: readonly string[] | null;
  readonly items: readonly string[] | null;
  readonly number: boolean;
  readonly quote: boolean;
  readonly details: boolean;
  readonly button: boolean;
  readonly note: boolean;
}
const noBlock: Block = {
  heading: null,
  smaller: null,
  paragraph: null,
  items: null,
  number: false,
  quote: false,
  details: false,
  button: false,
  note: false,
};

/** A line of the body: words, or a part that stands by itself. */
type Line = { readonly text: string } | { readonly part: string };

export interface WordedLetter {
  readonly subject: string;
  readonly preheader: string;
  readonly blocks: readonly Block[];
  readonly lines: readonly Line[];
}

/** Sentences in which each value keeps its own direction already. */
const sentences: ReadonlySet<string> = new Set(["said"]);
/** Fields that are members of every view itself; other members of that name are the letter's own, as its subject is. */
const members: ReadonlySet<string> = new Set(["reference", "programme"]);

const filled = (view: View, name: string): unknown => {
  if (name === "said") return view.said ?? view.body;
  const facts = (view.facts ?? []) as readonly Fact[];
  const values = (view.values ?? {}) as Readonly<Record<string, unknown>>;
  return facts.find((fact) => fact.name === name)?.value ?? values[name] ?? (members.has(name) ? view[name] : null);
};
const parts: Readonly<Record<string, (view: View) => boolean>> = {
  number: ({ reference }) => Boolean(reference),
  quote: ({ quote }) => Boolean(quote),
  details: ({ facts }) => Array.isArray(facts) && facts.length > 0,
  button: ({ link }) => Boolean(link),
  note: ({ note }) => Boolean(note),
};

/** What the fields of a kind are in this letter. */
function valuesOf(kind: LetterKind, view: View): LetterValues {
  const fields = fieldsOfLetter(kind);
  const of = <Value>(form: string, value: (name: string) => Value): Record<string, Value> =>
    Object.fromEntries(fields.filter((field) => field.form === form).map(({ name }) => [name, value(name)]));
  return {
    texts: of("text", (name) => {
      const value = filled(view, name);
      return value === null || value === undefined || value === "" ? null : String(value);
    }),
    lists: of("list", (name) => (Array.isArray(view[name]) ? (view[name] as unknown[]).map(String) : [])),
    parts: of("part", (name) => parts[name]?.(view) ?? false),
  };
}

/** A template of one line, each value kept in its own direction. */
export function wordedLine(source: string, values: LetterValues, language: Language): string {
  const text = fillLetter(source, values).map((piece) => (piece.kind === "part" ? "" : said(piece, language)));
  return text.join("").replace(/\s+/g, " ").trim();
}

/** A template of paragraphs, without parts. */
export function wordedParagraphs(source: string, values: LetterValues, language: Language): readonly string[] {
  const text = fillLetter(source, values).map((piece) => (piece.kind === "part" ? "" : said(piece, language)));
  return text
    .join("")
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== "");
}

const said = (piece: Exclude<Piece, { kind: "part" }>, language: Language): string =>
  piece.kind === "value" && !(piece.field !== null && sentences.has(piece.field))
    ? isolate(piece.text, language)
    : piece.text;

/** Lines of the template; a value of several lines stays in its line, and what it begins with makes no heading of it. */
function linesOf(pieces: readonly Piece[], language: Language): (Line & { readonly mark?: string })[] {
  const lines: (Line & { mark?: string })[] = [];
  let text = "";
  let mark: string | null = null;
  const end = (): void => {
    lines.push({ text: text.trim(), ...(mark === null ? {} : { mark }) });
    text = "";
    mark = null;
  };
  for (const piece of pieces) {
    if (piece.kind === "part") {
      if (text.trim() !== "") end();
      text = "";
      lines.push({ part: piece.name });
      continue;
    }
    if (piece.kind === "value") {
      text += said(piece, language);
      continue;
    }
    const [first, ...rest] = piece.text.split("\n");
    const add = (part: string): void => {
      const found = text.trim() === "" && mark === null ? /^\s*(#{1,2}|-) /.exec(part) : null;
      if (found === null) text += part;
      else {
        mark = found[1] as string;
        text = part.slice(found[0].length);
      }
    };
    add(first ?? "");
    for (const part of rest) {
      end();
      add(part);
    }
  }
  if (text.trim() !== "") end();
  return lines;
}

function blocksOf(lines: readonly (Line & { readonly mark?: string })[]): Block[] {
  const blocks: Block[] = [];
  let open: { kind: "paragraph" | "items"; lines: string[] } | null = null;
  const close = (): void => {
    if (open !== null) blocks.push({ ...noBlock, [open.kind]: open.lines });
    open = null;
  };
  const into = (kind: "paragraph" | "items", text: string): void => {
    if (open?.kind !== kind) close();
    open ??= { kind, lines: [] };
    open.lines.push(text);
  };
  for (const line of lines) {
    if ("part" in line) {
      close();
      blocks.push({ ...noBlock, [line.part]: true });
    } else if (line.text === "") close();
    else if (line.mark === "#" || line.mark === "##") {
      close();
      blocks.push({ ...noBlock, [line.mark === "#" ? "heading" : "smaller"]: line.text });
    } else into(line.mark === "-" ? "items" : "paragraph", line.text);
  }
  close();
  return blocks;
}

/** Throws an Error where a field that the letter names is missing, or it gets too long. */
export function wordLetter(
  definition: MessageDefinition,
  kind: LetterKind,
  view: View,
  language: Language,
): WordedLetter {
  const values = valuesOf(kind, view);
  const { subject, preview, body } = definition;
  const lines = linesOf(fillLetter(inLanguage(body, language), values), language);
  const worded = {
    subject: subject === undefined ? "" : wordedLine(inLanguage(subject, language), values, language),
    preheader: preview === undefined ? "" : wordedLine(inLanguage(preview, language), values, language),
    blocks: blocksOf(lines),
    lines: lines.map((line): Line => ("part" in line || line.mark !== "-" ? line : { text: `- ${line.text}` })),
  };
  if (worded.subject === "" || worded.blocks.length === 0) throw new Error("nothing is left of the letter");
  return worded;
}

/** A text message by its template. Throws an Error where a field that it names is missing. */
export function wordSms(source: string, kind: SmsKind, view: View, language: Language): string {
  const values = valuesOf(kind, view);
  const pieces = fillLetter(source, values);
  const text = pieces.map((piece) =>
    piece.kind === "value" ? keptInSms(piece.text, language) : piece.kind === "text" ? piece.text : "",
  );
  return smsText(text.join(""));
}
