/**
 * PDF as it is written: names with their escapes, references, dictionaries. Made for strangers' files: each step forward is
 * paid out of one budget, so that whatever is laid over one another is not read again and again.
 */
import { damaged } from "./refused-files.js";

export type PdfValue =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "reference"; readonly number: number }
  /** In the order in which they are written: a name may come twice, and programs differ in which one they take. */
  | { readonly kind: "dictionary"; readonly entries: readonly (readonly [string, PdfValue])[] }
  | { readonly kind: "array"; readonly items: readonly PdfValue[] }
  | { readonly kind: "other" };

/** `end`: the bytes end here, or the object. */
type Token =
  | { readonly kind: "open" | "close" | "word"; readonly text: string }
  | { readonly kind: "end" }
  | Exclude<PdfValue, { kind: "array" | "dictionary" | "reference" }>;

const other = { kind: "other" } as const;
const end: Token = { kind: "end" };
const deepest = 100;
const longestName = 127;

const space = 1;
const delimiter = 2;
const classes = new Uint8Array(256);
for (const one of [0, 9, 10, 12, 13, 32]) classes[one] = space;
for (const one of Buffer.from("()<>[]{}/%", "latin1")) classes[one] = delimiter;

export const isRegular = (byte: number | undefined): boolean => byte !== undefined && classes[byte] === 0;
export const isSpace = (byte: number | undefined): boolean => byte !== undefined && classes[byte] === space;

const hex = (byte: number | undefined): number => {
  const digit = byte === undefined ? Number.NaN : Number.parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(digit) ? -1 : digit;
};

/** The name that begins behind the slash at `at`, a letter also as two digits: `J#61vaScript`. Longer ones are cut off. */
export function nameAt(bytes: Buffer, at: number): { name: string; end: number } {
  let name = "";
  let i = at + 1;
  for (; isRegular(bytes[i]) && name.length < longestName; i += 1) {
    const [high, low] = bytes[i] === 0x23 ? [hex(bytes[i + 1]), hex(bytes[i + 2])] : [-1, -1];
    name += String.fromCharCode(high < 0 || low < 0 ? (bytes[i] ?? 0) : high * 16 + low);
    if (high >= 0 && low >= 0) i += 2;
  }
  return { name, end: i };
}

/** Steps that may be taken in a file: what honest programs write is read twice at most. Problem invalid-input beyond. */
export class Steps {
  private left = 1024 * 1024;
  /** So many bytes are to be read. */
  give(bytes: number): void {
    this.left += 4 * bytes;
  }
  take(n: number): void {
    this.left -= n;
    if (this.left < 0) throw damaged();
  }
}

export class PdfReader {
  constructor(
    readonly bytes: Buffer,
    public at: number,
    private readonly steps: Steps,
  ) {}

  /** A value. One that is broken or not there is `other`. */
  value(): PdfValue {
    return this.valueOf(this.token(), 0);
  }

  /**
   * The dictionary that begins here, of which only these names are looked at; null: something else does. Afterwards the reader
   * is behind it.
   */
  dictionary(names: ReadonlySet<string>): readonly (readonly [string, PdfValue])[] | null {
    const first = this.token();
    if (first.kind !== "open" || first.text !== "<<") return null;
    const entries: [string, PdfValue][] = [];
    for (let token = this.token(); ; token = this.token()) {
      if (token.kind === "end" || (token.kind === "close" && token.text === ">>")) return entries;
      if (token.kind === "name" && names.has(token.name)) entries.push([token.name, this.value()]);
      else if (token.kind === "name") this.pass(this.token());
      else this.pass(token);
    }
  }

  /** The next word, where one is next; null: something else. */
  word(): string | null {
    const token = this.token();
    return token.kind === "word" ? token.text : null;
  }

  /** Goes to the end of what this token opens, and keeps nothing of it. */
  private pass(first: Token): void {
    let open = first.kind === "open" ? 1 : 0;
    // The end of the dictionary is not that of a value which is missing.
    if (first.kind === "close" && first.text === ">>") this.at -= 2;
    while (open > 0) {
      const { kind } = this.token();
      if (kind === "end") return;
      if (kind === "open") open += 1;
      if (kind === "close") open -= 1;
    }
  }

