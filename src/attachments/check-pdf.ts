/** PDF files are only ever saved, never opened by us. Whole they must be, and nothing else in disguise. */
import type { FileHandle } from "node:fs/promises";
import { damaged } from "./refused-files.js";

/** Programs write a little after the end; more is another file. */
const mostAfterEnd = 1024;
const tailBytes = 64 * 1024;
const pieceBytes = 256 * 1024;
const longestMark = 64;

/** `/Encrypt 12 0 R` or `/Encrypt <<`, as a trailer says it. */
const lock = /\/Encrypt\s*(?:\d+\s+\d+\s+R|<<)/;

/** Whether it opens with a password only. Problem invalid-input for half a file, and for one with another behind it. */
export async function checkPdf(file: FileHandle, bytes: number): Promise<{ locked: boolean }> {
  const from = Math.max(0, bytes - tailBytes);
  const tail = Buffer.alloc(bytes - from);
  await file.read(tail, 0, tail.length, from);
  const end = tail.lastIndexOf("%%EOF", undefined, "latin1");
  if (end < 0) throw damaged();
  const after = tail.subarray(end + 5);
  if (after.length > mostAfterEnd || after.includes("PK\u0005\u0006", 0, "latin1")) throw damaged();

  const piece = Buffer.alloc(pieceBytes + longestMark);
  for (let at = 0; at < bytes; at += pieceBytes) {
    const { bytesRead } = await file.read(piece, 0, piece.length, at);
    if (lock.test(piece.toString("latin1", 0, bytesRead))) return { locked: true };
  }
  return { locked: false };
}
