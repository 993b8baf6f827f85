/**
 * The folder of files. A file is written to `incoming/`, synced, and moved to its place when it is whole: what stands in a
 * place is complete. Names are the files' ids and never what was sent.
 */
import { createHash } from "node:crypto";
import { createReadStream, type ReadStream } from "node:fs";
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ByteRange } from "../../engine/files/download-headers.js";
import { storageFull, storing, tooLarge } from "./refused-files.js";

/** What is left to the database and everybody else on the same disk. */
const floorBytes = 256 * 1024 * 1024;
/** What may wait to be sent in all; on a small volume half of it. */
const maxWaitingBytes = 8 * 1024 ** 3;

export interface Incoming {
  readonly path: string;
  readonly bytes: number;
}

export interface FileFolder {
  /** Problem storage-full when this much more would leave too little. */
  requireRoom(bytes: number): Promise<void>;
  /** The same, and keeps it for a file that is about to come: give it back when that stands, or will not. */
  reserveRoom(bytes: number): Promise<() => void>;
  /** Bytes that may wait to be sent in all, on a volume of this size, and that are free for more now. */
  roomForWaiting(): Promise<{ readonly most: number; readonly free: number }>;
  /** Writes what comes, at most so many bytes. Problems: too-large, storage-full. */
  receive(id: string, content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Incoming>;
  /** A place to write `name` to before it is kept. */
  incoming(name: string): string;
  /** Syncs a written file and moves it to its place; `at`: its age is told by it. */
  keep(path: string, name: string, at: Date): Promise<void>;
  /** Size of a kept file; null: there is none. */
  size(name: string): Promise<number | null>;
  read(name: string, range?: ByteRange | null): ReadStream;
  /** Hash of a kept file in hexadecimal; null: there is none. */
  sha256(name: string): Promise<string | null>;
  remove(...names: string[]): Promise<void>;
  discard(path: string): Promise<void>;
  /** Names of kept files that are older than `before`, folder by folder, and of what never became whole. */
  olderThan(before: Date): AsyncIterable<{ readonly names: readonly string[]; readonly unfinished: readonly string[] }>;
}

/** Names of ours; whatever else stands in the folder is none of our business. */
const ours = /^[0-9a-f]{32}(\.webp|\.clean)?$/;

const folderForm = /^[0-9a-f]{2}$/;

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "ENOENT";

async function entriesOf(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error) || (error as NodeJS.ErrnoException).code === "ENOTDIR") return [];
    throw error;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeAll(file: FileHandle, content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<number> {
  let bytes = 0;
  for await (const chunk of content) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    for (let written = 0; written < chunk.length; ) {
      written += (await file.write(chunk, written, chunk.length - written)).bytesWritten;
    }
  }
  return bytes;
}

/**
 * @param root made when it is first needed
 * @param maxWaiting bytes that may wait to be sent in all, however large the volume is
 */
export function openFileFolder(root: string, maxWaiting = maxWaitingBytes): FileFolder {
  const incomingFolder = join(root, "incoming");
  const placeOf = (name: string): string => join(root, name.slice(0, 2), name.slice(2, 4), name);
  const discard = (path: string): Promise<void> => rm(path, { force: true });

  const volume = () =>
    storing(async () => {
      await mkdir(incomingFolder, { recursive: true, mode: 0o750 });
      const { bavail, bsize, blocks } = await statfs(root);
      return { free: bavail * bsize, bytes: blocks * bsize };
    });
  // Kept for files that are on their way: what several were told at once must not be the same room.
  let reserved = 0;
  const roomLeft = async () => {
    const { free, bytes } = await volume();
    // A small volume of its own has nobody else to leave much to.
    return { bytes, free: free - reserved - Math.min(floorBytes, bytes / 20) };
  };
  const requireRoom = async (more: number): Promise<void> => {
    if ((await roomLeft()).free < more) throw storageFull();
  };

  return {
    incoming: (name) => join(incomingFolder, name),
    discard,
    requireRoom,
    async reserveRoom(bytes) {
      reserved += bytes;
      try {
        await requireRoom(0);
      } catch (error) {
        reserved -= bytes;
        throw error;
      }
      return () => {
        reserved -= bytes;
      };
    },
    async roomForWaiting() {
      const { bytes, free } = await roomLeft();
      return { most: Math.min(maxWaiting, bytes / 2), free };
    },
    receive: (id, content, maxBytes) =>
      storing(async () => {
        await mkdir(incomingFolder, { recursive: true, mode: 0o750 });
        const path = join(incomingFolder, id);
        try {
          const file = await open(path, "wx", 0o640);
          try {
            return { path, bytes: await writeAll(file, content, maxBytes) };
          } finally {
            await file.close();
          }
        } catch (error) {
          await discard(path);
          throw error;
        }
      }),
    keep: (path, name, at) =>
      storing(async () => {
        const place = placeOf(name);
        const file = await open(path, "r+");
        try {
          await file.utimes(at, at);
          await file.sync();
        } finally {
          await file.close();
        }
        await mkdir(dirname(place), { recursive: true, mode: 0o750 });
        await rename(path, place);
        await syncFolder(dirname(place));
      }),
    async size(name) {
      try {
        return (await stat(placeOf(name))).size;
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    read: (name, range) => createReadStream(placeOf(name), range ? { start: range.from, end: range.to } : {}),
    async sha256(name) {
      const hash = createHash("sha256");
      try {
        for await (const chunk of createReadStream(placeOf(name))) hash.update(chunk);
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
      return hash.digest("hex");
    },
    async remove(...names) {
      await Promise.all(names.map((name) => rm(placeOf(name), { force: true })));
    },
    async *olderThan(before) {
      const old = async (paths: readonly string[]): Promise<string[]> => {
        const ages = await Promise.all(paths.map((path) => stat(path).catch(() => null)));
        return paths.filter((_path, i) => (ages[i]?.mtimeMs ?? Number.POSITIVE_INFINITY) < before.getTime());
      };
      const unfinished = (await entriesOf(incomingFolder))
        .filter((name) => ours.test(name))
        .map((name) => join(incomingFolder, name));
      yield { names: [], unfinished: await old(unfinished) };
      for (const first of (await entriesOf(root)).filter((name) => folderForm.test(name))) {
        for (const second of (await entriesOf(join(root, first))).filter((name) => folderForm.test(name))) {
          const names = (await entriesOf(join(root, first, second))).filter((name) => ours.test(name));
          const kept = new Set(await old(names.map(placeOf)));
          yield { names: names.filter((name) => kept.has(placeOf(name))), unfinished: [] };
        }
      }
    },
  };
}
