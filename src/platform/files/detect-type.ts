/** What a file is, by its content. The name and what the sender said decide nothing but CSV or plain text. */
import { open } from "node:fs/promises";
import type { CheckJob, DetectedType } from "./run-check.js";

const isTable = (a: { name: string; declaredType: string | null }): boolean =>
  /\.csv$/i.test(a.name.trim()) || /^text\/csv\b/i.test(a.declaredType ?? "");

const marks = {
  zip: [Buffer.from("PK\u0003\u0004", "latin1"), Buffer.from("PK\u0005\u0006", "latin1")],
  compound: [Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
  pdf: [Buffer.from("%PDF-", "latin1")],
} as const;

async function markOf(path: string): Promise<keyof typeof marks | null> {
  const file = await open(path, "r");
  try {
    const head = Buffer.alloc(8);
    await file.read(head, 0, head.length, 0);
    const begins = (mark: Buffer): boolean => head.subarray(0, mark.length).equals(mark);
    return (Object.keys(marks) as (keyof typeof marks)[]).find((kind) => marks[kind].some(begins)) ?? null;
  } finally {
    await file.close();
  }
}

/**
 * Null: nothing that is taken. Problem invalid-input where it can be said better than that. Only the first bytes are looked
 * at here; all the rest is done by `run`, elsewhere.
 */
export async function detectType(a: {
  path: string;
  bytes: number;
  name: string;
  declaredType: string | null;
  run: (job: CheckJob) => Promise<DetectedType | null>;
}): Promise<DetectedType | null> {
  const { path, bytes, run } = a;
  const kind = await markOf(path);
  if (kind !== null) return run({ kind, path, bytes });
  const found = await run({ kind: "head", path, bytes });
  if (found !== null) return found.type === "" ? null : found;
  return run({ kind: "text", path, bytes, table: isTable(a) });
}
