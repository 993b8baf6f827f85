/** Makes ready what replays read quickly: past decisions by columns, and what is said of cases, in the night after. */

import type { Database } from "../../../platform/db/query.js";
import { blocksToLayDown, layDown } from "./decision-columns.js";
import { layTextsDown, textsToLayDown } from "./replay-texts.js";

/** The queue gives up on a run a while later. */
const longestMs = 10 * 60_000;
/** More than are laid down in that time. */
const mostBlocks = 5_000;

/**
 * Safe to run twice and late: what was not made ready is read from the record itself, which takes longer. What is left is done
 * in the next night.
 * @param now how promises stand at this moment is laid down
 * @param elapsed milliseconds since some moment
 */
export async function prepareReplays(
  db: Database,
  { now, elapsed }: { readonly now: Date; readonly elapsed: () => number },
): Promise<{ blocksOfCases: number; blocksOfDecisions: number; left: boolean }> {
  const end = elapsed() + longestMs;
  /** How many of them were laid down. */
  async function each<Block>(blocks: readonly Block[], lay: (block: Block) => Promise<void>): Promise<number> {
    for (const [done, block] of blocks.entries()) {
      if (elapsed() >= end) return done;
      await lay(block);
    }
    return blocks.length;
  }
  // These are quick, and stale every day.
  const texts = await textsToLayDown(db, { most: mostBlocks, now });
  const blocksOfCases = await each(texts, (one) => layTextsDown(db, one, now));
  const decisions = await blocksToLayDown(db, mostBlocks);
  const blocksOfDecisions = await each(decisions, (one) => layDown(db, one));
  const found = texts.length + decisions.length;
  const left =
    blocksOfCases + blocksOfDecisions < found || texts.length === mostBlocks || decisions.length === mostBlocks;
  return { blocksOfCases, blocksOfDecisions, left };
}
