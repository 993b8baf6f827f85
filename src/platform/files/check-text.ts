/** Plain text and CSV: text that everybody's program shows as the same text, and that no program runs. */
import type { FileHandle } from "node:fs/promises";
import { findCommands } from "./find-commands.js";
import { hasCommands, notUtf8 } from "./refused-files.js";

const pieceBytes = 256 * 1024;
/** Nothing that a text has: control characters but tabs, line breaks and form feeds. */
const control = /[^\P{Cc}\t\n\r\f]/u;
/** What programs take for their own by its first words. */
const script =
  /^\s*(?:#!|<(?:!doctype|\?xml|\?php|html|head|body|script|svg|iframe|img|meta|style|a\s)|MIME-Version:|From:\s)/i;
const markup = /<(?:script|iframe|svg|html|!doctype|object|embed)[\s>]/i;
const longestMarkup = 16;

const isUtf16 = (head: Buffer): boolean =>
  (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);

/**
 * Whether the file is text; false: it is none, or one for a program to run. Problem invalid-input for another encoding, and
 * for a table with commands. `table`: spreadsheet programs open it.
 */
export async function checkText(file: FileHandle, bytes: number, table: boolean): Promise<boolean> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const hasCommand = findCommands();
  const piece = Buffer.alloc(pieceBytes);
  let before = "";
  for (let at = 0; at < bytes; at += pieceBytes) {
    const { bytesRead } = await file.read(piece, 0, pieceBytes, at);
    const bytesOfIt = piece.subarray(0, bytesRead);
    if (at === 0 && isUtf16(bytesOfIt)) throw notUtf8();
    // No text of any language has a zero in it.
    if (bytesOfIt.includes(0)) return false;
    let text: string;
    try {
      text = decoder.decode(bytesOfIt, { stream: at + bytesRead < bytes });
    } catch {
      throw notUtf8();
    }
    if (control.test(text)) throw notUtf8();
    if (at === 0 && script.test(text)) return false;
    if (markup.test(before + text)) return false;
    if (table && hasCommand(text)) throw hasCommands();
    before = text.slice(-longestMarkup);
  }
  return true;
}
