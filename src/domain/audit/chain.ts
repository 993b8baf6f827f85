/**
 * The hash chain of events: each event's hash covers the one before, so that a row cannot change unseen.
 *
 * What is hashed is canonical text, byte for byte what is stored: a database type such as jsonb would reorder it.
 */
import { createHash } from "node:crypto";

/** What stands before the first event of every chain. */
export const emptyHash = "0".repeat(64);

/** One event of one chain, as it is hashed. `actor` and `data` are canonical texts. */
export interface ChainedEvent {
  /** `case/123` or `audit/configuration`: an event moved to another chain no longer fits. */
  readonly chain: string;
  /** 1, 2, 3 … without a gap. */
  readonly seq: number;
  readonly at: Date;
  readonly type: string;
  readonly actor: string;
  readonly data: string;
}

/** False for what a database can hold as a moment and nobody can write as one: infinity, or a year beyond counting. */
export const isMoment = (at: unknown): at is Date => at instanceof Date && Number.isFinite(at.getTime());

/** Chain of a case's events; a check gives the number as text, for it may be one that Diwan never gave. */
export const caseChain = (caseId: number | string): string => `case/${caseId}`;
/** Chain of one stream of changes to the set-up. */
export const auditChain = (stream: string): string => `audit/${stream}`;

/**
 * The one text of a value: JSON without spaces, keys in order of their UTF-16 code units, `undefined` left out as JSON
 * does, moments as ISO strings.
 * @throws TypeError for what JSON cannot say (functions, bigint, NaN, endless numbers, circles): a record must not lose anything silently.
 */
export function canonicalText(value: unknown): string {
  return textOf(value, new Set());
}

function textOf(value: unknown, above: Set<object>): string {
  if (value === null) return "null";
  switch (typeof value) {
    case "string":
      return JSON.stringify(storable(value));
    case "boolean":
      return String(value);
    case "number":
      if (!Number.isFinite(value)) throw new TypeError(`${value} cannot be recorded`);
      return JSON.stringify(value);
    case "object":
      return textOfObject(value, above);
    default:
      throw new TypeError(`A ${typeof value} cannot be recorded`);
  }
}

/** Lone surrogates are replaced and NUL left out: PostgreSQL's jsonb takes neither, and a record must stay readable as JSON. */
const storable = (value: string): string =>
  value.replace(/\p{Surrogate}|\0/gu, (lost) => (lost === "\0" ? "" : "\ufffd"));

function textOfObject(value: object, above: Set<object>): string {
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (above.has(value)) throw new TypeError("A circle cannot be recorded");
  above.add(value);
  const text = Array.isArray(value) ? textOfList(value, above) : textOfRecord(value, above);
  above.delete(value);
  return text;
}

function textOfList(list: readonly unknown[], above: Set<object>): string {
  return `[${list.map((item) => textOf(item === undefined ? null : item, above)).join(",")}]`;
}

function textOfRecord(record: object, above: Set<object>): string {
  const texts = new Map<string, string>();
  let renamed = false;
  for (const [key, item] of Object.entries(record).sort(byName)) {
    if (item === undefined) continue;
    // Two names may become one when what cannot be stored is left out of them; neither's value may be lost.
    let name = storable(key);
    while (texts.has(name)) name = `${name}'`;
    renamed ||= name !== key;
    texts.set(name, textOf(item, above));
  }
  const stored = [...texts];
  // The names that are stored may stand in another order than those they were made of.
  if (renamed) stored.sort(byName);
  return `{${stored.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(",")}}`;
}

const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1);

/** SHA-256, hexadecimal, over the hash before and the canonical text of the event. */
export function chainHash(previousHash: string, event: ChainedEvent): string {
  const { chain, seq, at, type, actor, data } = event;
  const text = `[${JSON.stringify(chain)},${seq},${JSON.stringify(at.toISOString())},${JSON.stringify(type)},${JSON.stringify(actor)},${JSON.stringify(data)}]`;
  return createHash("sha256").update(previousHash).update("\n").update(text).digest("hex");
}
