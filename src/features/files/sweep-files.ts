/** What was staged and never sent, and what a kill left on disk, is gone a day later. */

import type { Database } from "../../platform/db/query.js";
import type { FileFolder } from "../../platform/files/file-folder.js";
import { forgetPlaces } from "./attachment-places.js";
import { forgetStaged, knownAttachments } from "./attachment-store.js";
import { thumbnailOf } from "./stage-attachment.js";

const keptMs = 86_400_000;
const aBatch = 500;

export interface SweptFiles {
  /** Staged, and taken along by nobody. */
  readonly filesForgotten: number;
  /** On disk without a row, or never whole. */
  readonly filesStray: number;
}

async function forget(db: Database, folder: FileFolder, before: Date): Promise<number> {
  for (let sum = 0; ; ) {
    // The row goes first: nobody takes along what is about to be removed.
    const ids = await forgetStaged(db, { before, limit: aBatch });
    await folder.remove(...ids.flatMap((id) => [id, thumbnailOf(id)]));
    sum += ids.length;
    if (ids.length < aBatch) return sum;
  }
}

/** Safe to run twice, beside others, and to be killed. */
export async function sweepFiles(a: { db: Database; folder: FileFolder; now: Date }): Promise<SweptFiles> {
  const { db, folder } = a;
  const before = new Date(a.now.getTime() - keptMs);
  const filesForgotten = await forget(db, folder, before);
  await forgetPlaces(db, before);
  let filesStray = 0;
  for await (const { names, unfinished } of folder.olderThan(before)) {
    const idOf = (name: string): string => name.slice(0, 32);
    const known = names.length === 0 ? new Set<string>() : await knownAttachments(db, [...new Set(names.map(idOf))]);
    const strays = names.filter((name) => !known.has(idOf(name)));
    await folder.remove(...strays);
    await Promise.all(unfinished.map((path) => folder.discard(path)));
    filesStray += strays.length + unfinished.length;
  }
  return { filesForgotten, filesStray };
}
