/**
 * A ZIP file that is written in one go, an entry after the other. Sizes stand in front of what they tell of, and are put
 * there when they are known: no reader has to cope with what streams put behind. Below 4 GiB an entry and in all.
 */
import { open } from "node:fs/promises";
import { createDeflateRaw } from "node:zlib";

/** An entry or the file outgrew what the format holds. */
export class TooLargeForZip extends Error {}

export interface ZipFile {
  /** Begins an entry; the one before is ended. */
  begin(name: string): Promise<void>;
  write(text: string): Promise<void>;
  /** Ends the file; gives its size. */
  finish(): Promise<number>;
  /** Closes it as it is. Never throws. */
  abandon(): Promise<void>;
}

const maxBytes = 0xffff_ffff;
const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb8_8320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function crcOf(data: Uint8Array, before: number): number {
  let c = ~before;
  for (let i = 0; i < data.length; i++) c = (crcTable[(c ^ (data[i] as number)) & 0xff] as number) ^ (c >>> 8);
  return ~c >>> 0;
}

interface Entry {
  readonly name: Buffer;
  readonly at: number;
  crc: number;
  packed: number;
  size: number;
}

/** Midnight of 1 January 1980, the first moment that the format knows: the file says nowhere when it was made. */
const dosDate = 0x0021;

/** What the head of an entry and its line in the directory have in common, 26 bytes. */
function common({ name, crc, packed, size }: Entry): Buffer {
  const head = Buffer.alloc(26);
  head.writeUInt16LE(20, 0);
  head.writeUInt16LE(0x0800, 2); // the name is UTF-8
  head.writeUInt16LE(8, 4); // deflated
  head.writeUInt16LE(0, 6);
  head.writeUInt16LE(dosDate, 8);
  head.writeUInt32LE(crc, 10);
  head.writeUInt32LE(packed, 14);
  head.writeUInt32LE(size, 18);
  head.writeUInt16LE(name.length, 22);
  return head;
}

const signature = (number: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(number, 0);
  return bytes;
};
const headOf = (entry: Entry): Buffer => Buffer.concat([signature(0x0403_4b50), common(entry), entry.name]);

function directoryLine(entry: Entry): Buffer {
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(entry.at, 10);
  return Buffer.concat([signature(0x0201_4b50), Buffer.from([20, 0]), common(entry), rest, entry.name]);
}

function directoryEnd(entries: number, at: number, size: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt16LE(entries, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(at, 16);
  return end;
}

/** One entry's text becomes packed bytes, piece by piece. */
function packer() {
  const deflate = createDeflateRaw({ level: 3 });
  let ready: Buffer[] = [];
  deflate.on("data", (piece: Buffer) => ready.push(piece));
  const taken = (): Buffer => {
    const all = Buffer.concat(ready);
    ready = [];
    return all;
  };
  return {
    push: (data: Buffer): Promise<Buffer> =>
      new Promise((resolve, reject) => {
        deflate.write(data, (error) => (error ? reject(error) : resolve(taken())));
      }),
    end: (): Promise<Buffer> =>
      new Promise((resolve, reject) => {
        deflate.once("end", () => resolve(taken()));
        deflate.once("error", reject);
        deflate.end();
      }),
    close: () => deflate.destroy(),
  };
}

/** Makes a new file. Errors are those of the disk, and TooLargeForZip. */
export async function openZip(path: string): Promise<ZipFile> {
  const file = await open(path, "w", 0o600);
  const entries: Entry[] = [];
  let at = 0;
  let pack: ReturnType<typeof packer> | null = null;

  const put = async (data: Buffer): Promise<void> => {
    if (at + data.length > maxBytes) throw new TooLargeForZip();
    for (let done = 0; done < data.length; ) {
      done += (await file.write(data, done, data.length - done, at + done)).bytesWritten;
    }
    at += data.length;
  };
  const packed = async (entry: Entry, data: Buffer): Promise<void> => {
    entry.packed += data.length;
    await put(data);
  };
  const end = async (): Promise<void> => {
    const entry = entries.at(-1);
    if (entry === undefined || pack === null) return;
    await packed(entry, await pack.end());
    pack = null;
    const head = headOf(entry);
    await file.write(head, 0, head.length, entry.at);
  };
  return {
    async begin(name) {
      await end();
      const entry = { name: Buffer.from(name), at, crc: 0, packed: 0, size: 0 };
      entries.push(entry);
      pack = packer();
      await put(headOf(entry));
    },
    async write(text) {
      const entry = entries.at(-1);
      if (entry === undefined || pack === null) throw new Error("no entry was begun");
      const data = Buffer.from(text);
      entry.size += data.length;
      if (entry.size > maxBytes) throw new TooLargeForZip();
      entry.crc = crcOf(data, entry.crc);
      await packed(entry, await pack.push(data));
    },
    async finish() {
      await end();
      const directory = at;
      for (const entry of entries) await put(directoryLine(entry));
      await put(directoryEnd(entries.length, directory, at - directory));
      await file.sync();
      await file.close();
      return at;
    },
    async abandon() {
      pack?.close();
      await file.close().catch(() => undefined);
    },
  };
}
