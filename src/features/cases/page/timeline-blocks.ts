/** A timeline as it is shown: what followed by itself gathered between what people did, and the middle of a long one folded. */
import type { TimelineEntry } from "../../../engine/explain/describe-event.js";

/** What somebody did, and the steps that followed from it by themselves. */
export interface Block {
  readonly entry: TimelineEntry;
  readonly steps: readonly TimelineEntry[];
}

export interface Fold {
  /** Folded away, first to last. */
  readonly blocks: readonly Block[];
}

/** First to last, every entry once. */
export function blocksOf(entries: readonly TimelineEntry[]): readonly Block[] {
  const blocks: { entry: TimelineEntry; steps: TimelineEntry[] }[] = [];
  for (const entry of entries) {
    const last = blocks.at(-1);
    if (entry.folded && last !== undefined) last.steps.push(entry);
    else blocks.push({ entry, steps: [] });
  }
  return blocks;
}

/** So many at the beginning (what was sent) and at the end (what is being talked about) always stand open. */
const openFirst = 2;
const openLast = 8;
/** Folding away less than this hides more than it saves. */
const leastFolded = 4;

/** First to last, the middle of a long conversation as one fold. */
export function withFold(blocks: readonly Block[]): readonly (Block | Fold)[] {
  const middle = blocks.slice(openFirst, -openLast);
  if (middle.length < leastFolded) return blocks;
  return [...blocks.slice(0, openFirst), { blocks: middle }, ...blocks.slice(-openLast)];
}

/** The number of its last event. */
export function lastSeq(one: Block | Fold): number {
  if ("blocks" in one) return Math.max(...one.blocks.map(lastSeq));
  return Math.max(one.entry.seq, ...one.steps.map(({ seq }) => seq));
}

const said = new Set(["application", "question", "reply", "answer", "note"]);

/** The last thing that a person said; null where nobody has. */
export function lastSaid(entries: readonly TimelineEntry[]): TimelineEntry | null {
  return entries.filter(({ kind }) => said.has(kind)).at(-1) ?? null;
}

/** What happened after a step that somebody has seen and could make what they are writing wrong. */
export function happenedSince(entries: readonly TimelineEntry[], seq: number): readonly TimelineEntry[] {
  return entries.filter((entry) => entry.seq > seq && !entry.folded && entry.kind !== "reading");
}
