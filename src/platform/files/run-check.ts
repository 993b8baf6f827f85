/** One look into a file. It may be made to take long, and is done where that keeps nobody else waiting: see `check-threads.ts`. */
import { type FileHandle, open } from "node:fs/promises";
import { fileTypeFromBuffer } from "file-type";
import { checkCompound } from "./check-compound.js";
import { isMpegSound } from "./check-mpeg.js";
import { checkPdf } from "./check-pdf.js";
import { checkZip } from "./check-zip.js";
import { findCommands } from "./find-commands.js";
import { hasCommands, heicNotTaken, notUtf8 } from "./refused-files.js";

// Plain text and CSV: text that everybody's program shows as the same text, and that no program runs.

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
async function checkText(file: FileHandle, bytes: number, table: boolean): Promise<boolean> {
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

export interface DetectedType {
  readonly type: string;
  readonly locked: boolean;
}

/** `head`: sound, films and images, by their first bytes; the others are read from end to end. */
export interface CheckJob {
  readonly kind: "zip" | "compound" | "pdf" | "head" | "text";
  readonly path: string;
  readonly bytes: number;
  /** Of a text: spreadsheet programs open it. */
  readonly table?: boolean;
}

const headBytes = 64 * 1024;

/** What file-type says of sound, films and images → what we call it. What is not here is not taken. */
const simple: Readonly<Record<string, string>> = {
  "image/jpeg": "image/jpeg",
  "image/png": "image/png",
  "image/apng": "image/png",
  "image/webp": "image/webp",
  "image/gif": "image/gif",
  "audio/mpeg": "audio/mpeg",
  "audio/x-m4a": "audio/mp4",
  "audio/mp4": "audio/mp4",
  "audio/ogg": "audio/ogg",
  "audio/wav": "audio/wav",
  "audio/vnd.wave": "audio/wav",
  "audio/amr": "audio/amr",
  "audio/aac": "audio/aac",
  "video/mp4": "video/mp4",
  "video/x-m4v": "video/mp4",
  "video/quicktime": "video/quicktime",
  "video/webm": "video/webm",
  "video/3gpp": "video/3gpp",
};

const photosOfTelephones = new Set([
  "image/heic",
  "image/heif",
  "image/heic-sequence",
  "image/heif-sequence",
  "image/avif",
]);

/** Null: nothing that has a type of its own; empty: one that is not taken. */
async function typeOfHead(file: FileHandle, bytes: number): Promise<string | null> {
  const head = Buffer.alloc(Math.min(headBytes, bytes));
  await file.read(head, 0, head.length, 0);
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (found === undefined) return null;
  const type = found.mime.split(";")[0] ?? "";
  if (photosOfTelephones.has(type)) throw heicNotTaken();
  const known = simple[type] ?? "";
  return known === "audio/mpeg" && !isMpegSound(head) ? null : known;
}

const looks: Readonly<Record<CheckJob["kind"], (file: FileHandle, job: CheckJob) => Promise<string | null>>> = {
  // Archives are never given to file-type: it would unpack them without our budget.
  zip: (_file, { path, bytes }) => checkZip(path, bytes),
  compound: (file) => checkCompound(file),
  pdf: async () => "application/pdf",
  head: (file, { bytes }) => typeOfHead(file, bytes),
  text: async (file, { bytes, table = false }) =>
    (await checkText(file, bytes, table)) ? (table ? "text/csv" : "text/plain") : null,
};

/** Null: it is nothing that is taken, or of a head: nothing that has a type of its own. Problem invalid-input; errors of the disk. */
export async function runCheck(job: CheckJob): Promise<DetectedType | null> {
  const file = await open(job.path, "r");
  try {
    const type = await looks[job.kind](file, job);
    if (type === null) return null;
    return { type, locked: job.kind === "pdf" && (await checkPdf(file, job.bytes)).locked };
  } finally {
    await file.close();
  }
}
