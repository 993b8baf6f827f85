/** Makes ready what replays read quickly: past decisions by columns, in the night after they were made. */
import { blocksToLayDown, layDown } from "../../db/decision-columns.js";
import type { Database } from "../../db/query.js";

/** Some two million cases; what is left is done in the next night. */
const mostBlocks = 500;

/** Safe to run twice and late: what was not made ready is read from the record itself, which takes longer. */
export async function prepareReplays(db: Database): Promise<{ blocksOfDecisions: number; left: boolean }> {
  const blocks = await blocksToLayDown(db, mostBlocks + 1);
  const now = blocks.slice(0, mostBlocks);
  for (const block of now) await layDown(db, block);
  return { blocksOfDecisions: now.length, left: blocks.length > now.length };
}
