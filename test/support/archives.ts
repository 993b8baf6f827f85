/** Archives as office programs write them, and as nobody should: every number in them can be another than it ought to be. */
import { deflateRawSync } from "node:zlib";
import { crc32 } from "./files.js";

export interface Entry {
  readonly name: string | Buffer;
  readonly data?: string | Buffer;
  readonly stored?: boolean;
  /** What the directory says it unpacks to. */
  readonly claims?: number;
  /** General purpose bits; 1: encrypted. */
  readonly flags?: number;
  /** As Unix has it, for links. */
  readonly mode?: number;
  /** Takes the bytes of the entry of that number instead of own ones. */
  readonly same?: number;
}

export function zipOf(entries: readonly Entry[], end: { entries?: number; comment?: string } = {}): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  const places: number[] = [];
  let at = 0;
  const put = (...buffers: Buffer[]): void => {
    for (const buffer of buffers) {
      parts.push(buffer);
      at += buffer.length;
    }
  };
  for (const { name, data = "", stored = false, claims, flags = 0x800, mode = 0, same } of entries) {
    const raw = Buffer.from(data as string);
    const packed = stored ? raw : deflateRawSync(raw);
    const nameBytes = Buffer.from(name as string);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(flags, 2);
    head.writeUInt16LE(stored ? 0 : 8, 4);
    head.writeUInt32LE(crc32(raw), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(claims ?? raw.length, 18);
    head.writeUInt16LE(nameBytes.length, 22);
    places.push(same === undefined ? at : (places[same] ?? 0));
    if (same === undefined) put(Buffer.from("PK\u0003\u0004", "latin1"), head, nameBytes, packed);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE((mode << 16) >>> 0, 6);
    rest.writeUInt32LE(places.at(-1) ?? 0, 10);
    const made = Buffer.from([20, 3]);
    directory.push(Buffer.concat([Buffer.from("PK\u0001\u0002", "latin1"), made, head, rest, nameBytes]));
  }
  const directoryAt = at;
  put(...directory);
  const tail = Buffer.alloc(18);
  const count = end.entries ?? entries.length;
  tail.writeUInt16LE(count & 0xffff, 4);
  tail.writeUInt16LE(count & 0xffff, 6);
  tail.writeUInt32LE(at - directoryAt, 8);
  tail.writeUInt32LE(directoryAt, 12);
  const comment = Buffer.from(end.comment ?? "");
  tail.writeUInt16LE(comment.length, 16);
  return Buffer.concat([...parts, Buffer.from("PK\u0005\u0006", "latin1"), tail, comment]);
}

const mainTypes = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
  docm: "application/vnd.ms-word.document.macroEnabled.main+xml",
} as const;

const index = (type: string): Entry => ({
  name: "[Content_Types].xml",
  data: `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/main.xml" ContentType="${type}"/></Types>`,
});

/** A document of that kind, with more entries in it. */
export const openXml = (kind: keyof typeof mainTypes, ...more: Entry[]): Buffer =>
  zipOf([index(mainTypes[kind]), { name: "word/document.xml", data: "<w:document/>" }, ...more]);
export const openXmlOf = (type: string): Buffer => zipOf([index(type), { name: "main.xml", data: "<x/>" }]);

export const openDocument = (kind: string, ...more: Entry[]): Buffer =>
  zipOf([
    { name: "mimetype", data: `application/vnd.oasis.opendocument.${kind}`, stored: true },
    { name: "content.xml", data: "<office:document-content/>" },
    ...more,
  ]);

/** A compound file of 512-byte sectors: one of tables, then the directory. */
export function compound(names: readonly string[], spoil: (bytes: Buffer) => void = () => undefined): Buffer {
  const perSector = 4;
  const sectors = Math.ceil((names.length + 1) / perSector);
  const bytes = Buffer.alloc(512 * (2 + sectors));
  Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]).copy(bytes);
  bytes.writeUInt16LE(0x3e, 24);
  bytes.writeUInt16LE(3, 26);
  bytes.writeUInt16LE(0xfffe, 28);
  bytes.writeUInt16LE(9, 30);
  bytes.writeUInt16LE(6, 32);
  bytes.writeUInt32LE(1, 44);
  bytes.writeUInt32LE(1, 48);
  for (let i = 0; i < 109; i += 1) bytes.writeUInt32LE(i === 0 ? 0 : 0xffffffff, 76 + i * 4);
  bytes.fill(0xff, 512, 1024);
  bytes.writeUInt32LE(0xfffffffd, 512);
  for (let i = 1; i <= sectors; i += 1) bytes.writeUInt32LE(i === sectors ? 0xfffffffe : i + 1, 512 + i * 4);
  ["Root Entry", ...names].forEach((name, i) => {
    const at = 1024 + i * 128;
    bytes.write(name, at, "utf16le");
    bytes.writeUInt16LE((name.length + 1) * 2, at + 64);
    bytes.writeUInt8(i === 0 ? 5 : 2, at + 66);
  });
  spoil(bytes);
  return bytes;
}
