/**
 * Office files of before 2007 are small file systems (compound files). What they are is told by the names in their
 * directory; so is whether they hold macros or open with a password only.
 */
import type { FileHandle } from "node:fs/promises";
import { damaged, holdsMacros, needsPassword } from "./refused-files.js";

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
export async function checkCompound(file: FileHandle): Promise<string | null> {
  const names = await namesIn(file);
  if (names.has("EncryptedPackage") || names.has("EncryptionInfo")) throw needsPassword();
  const type = mainStreams.find(([name]) => names.has(name))?.[1] ?? null;
  if (type !== null && ["Macros", "_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA"].some((name) => names.has(name))) {
    throw holdsMacros();
  }
  return type;
}
