/** Plain text and CSV: text that everybody's program shows as the same text, and that no program runs. */
import type { FileHandle } from "node:fs/promises";
import { hasCommands, notUtf8 } from "./refused-files.js";

const pieceBytes = 256 * 1024;
/** Nothing that a text has: control characters but tabs, line breaks and form feeds. */
const control = /[^\P{Cc}\t\n\r\f]/u;
/** What programs take for their own by its first words. */
const script =
  /^\s*(?:#!|<(?:!doctype|\?xml|\?php|html|head|body|script|svg|iframe|img|meta|style|a\s)|MIME-Version:|From:\s)/i;
const markup = /<(?:script|iframe|svg|html|!doctype|object|embed)[\s>]/i;

/**
 * Cells of a table that a spreadsheet program would carry out: those that ask another program (`=cmd|…!A0`) or call up an
 * address. A mere `=SUM(A1:A3)`, `-5` or `+962…` is what applicants write, and does nothing. The file is evidence, so such a
 * cell is refused and not rewritten.
 */
const commands =
  /(?:^|[,;\t\r\n])[\s"']{0,20}[=+\-@](?:[^,;\t\r\n]{0,500}?(?:\b(?:HYPERLINK|WEBSERVICE|IMAGE|IMPORT[A-Z]{2,8}|FILTERXML|RTD|DDE|CALL|EXEC|REGISTER(?:\.ID)?)\s{0,9}\(|\w\s{0,9}\|[^,;\t\r\n]{0,300}!))|"[=+\-@](?:[^"]|""){0,500}?\b(?:HYPERLINK|WEBSERVICE|IMAGE|IMPORT[A-Z]{2,8}|FILTERXML|RTD|DDE|CALL|EXEC|REGISTER(?:\.ID)?)\s{0,9}\(/i;
const longestCommand = 1100;

const isUtf16 = (head: Buffer): boolean =>
  (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);

/**
 * Whether the file is text; false: it is none, or one for a program to run. Problem invalid-input for another encoding, and
 * for a table with commands. `table`: spreadsheet programs open it.
 */
export async function checkText(file: FileHandle, bytes: number, table: boolean): Promise<boolean> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
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
    if (table && commands.test(before + text.replace(/^\ufeff/, ""))) throw hasCommands();
    before = text.slice(-longestCommand);
  }
  return true;
}
