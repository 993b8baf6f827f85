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
  if (value instanceof Date) return textOfObject(value, nothingAbove);
  return textOf(value, typeof value === "object" && value !== null ? new Set() : nothingAbove);
}

const nothingAbove = new Set<object>();

function textOf(value: unknown, above: Set<object>): string {
  if (value === null) return "null";
  switch (typeof value) {
    case "string":
      return plain.test(value) ? `"${value}"` : JSON.stringify(storable(value));
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

/** Stands in JSON as it is. */
const plain = /^[ !#-[\]-~\u0600-\u06ff]*$/;
/** Has what may have to be replaced: most texts have not, and are not gone through twice. */
const odd = /[\0\ud800-\udfff]/;

/** Lone surrogates are replaced and NUL left out: PostgreSQL's jsonb takes neither, and a record must stay readable as JSON. */
const storable = (value: string): string =>
  odd.test(value) ? value.replace(/\p{Surrogate}|\0/gu, (lost) => (lost === "\0" ? "" : "\ufffd")) : value;

function textOfObject(value: object, above: Set<object>): string {
  if (value instanceof Date) return `"${value.toISOString()}"`;
  if (above.has(value)) throw new TypeError("A circle cannot be recorded");
  above.add(value);
  const text = Array.isArray(value)
    ? textOfList(value, above)
    : textOfRecord(value as Readonly<Record<string, unknown>>, above);
  above.delete(value);
  return text;
}

function textOfList(list: readonly unknown[], above: Set<object>): string {
  return `[${list.map((item) => textOf(item === undefined ? null : item, above)).join(",")}]`;
}

/** Names in their order, and each as it is written before its value; null: some have to be replaced. */
interface Names {
  readonly given: readonly string[];
  readonly sorted: readonly string[];
  readonly written: readonly string[] | null;
}

/** Of names that people make up only so many are kept. */
const written = new Map<string, string>();
function writtenName(name: string): string {
  const known = written.get(name);
  if (known !== undefined) return known;
  const text = `${JSON.stringify(name)}:`;
  if (written.size < 2000 && name.length < 60) written.set(name, text);
  return text;
}

function namesInOrder(given: readonly string[]): Names {
  const sorted = [...given].sort();
  return {
    given,
    sorted,
    written: sorted.some((name) => odd.test(name)) ? null : sorted.map(writtenName),
  };
}

/** By how many they are, the last ones: records of many names (the facts of a decision) come with the same ones again and again. */
const lastNames = new Map<number, Names>();
const fewNames = 8;
const maxNames = 200;

function namesOf(given: readonly string[]): Names {
  if (given.length <= fewNames || given.length > maxNames) return namesInOrder(given);
  const last = lastNames.get(given.length);
  if (last?.given.every((name, i) => name === given[i])) return last;
  const names = namesInOrder(given);
  lastNames.set(given.length, names);
  return names;
}

function textOfRecord(record: Readonly<Record<string, unknown>>, above: Set<object>): string {
  const names = namesOf(Object.keys(record));
  if (names.written === null) return textOfOddNames(record, above);
  let text = "";
  for (let i = 0; i < names.sorted.length; i++) {
    const item = record[names.sorted[i] as string];
    if (item !== undefined) text += (text === "" ? "" : ",") + names.written[i] + textOf(item, above);
  }
  return `{${text}}`;
}

function textOfOddNames(record: object, above: Set<object>): string {
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
