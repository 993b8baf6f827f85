/** Makes ready what replays read quickly: past decisions by columns, in the night after they were made. */
import { blocksToLayDown, layDown } from "../../db/decision-columns.js";
import type { Database } from "../../db/query.js";

/** The queue gives up on a run a while later. */
const longestMs = 10 * 60_000;
/** More than are laid down in that time. */
const mostBlocks = 5_000;

/**
 * Safe to run twice and late: what was not made ready is read from the record itself, which takes longer. What is left is done
 * in the next night.
 * @param elapsed milliseconds since some moment
 */
export async function prepareReplays(
  db: Database,
  elapsed: () => number,
): Promise<{ blocksOfDecisions: number; left: boolean }> {
  const end = elapsed() + longestMs;
  const blocks = await blocksToLayDown(db, mostBlocks);
  let done = 0;
  for (const block of blocks) {
    if (elapsed() >= end) break;
    await layDown(db, block);
    done += 1;
  }
  return { blocksOfDecisions: done, left: done < blocks.length || blocks.length === mostBlocks };
}
