/**
 * A CSV file as records with their line numbers, read as a stream. A broken record never takes its neighbours along.
 *
 * csv-parse alone gives up at the first stray quote, or swallows everything up to the next one. So lines are gathered
 * here until their quotes are even, csv-parse reads what has quotes, and where that makes no sense only the first line is
 * called broken and reading goes on with the line after it.
 */

import { createReadStream } from "node:fs";
import { parse } from "csv-parse/sync";
import { msg } from "../../../engine/text/msg.js";
import type { FieldFault } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { type Delimiter, delimiters, type ImportMapping, namedTitles } from "./mapping.js";
import { placesOf } from "./word-table.js";

/** How the text of a file is stored: UTF-8, or what somebody names (`windows-1256`, `utf-16`). Names as the WHATWG's list has them. */

export interface TextEncoding {
  readonly name: string;
  /** A line break in it. Texts are cut at multiples of its length, so that half a letter is never taken for one. */
  readonly newline: Buffer;
  /** Without a byte order mark. TypeError where the bytes are no text of this encoding. */
  decode(bytes: Uint8Array): string;
  /** What can be shown of bytes that are no text. */
  show(bytes: Uint8Array): string;
}

/** Bytes of a line break in the encodings whose letters all have two. */
const wide: Readonly<Record<string, readonly number[]>> = { "utf-16le": [0x0a, 0], "utf-16be": [0, 0x0a] };

/** Bytes 80 to 9F of windows-1252. Some versions of Node read them as the control characters of Latin-1. */
const upper1252 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";
const corrected = (text: string): string =>
  text.replace(/[\x80-\x9f]/g, (letter) => upper1252[letter.charCodeAt(0) - 0x80] ?? letter);

/** Null where there is no encoding of that name. */
export function encodingOf(label: string): TextEncoding | null {
  try {
    const strict = new TextDecoder(label.trim(), { fatal: true });
    const lenient = new TextDecoder(label.trim());
    const read = strict.encoding === "windows-1252" ? corrected : (text: string): string => text;
    return {
      name: strict.encoding,
      newline: Buffer.from(wide[strict.encoding] ?? [0x0a]),
      decode: (bytes) => read(strict.decode(bytes)),
      show: (bytes) => read(lenient.decode(bytes)),
    };
  } catch (error) {
    if ((error as Error).name === "RangeError") return null;
    throw error;
  }
}

export const utf8 = encodingOf("utf-8") as TextEncoding;

/** The encoding that a byte order mark at the beginning of a file tells, or null. */
export function markedEncoding(start: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" | null {
  const [first, second, third] = start;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return first === 0xef && second === 0xbb && third === 0xbf ? "utf-8" : null;
}

/** Told from the line of titles: that its cells are separated by something else than the mapping says. */
export const defaultDelimiter: Delimiter = ",";

const names: Readonly<Record<Delimiter, Bilingual>> = {
  ",": msg("intake.otherDelimiter.names"),
  ";": msg("intake.otherDelimiter.names2"),
  "\t": msg("intake.otherDelimiter.names3"),
  "|": msg("intake.otherDelimiter.names4"),
};

/** The titles in a line that is separated like this; null where its quotes make no sense then. */
export function titlesOf(line: string, delimiter: string): readonly string[] | null {
  return cellsOf(line, delimiter)?.map((cell) => cell.trim()) ?? null;
}

/**
 * The delimiter by which more of the mapping's titles are found in the line than by its own, with the fault that says so;
 * null where its own finds as many as any.
 */
export function otherDelimiter(
  mapping: ImportMapping,
  line: string,
): { readonly delimiter: Delimiter; readonly fault: FieldFault } | null {
  const own = mapping.delimiter ?? defaultDelimiter;
  const wanted = namedTitles(mapping);
  const found = (delimiter: Delimiter): number => {
    const header = titlesOf(line, delimiter) ?? [];
    return wanted.filter(([, title]) => placesOf(title, header).length > 0).length;
  };
  let best = { delimiter: own, count: found(own) };
  for (const delimiter of delimiters) {
    const count = found(delimiter);
    if (count > best.count) best = { delimiter, count };
  }
  if (best.delimiter === own) return null;
  const [there, said] = [names[best.delimiter], names[own]];
  const entry = `"delimiter": ${JSON.stringify(best.delimiter)}`;
  const reason = msg("intake.otherDelimiter.theCellsOfTheFile", { there, said, entry });
  return { delimiter: best.delimiter, fault: { field: "/delimiter", reason } };
}

export interface CsvRecord {
  /** Line of the file where it begins, from 1. */
  readonly line: number;
  /** As it stands in the file, without the last line break. */
  readonly text: string;
  /** Null when it cannot be read; `fault` says why. */
  readonly cells: readonly string[] | null;
  readonly fault: Bilingual | null;
}

interface Line {
  readonly number: number;
  /** With a fault: what can be shown of it. */
  readonly text: string;
  readonly fault: Bilingual | null;
}

/** A row of history is some kilobytes; what is longer is another kind of file. */
const longestLine = 1_000_000;
/** A quoted text may run over so many lines; a stray quote is found out after as many. */
const maxLines = 500;
const longestRecord = 1_000_000;

const faults = {
  nul: msg("intake.csvRecords.faultsNul"),
  endless: msg("intake.csvRecords.faultsEndless"),
  quotes: msg("intake.csvRecords.faultsQuotes"),
} satisfies Record<string, Bilingual>;

/** The encoding is named by an option: what the file needs is not known here. */
function notInEncoding({ name }: TextEncoding): Bilingual {
  if (name === utf8.name) {
    return msg("intake.csvRecords.thisLineIsNotUTF8");
  }
  return msg("intake.csvRecords.thisLineIsNotThe", { name });
}

