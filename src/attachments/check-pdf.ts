/** PDF files are only ever saved, never opened by us. Whole they must be, and nothing else in disguise. */
import type { FileHandle } from "node:fs/promises";
import { promisify } from "node:util";
import { inflate } from "node:zlib";
import { actsByItself, damaged } from "./refused-files.js";

/** Programs write a little after the end; more is another file. */
const mostAfterEnd = 1024;
const tailBytes = 64 * 1024;
const pieceBytes = 256 * 1024;
const longestMark = 64;
const longestHead = 2048;
/** Of one stream of objects, and of all of a file. */
const mostOfStream = 16 * 1024 * 1024;
const mostOfStreams = 64 * 1024 * 1024;

/** `/Encrypt 12 0 R` or `/Encrypt <<`, as a trailer says it. */
const lock = /\/Encrypt\s*(?:\d+\s+\d+\s+R|<<)/;

/** A name as PDF lets it be written: every letter also as two digits, `/J#61vaScript`. */
const nameForm = (...names: string[]): string =>
  names
    .map((name) =>
      [...name]
        .map(
          (letter) =>
            `(?:${letter}|#${letter
              .charCodeAt(0)
              .toString(16)
              .replace(/[a-f]/, (digit) => `[${digit}${digit.toUpperCase()}]`)})`,
        )
        .join(""),
    )
    .join("|");

/**
 * What runs, opens or brings along something: scripts, programs, attached files, films of other programs. Pages without them
 * show the same.
 */
const acting = new RegExp(
  `/(?:${nameForm("JavaScript", "Launch", "EmbeddedFiles", "EmbeddedFile", "RichMedia")})(?![\\w#-])`,
);
const objectStream = new RegExp(`/(?:${nameForm("ObjStm")})(?![\\w#-])`, "g");
const flate = new RegExp(`/(?:${nameForm("FlateDecode", "Fl")})(?![\\w#-])`);
const filtered = new RegExp(`/(?:${nameForm("Filter")})(?![\\w#-])`);

const unpacked = promisify(inflate) as (bytes: Buffer, options: object) => Promise<Buffer>;

/** Looks into the streams of objects, where programs of today put what older ones wrote in the open. */
async function checkObjectStreams(whole: Buffer): Promise<void> {
  const text = whole.toString("latin1");
  let left = mostOfStreams;
  for (const { index } of text.matchAll(objectStream)) {
    const begin = /stream\r?\n/.exec(text.slice(index, index + longestHead));
    if (begin === null) continue;
    const head = text.slice(Math.max(0, index - longestHead / 2), index + begin.index);
    const own = head.slice(Math.max(0, head.lastIndexOf("obj")));
    if (!filtered.test(own)) continue;
    // Objects are packed in this way and no other; another one hides them.
    if (!flate.test(own) || /\/\w+Decode[\s\S]*\/\w+Decode/.test(own)) throw actsByItself();
    const from = index + begin.index + begin[0].length;
    const to = text.indexOf("endstream", from);
    const packed = whole.subarray(from, to < 0 ? whole.length : to);
    const objects = await unpacked(packed, { maxOutputLength: Math.min(left, mostOfStream), finishFlush: 2 }).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code === "ERR_BUFFER_TOO_LARGE") throw damaged();
        return Buffer.alloc(0);
      },
    );
    left -= objects.length;
    if (left <= 0) throw damaged();
    if (acting.test(objects.toString("latin1"))) throw actsByItself();
  }
}

/**
 * Whether it opens with a password only. Problem invalid-input for half a file, for one with another behind it, and for one
 * that acts by itself. What is locked with a password cannot be looked into.
 */
export async function checkPdf(file: FileHandle, bytes: number): Promise<{ locked: boolean }> {
  const whole = Buffer.alloc(bytes);
  await file.read(whole, 0, bytes, 0);
  const tail = whole.subarray(Math.max(0, bytes - tailBytes));
  const end = tail.lastIndexOf("%%EOF", undefined, "latin1");
  if (end < 0) throw damaged();
  const after = tail.subarray(end + 5);
  if (after.length > mostAfterEnd || after.includes("PK\u0005\u0006", 0, "latin1")) throw damaged();

  let locked = false;
  for (let at = 0; at < bytes; at += pieceBytes) {
    const piece = whole.toString("latin1", at, Math.min(bytes, at + pieceBytes + longestMark));
    locked ||= lock.test(piece);
    if (acting.test(piece)) throw actsByItself();
  }
  if (!locked) await checkObjectStreams(whole);
  return { locked };
}
