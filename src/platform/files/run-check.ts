/** One look into a file. It may be made to take long, and is done where that keeps nobody else waiting: see `check-threads.ts`. */
import { type FileHandle, open } from "node:fs/promises";
import { fileTypeFromBuffer } from "file-type";
import { checkPdf } from "./check-pdf.js";
import { checkZip } from "./check-zip.js";
import { findCommands } from "./find-commands.js";
import { damaged, hasCommands, heicNotTaken, holdsMacros, needsPassword, notUtf8 } from "./refused-files.js";

// Office files of before 2007 are small file systems (compound files). What they are is told by the names in their
// directory; so is whether they hold macros or open with a password only.
const freeOrEnd = 0xfffffffa;
const maxEntries = 20_000;

async function sector(file: FileHandle, number: number, size: number): Promise<Buffer> {
  const bytes = Buffer.alloc(size);
  const { bytesRead } = await file.read(bytes, 0, size, (number + 1) * size);
  if (bytesRead < size && bytesRead === 0) throw damaged();
  return bytes;
}

/** Names in the directory. Reads no more than the entries allow, however the chain is laid. */
async function namesIn(file: FileHandle): Promise<Set<string>> {
  const header = Buffer.alloc(512);
  await file.read(header, 0, 512, 0);
  const shift = header.readUInt16LE(30);
  if (shift !== 9 && shift !== 12) throw damaged();
  const size = 1 << shift;
  const tables = Array.from({ length: 109 }, (_none, i) => header.readUInt32LE(76 + i * 4));
  const nextOf = async (number: number): Promise<number> => {
    const perTable = size / 4;
    const table = tables[Math.floor(number / perTable)] ?? 0xffffffff;
    if (table >= freeOrEnd) throw damaged();
    return (await sector(file, table, size)).readUInt32LE((number % perTable) * 4);
  };
  const names = new Set<string>();
  const seen = new Set<number>();
  for (let at = header.readUInt32LE(48); at < freeOrEnd; at = await nextOf(at)) {
    if (seen.has(at) || seen.size * (size / 128) > maxEntries) throw damaged();
    seen.add(at);
    const entries = await sector(file, at, size);
    for (let from = 0; from < size; from += 128) {
      const length = entries.readUInt16LE(from + 64);
      if (length > 2 && length <= 64) names.add(entries.toString("utf16le", from, from + length - 2));
    }
  }
  return names;
}

const mainStreams: readonly (readonly [string, string])[] = [
  ["WordDocument", "application/msword"],
  ["Workbook", "application/vnd.ms-excel"],
  ["Book", "application/vnd.ms-excel"],
  ["PowerPoint Document", "application/vnd.ms-powerpoint"],
];

/** The type of an old office file; null: a compound file of something else (an installer, a mail). Problem invalid-input. */
async function checkCompound(file: FileHandle): Promise<string | null> {
  const names = await namesIn(file);
  if (names.has("EncryptedPackage") || names.has("EncryptionInfo")) throw needsPassword();
  const type = mainStreams.find(([name]) => names.has(name))?.[1] ?? null;
  if (type !== null && ["Macros", "_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA"].some((name) => names.has(name))) {
    throw holdsMacros();
  }
  return type;
}

/** Sound in MPEG frames (MP3). Two bytes begin one, and many a text and program begins with them too: two frames in a row do not. */

/** kbit/s by the four bits; of layer III, MPEG 1 and then MPEG 2 and 2.5. */
const rates = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const;
const samples = [44_100, 48_000, 32_000] as const;
const versions: Readonly<
  Record<number, { readonly rates: 0 | 1; readonly slower: 1 | 2 | 4; readonly frame: number }>
> = {
  3: { rates: 0, slower: 1, frame: 144 },
  2: { rates: 1, slower: 2, frame: 72 },
  0: { rates: 1, slower: 4, frame: 72 },
};

/** Length of the frame that begins at `at`; null: none does. */
function frameAt(head: Buffer, at: number): number | null {
  if (at + 4 > head.length || head[at] !== 0xff || ((head[at + 1] ?? 0) & 0xe0) !== 0xe0) return null;
  const [second = 0, third = 0] = [head[at + 1], head[at + 2]];
  const version = versions[(second >> 3) & 3];
  const layerThree = ((second >> 1) & 3) === 1;
  const rate = version && rates[version.rates][third >> 4];
  const sample = samples[(third >> 2) & 3];
  if (version === undefined || !layerThree || !rate || sample === undefined) return null;
  return Math.floor((version.frame * rate * 1000) / (sample / version.slower)) + ((third >> 1) & 1);
}

/** Where the sound begins: behind the title and the cover, whose length stands in seven bits a byte. */
function soundAt(head: Buffer): number {
  if (head.toString("latin1", 0, 3) !== "ID3" || head.length < 10) return 0;
  return 10 + [6, 7, 8, 9].reduce((sum, i) => sum * 128 + ((head[i] ?? 0) & 0x7f), 0);
}

/** @param head the first bytes; a cover may be longer than they are, and is then believed */
function isMpegSound(head: Buffer): boolean {
  const begin = soundAt(head);
  if (begin >= head.length) return begin > 0;
  const length = frameAt(head, begin);
  if (length === null) return false;
  const next = begin + length;
  return next + 4 > head.length ? begin > 0 || head.length > 400 : frameAt(head, next) !== null;
}

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
