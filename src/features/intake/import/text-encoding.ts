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