const withoutReturn = (text: string): string => (text.endsWith("\r") ? text.slice(0, -1) : text);

function lineOf(number: number, bytes: Buffer, encoding: TextEncoding): Line {
  try {
    // The decoder drops a byte order mark at the beginning.
    const text = withoutReturn(encoding.decode(bytes));
    if (!text.includes("\0")) return { number, text, fault: null };
    return { number, text: text.replaceAll("\0", "␀"), fault: faults.nul };
  } catch {
    return { number, text: withoutReturn(encoding.show(bytes)), fault: notInEncoding(encoding) };
  }
}

/** Place of the next line break, at a multiple of its length: in UTF-16 half of one letter and half of the next are none. */
function nextBreak(bytes: Buffer, newline: Buffer, from: number): number {
  let at = bytes.indexOf(newline, from);
  while (at !== -1 && at % newline.length !== 0) at = bytes.indexOf(newline, at + 1);
  return at;
}

/** Physical lines; `onBytes` is told how far the file has been read. Errors of the file system come through. */
async function* linesOf(file: string, encoding: TextEncoding, onBytes: (read: number) => void): AsyncGenerator<Line> {
  const { newline } = encoding;
  /** Bytes of a letter that is cut between two chunks. */
  let half: Buffer = Buffer.alloc(0);
  let parts: Buffer[] = [];
  let length = 0;
  let number = 1;
  let read = 0;
  const keep = (part: Buffer): void => {
    // Beyond the limit only the length grows, not the memory.
    if (length <= longestLine) parts.push(part);
    length += part.length;
  };
  const take = (): Line => {
    const line =
      length > longestLine
        ? { number, text: "", fault: faults.endless }
        : lineOf(number, Buffer.concat(parts), encoding);
    parts = [];
    length = 0;
    number += 1;
    return line;
  };
  for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    const bytes = half.length === 0 ? chunk : Buffer.concat([half, chunk]);
    const whole = bytes.subarray(0, bytes.length - (bytes.length % newline.length));
    half = bytes.subarray(whole.length);
    let from = 0;
    for (let to = nextBreak(whole, newline, 0); to !== -1; to = nextBreak(whole, newline, from)) {
      keep(whole.subarray(from, to));
      yield take();
      from = to + newline.length;
    }
    keep(whole.subarray(from));
    read += chunk.length;
    onBytes(read);
  }
  keep(half);
  if (length > 0) yield take();
}

/** Cells of one record, or null when its quotes are broken. */
function cellsOf(text: string, delimiter: string): string[] | null {
  if (!text.includes('"')) return text.split(delimiter);
  try {
    const records = parse(text, {
      delimiter,
      record_delimiter: "\n",
      relax_column_count: true,
      skip_empty_lines: false,
    });
    return records.length === 1 ? (records[0] as string[]) : null;
  } catch {
    return null;
  }
}

const quotesIn = (text: string): number => text.split('"').length - 1;

/**
 * Records in order. Rows without any content are left out, as spreadsheets append them.
 * @param width of the header, once it is known: tells a text of several lines from rows that a stray quote glued together
 */
export async function* csvRecords(a: {
  file: string;
  delimiter: string;
  /** UTF-8, if left out. */
  encoding?: TextEncoding;
  width: () => number | null;
  onBytes?: (read: number) => void;
}): AsyncGenerator<CsvRecord> {
  const { file, delimiter, encoding = utf8, width, onBytes = () => undefined } = a;
  const lines = linesOf(file, encoding, onBytes);
  const returned: Line[] = [];
  const next = async (): Promise<Line | null> =>
    returned.shift() ?? ((await lines.next()).value as Line | undefined) ?? null;
  try {
    for (let line = await next(); line !== null; line = await next()) {
      const { text, number, fault } = line;
      if (fault !== null) {
        yield { line: number, text, cells: null, fault };
        continue;
      }
      if (quotesIn(text) === 0) {
        const cells = text.split(delimiter);
        if (cells.some((cell) => cell.trim() !== "")) yield { line: number, text, cells, fault: null };
        continue;
      }
      const gathered = await gather(text, next);
      const cells = gathered.even ? cellsOf(gathered.text, delimiter) : null;
      if (cells !== null && !isGlued(gathered.more, cells, width(), delimiter)) {
        yield { line: number, text: gathered.text, cells, fault: null };
      } else {
        returned.unshift(...gathered.more);
        yield { line: number, text, cells: null, fault: faults.quotes };
      }
    }
  } finally {
    // A reader that stops early leaves no file open.
    await lines.return(undefined);
  }
}

/** The lines that belong to the first by the count of their quotes. */
async function gather(
  start: string,
  next: () => Promise<Line | null>,
): Promise<{ text: string; more: Line[]; even: boolean }> {
  const more: Line[] = [];
  const texts = [start];
  let quotes = quotesIn(start);
  let length = start.length;
  while (quotes % 2 === 1 && more.length < maxLines && length < longestRecord) {
    const line = await next();
    if (line === null) break;
    more.push(line);
    if (line.fault !== null) break;
    texts.push(line.text);
    quotes += quotesIn(line.text);
    length += line.text.length;
  }
  return { text: texts.join("\n"), more, even: quotes % 2 === 0 };
}

/** Several lines that make no row of the right width, while the second line alone does: a stray quote glued them together. */
function isGlued(more: readonly Line[], cells: readonly string[], width: number | null, delimiter: string): boolean {
  const second = more[0]?.text;
  if (second === undefined || width === null || cells.length === width) return false;
  return cellsOf(second, delimiter)?.length === width;
}
