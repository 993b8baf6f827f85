/** What a file is, by its content. The name and what the sender said decide nothing but CSV or plain text. */
import { open } from "node:fs/promises";
import { fileTypeFromBuffer } from "file-type";
import { checkCompound } from "./check-compound.js";
import { isMpegSound } from "./check-mpeg.js";
import { checkPdf } from "./check-pdf.js";
import { checkText } from "./check-text.js";
import { checkZip } from "./check-zip.js";
import { heicNotTaken } from "./refused-files.js";

export interface DetectedType {
  readonly type: string;
  readonly locked: boolean;
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

const beginsWith = (head: Buffer, ...bytes: number[]): boolean =>
  head.subarray(0, bytes.length).equals(Buffer.from(bytes));

const isZip = (head: Buffer): boolean => beginsWith(head, 0x50, 0x4b, 3, 4) || beginsWith(head, 0x50, 0x4b, 5, 6);
const isCompound = (head: Buffer): boolean => beginsWith(head, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1);

/** Archives are never given to file-type: it would unpack them without our budget. */
async function typeOfHead(head: Buffer): Promise<string | null> {
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (found === undefined) return null;
  const type = found.mime.split(";")[0] ?? "";
  if (photosOfTelephones.has(type)) throw heicNotTaken();
  const known = simple[type] ?? "";
  return known === "audio/mpeg" && !isMpegSound(head) ? null : known;
}

/** Null: nothing that is taken. Problem invalid-input where it can be said better than that. */
export async function detectType(a: {
  path: string;
  bytes: number;
  name: string;
  declaredType: string | null;
  /** Archives are unpacked where heavy work takes turns. */
  unpackInTurn: <T>(work: () => Promise<T>) => Promise<T>;
}): Promise<DetectedType | null> {
  const file = await open(a.path, "r");
  try {
    const head = Buffer.alloc(Math.min(headBytes, a.bytes));
    await file.read(head, 0, head.length, 0);
    const plain = (type: string | null): DetectedType | null => (type ? { type, locked: false } : null);
    if (isZip(head)) return plain(await a.unpackInTurn(() => checkZip(a.path, a.bytes)));
    if (isCompound(head)) return plain(await checkCompound(file));
    if (head.toString("latin1", 0, 5) === "%PDF-") {
      return { type: "application/pdf", ...(await a.unpackInTurn(() => checkPdf(file, a.bytes))) };
    }
    const type = await typeOfHead(head);
    if (type !== null) return plain(type);
    const csv = /\.csv$/i.test(a.name.trim()) || /^text\/csv\b/i.test(a.declaredType ?? "");
    if (!(await checkText(file, a.bytes, csv))) return null;
    return plain(csv ? "text/csv" : "text/plain");
  } finally {
    await file.close();
  }
}
