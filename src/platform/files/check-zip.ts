/**
 * Office files of today are archives. What kind it is, is told by what is inside; everything inside is unpacked once, within
 * a budget, so that nobody who opens it later is surprised by what it becomes. Nothing of it is kept.
 */
import type { Readable } from "node:stream";
import yauzl from "yauzl";
import {
  type PartReader,
  readExternalLink,
  readFields,
  readOpenDocument,
  readRelationships,
} from "./check-relationships.js";
import { damaged, holdsMacros, holdsPrograms, needsPassword, unpacksTooLarge } from "./refused-files.js";

const maxEntries = 5000;
const maxBytes = 300 * 1024 * 1024;
/** Text that is repeated much packs well; a hundred times is more than office programs reach. */
const maxTimesSmaller = 150;
/** Below that nothing is a bomb, however well it packs. */
const alwaysFine = 8 * 1024 * 1024;
/** Of what names the kind. */
const maxOfIndex = 1024 * 1024;
/** Of all parts that are read for what they fetch or start; a letter of a thousand pages has a tenth of it. */
const maxOfRead = 32 * 1024 * 1024;
/** Of the name of an entry: office programs need a tenth of it. */
const longestName = 1000;

const mainParts: readonly (readonly [RegExp, string])[] = [
  [/wordprocessingml\.document\.main\+xml/, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
  [/spreadsheetml\.sheet\.main\+xml/, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
  [/presentationml\.slideshow\.main\+xml/, "application/vnd.openxmlformats-officedocument.presentationml.slideshow"],
  [
    /presentationml\.presentation\.main\+xml/,
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  ],
];
const openDocuments = new Set(
  ["text", "spreadsheet", "presentation"].map((name) => `application/vnd.oasis.opendocument.${name}`),
);

const program =
  /\.(exe|dll|com|scr|msi|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|lnk|jar|class|apk|sh|html?|svg|zip|rar|7z|gz|iso)$/i;
/** Objects that are opened by other programs: nobody sees what is in them before it runs. */
const startedParts = /(^|\/)(embeddings\/oleObject[^/]*\.bin|activeX\/.+)$/i;
const macro = /(^|\/)(vbaProject|vbaData)\.(bin|xml)$|^(Basic|Scripts)\/.+|(^|\/)macrosheets\//i;

async function* chunksOf(zip: yauzl.ZipFile, entry: yauzl.Entry): AsyncIterable<Buffer> {
  const stream: Readable = await zip.openReadStreamPromise(entry);
  yield* stream as AsyncIterable<Buffer>;
}

async function entriesOf(zip: yauzl.ZipFile): Promise<yauzl.Entry[]> {
  if (zip.entryCount > maxEntries) throw unpacksTooLarge();
  const entries: yauzl.Entry[] = [];
  for await (const entry of zip.eachEntry()) {
    entries.push(entry);
    if (entries.length > maxEntries) throw unpacksTooLarge();
  }
  return entries;
}

/** Two entries out of the same bytes: no office program writes that. */
function refuseOverlaps(entries: readonly yauzl.Entry[]): void {
  const places = entries
    .map((entry) => ({ from: entry.relativeOffsetOfLocalHeader, bytes: 30 + entry.compressedSize }))
    .sort((one, other) => one.from - other.from);
  places.forEach(({ from }, i) => {
    const before = places[i - 1];
    if (before !== undefined && before.from + before.bytes > from) throw damaged();
  });
}

const isLink = ({ externalFileAttributes }: yauzl.Entry): boolean =>
  ((externalFileAttributes >>> 16) & 0o170000) === 0o120000;

function refuseByDirectory(entries: readonly yauzl.Entry[], packed: number): void {
  const names = new Set(entries.map(({ fileName }) => fileName));
  if (names.size < entries.length || entries.some(isLink)) throw damaged();
  if (entries.some(({ fileName }) => fileName.length > longestName)) throw damaged();
  if (entries.some((entry) => entry.isEncrypted())) throw needsPassword();
  if ([...names].some((name) => macro.test(name))) throw holdsMacros();
  if ([...names].some((name) => program.test(name) || startedParts.test(name))) throw holdsPrograms();
  refuseOverlaps(entries);
  const claimed = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  const toRead = entries.filter(({ fileName }) => readerOf(fileName) !== undefined);
  if (toRead.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0) > maxOfRead) throw unpacksTooLarge();
  if (claimed > maxBytes || claimed > Math.max(alwaysFine, packed * maxTimesSmaller)) throw unpacksTooLarge();
}

interface Unpacked {
  readonly mimetype: string;
  readonly contentTypes: string;
  readonly manifest: string;
}

const indexes: Readonly<Record<string, keyof Unpacked>> = {
  mimetype: "mimetype",
  "[Content_Types].xml": "contentTypes",
  "META-INF/manifest.xml": "manifest",
};

/** Parts that are read for what they fetch or start, and how. */
const readParts: readonly (readonly [RegExp, () => PartReader])[] = [
  [/\.rels$/i, readRelationships],
  [/^word\/[^/]+\.xml$/i, readFields],
  [/^xl\/externalLinks\/[^/]+\.xml$/i, readExternalLink],
  [/(^|\/)(content|styles|meta|settings)\.xml$/i, readOpenDocument],
];

const readerOf = (name: string): (() => PartReader) | undefined => readParts.find(([form]) => form.test(name))?.[1];

/** Unpacks everything, whatever the directory claims; keeps what names the kind. */
async function unpack(zip: yauzl.ZipFile, entries: readonly yauzl.Entry[]): Promise<Unpacked> {
  const found = { mimetype: "", contentTypes: "", manifest: "" };
  let left = maxBytes;
  let leftToRead = maxOfRead;
  for (const entry of entries) {
    const index = indexes[entry.fileName];
    const reader = readerOf(entry.fileName)?.();
    let unpacked = 0;
    const parts: Buffer[] = [];
    for await (const chunk of chunksOf(zip, entry)) {
      left -= chunk.length;
      if (reader !== undefined) leftToRead -= chunk.length;
      if (left < 0 || leftToRead < 0) throw unpacksTooLarge();
      if (unpacked === 0 && looksLikeProgram(chunk)) throw holdsPrograms();
      unpacked += chunk.length;
      reader?.push(chunk);
      if (index !== undefined && unpacked <= maxOfIndex) parts.push(chunk);
    }
    reader?.end();
    if (index !== undefined) found[index] = Buffer.concat(parts).toString("utf8");
  }
  return found;
}

/** Windows and Unix programs, and objects for other programs (small file systems), whatever they are called inside. */
const looksLikeProgram = (head: Buffer): boolean =>
  (head.length > 64 && head.toString("latin1", 0, 2) === "MZ" && head.includes("This program", 0, "latin1")) ||
  head.subarray(0, 4).equals(Buffer.from([0x7f, 0x45, 0x4c, 0x46])) ||
  head.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]));

function kindOf({ mimetype, contentTypes, manifest }: Unpacked): string | null {
  if (openDocuments.has(mimetype.trim())) {
    if (/encryption-data/i.test(manifest)) throw needsPassword();
    return mimetype.trim();
  }
  if (/macroEnabled|vbaProject/i.test(contentTypes)) throw holdsMacros();
  return mainParts.find(([form]) => form.test(contentTypes))?.[1] ?? null;
}

/** The type of an office file; null: an archive of something else. Problem invalid-input for what nobody should open. */
export async function checkZip(path: string, packed: number): Promise<string | null> {
  try {
    const zip = await yauzl.openPromise(path, { autoClose: false, strictFileNames: true, validateEntrySizes: true });
    try {
      const entries = await entriesOf(zip);
      const names = new Set(entries.map(({ fileName }) => fileName));
      if (!names.has("[Content_Types].xml") && !names.has("mimetype")) return null;
      refuseByDirectory(entries, packed);
      return kindOf(await unpack(zip, entries));
    } finally {
      zip.close();
    }
  } catch (error) {
    throw error instanceof Error && error.name === "Problem" ? error : damaged();
  }
}
