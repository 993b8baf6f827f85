/** Where the files of exports lie: below the home folder, each under a number that nobody guesses, for the owner alone. */
import { mkdir, readdir, rename, rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import type { ExportFormat } from "./export-store.js";

export interface ExportFolder {
  /** Where a file grows; it is in nobody's way. */
  part(id: string, by: string): string;
  path(id: string, format: ExportFormat): string;
  /** Makes the folder, and says how many bytes the disk has left. */
  prepare(): Promise<number>;
  /** A file that grew becomes the file. */
  keep(part: string, id: string, format: ExportFormat): Promise<string>;
  remove(path: string): Promise<void>;
  /** Removes what is not among these numbers. Returns how many. */
  sweep(kept: ReadonlySet<string>): Promise<number>;
}

const named = /^([0-9a-f-]{36})\.(?:xlsx|csv|[0-9a-f-]{36}\.part)$/;

export function exportFolder(folder: string): ExportFolder {
  const path: ExportFolder["path"] = (id, format) => join(folder, `${id}.${format}`);
  const remove = (file: string): Promise<void> => rm(file, { force: true });
  return {
    path,
    remove,
    part: (id, by) => join(folder, `${id}.${by}.part`),
    async prepare() {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    },
    async keep(part, id, format) {
      await rename(part, path(id, format));
      return path(id, format);
    },
    async sweep(kept) {
      const names = await readdir(folder).catch(() => []);
      const gone = names.filter((name) => {
        const id = named.exec(name)?.[1];
        return id !== undefined && !kept.has(id);
      });
      await Promise.all(gone.map((name) => remove(join(folder, name))));
      return gone.length;
    },
  };
}
