/** A timeline as it is shown: what people said one below the other, and between it the runs of what was done, a line each. */
import type { TimelineEntry } from "../../../engine/explain/describe-event.js";

/** What somebody wrote, with what came with it. */
export interface Said {
  readonly entry: TimelineEntry;
}

/** What was done or followed by itself between what was said: one line that opens. Never empty. */
export interface Run {
  readonly steps: readonly TimelineEntry[];
}

export type Block = Said | Run;

const messages = new Set(["application", "question", "reply", "answer", "note"]);

/** Whether it is read in full: a message, or a step with reasons, answers or files. */
const isSaid = ({ kind, text, fields, files }: TimelineEntry): boolean =>
  messages.has(kind) || text !== null || fields !== undefined || files.length > 0;

export interface TimelineOfCase {
  /** What was sent, with which it began. */
  readonly original: TimelineEntry | null;
  /** What was said and done since. */
  readonly conversation: readonly TimelineEntry[];
  /** Who looked at personal data and files. */
  readonly readings: readonly TimelineEntry[];
}

/** Every entry once, each part first to last. */
export function partsOf(entries: readonly TimelineEntry[]): TimelineOfCase {
  const [first] = entries;
  const original = first?.kind === "application" ? first : null;
  const rest = entries.filter((entry) => entry !== original);
  return {
    original,
    conversation: rest.filter(({ kind }) => kind !== "reading"),
    readings: rest.filter(({ kind }) => kind === "reading"),
  };
}

/** First to last, every entry once. */
export function blocksOf(entries: readonly TimelineEntry[]): readonly Block[] {
  const blocks: (Said | { steps: TimelineEntry[] })[] = [];
  for (const entry of entries) {
    const last = blocks.at(-1);
    if (isSaid(entry)) blocks.push({ entry });
    else if (last !== undefined && "steps" in last) last.steps.push(entry);
    else blocks.push({ steps: [entry] });
  }
  return blocks;
}

export const entriesOf = (block: Block): readonly TimelineEntry[] => ("steps" in block ? block.steps : [block.entry]);

/** What counts most of a run is what it is called by. */
const weights: readonly (readonly TimelineEntry["kind"][])[] = [["escalation"], ["step"]];

/** The newest of what counts most. */
export function headOfRun({ steps }: Run): TimelineEntry {
  for (const kinds of weights) {
    const found = steps.filter(({ kind }) => kinds.includes(kind)).at(-1);
    if (found !== undefined) return found;
  }
  return steps.at(-1) as TimelineEntry;
}

/** How many blocks at the end (what is being talked about) are always open. */
const openLast = 10;
/** Folding away less than this hides more than it saves. */
const leastFolded = 4;

/** A long conversation: what came earlier, folded away, and what is shown at once. */
export function withFold(blocks: readonly Block[]): {
  readonly away: readonly Block[];
  readonly shown: readonly Block[];
} {
  const away = blocks.slice(0, -openLast);
  return away.length < leastFolded ? { away: [], shown: blocks } : { away, shown: blocks.slice(-openLast) };
}

/** What happened after a step that somebody has seen and could make what they are writing wrong. */
export function happenedSince(entries: readonly TimelineEntry[], seq: number): readonly TimelineEntry[] {
  return entries.filter((entry) => entry.seq > seq && !entry.folded && entry.kind !== "reading");
}