  private valueOf(token: Token, depth: number): PdfValue {
    if (depth > deepest) throw damaged();
    if (token.kind === "number") return this.reference(token.value) ?? token;
    if (token.kind === "open") return token.text === "<<" ? this.entries(depth) : this.items(depth);
    if (token.kind === "close") {
      this.at -= token.text.length;
      return other;
    }
    return token.kind === "name" ? token : other;
  }

  /** `5 0 R`, of which the first number is read; null: it is only a number. */
  private reference(number: number): PdfValue | null {
    const before = this.at;
    const second = this.token();
    if (second.kind === "number") {
      const third = this.token();
      if (third.kind === "word" && third.text === "R") return { kind: "reference", number };
    }
    this.at = before;
    return null;
  }

  private entries(depth: number): PdfValue {
    const entries: [string, PdfValue][] = [];
    for (let token = this.token(); ; token = this.token()) {
      if (token.kind === "end" || (token.kind === "close" && token.text === ">>"))
        return { kind: "dictionary", entries };
      if (token.kind === "name") entries.push([token.name, this.valueOf(this.token(), depth + 1)]);
      else if (token.kind === "open") this.pass(token);
    }
  }

  private items(depth: number): PdfValue {
    const items: PdfValue[] = [];
    for (let token = this.token(); token.kind !== "end"; token = this.token()) {
      if (token.kind === "close" && token.text === "]") break;
      const value = token.kind === "close" ? other : this.valueOf(token, depth + 1);
      // Numbers and texts are many, and say nothing here.
      if (value.kind !== "other" && value.kind !== "number") items.push(value);
    }
    return { kind: "array", items };
  }

  private token(): Token {
    const from = this.at;
    const token = this.read();
    this.steps.take(this.at - from + 1);
    return token;
  }

  private read(): Token {
    const { bytes } = this;
    this.skipSpace();
    const byte = bytes[this.at];
    if (byte === undefined) return end;
    const two = byte === bytes[this.at + 1];
    if (byte === 0x2f) {
      const { name, end: behind } = nameAt(bytes, this.at);
      this.at = behind;
      while (isRegular(bytes[this.at])) this.at += 1;
      return { kind: "name", name };
    }
    if (byte === 0x28) return this.passText();
    if ((byte === 0x3c || byte === 0x3e) && two) {
      this.at += 2;
      return byte === 0x3c ? { kind: "open", text: "<<" } : { kind: "close", text: ">>" };
    }
    if (byte === 0x3c) {
      const behind = bytes.indexOf(0x3e, this.at);
      this.at = behind < 0 ? bytes.length : behind + 1;
      return other;
    }
    if (byte === 0x5b || byte === 0x5d) {
      this.at += 1;
      return byte === 0x5b ? { kind: "open", text: "[" } : { kind: "close", text: "]" };
    }
    if (!isRegular(byte)) {
      this.at += 1;
      return other;
    }
    const begin = this.at;
    while (isRegular(bytes[this.at])) this.at += 1;
    const text = bytes.toString("latin1", begin, Math.min(this.at, begin + 32));
    if (/^[+-]?\d+$/.test(text)) return { kind: "number", value: Number(text) };
    return text === "endobj" ? end : { kind: "word", text };
  }

  private skipSpace(): void {
    const { bytes } = this;
    for (; ; this.at += 1) {
      const byte = bytes[this.at];
      if (byte === 0x25) while (this.at < bytes.length && bytes[this.at] !== 10 && bytes[this.at] !== 13) this.at += 1;
      else if (!isSpace(byte)) return;
    }
  }

  /** `(a (text) in brackets)` */
  private passText(): Token {
    const { bytes } = this;
    let open = 0;
    for (; this.at < bytes.length; this.at += 1) {
      const byte = bytes[this.at];
      if (byte === 0x5c) this.at += 1;
      else if (byte === 0x28) open += 1;
      else if (byte === 0x29) {
        open -= 1;
        if (open === 0) break;
      }
    }
    this.at = Math.min(this.at + 1, bytes.length);
    return other;
  }
}
