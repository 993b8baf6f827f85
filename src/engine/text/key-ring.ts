/**
 * Several keys for one purpose, so that one can be exchanged while people work: the first writes, all read. A key is known by
 * its label wherever something made with it is stored.
 */
import { hkdfSync } from "node:crypto";
import { msg } from "./msg.js";
import type { Bilingual } from "./text.js";

export interface RingKey {
  /** What the administrator calls it; null for a secret that stands alone, as all did before there could be several. */
  readonly id: string | null;
  readonly secret: string;
  /** `2027#5be1c02a`, without an id `#5be1c02a`: the digits are made of the secret and lead nobody to it. */
  readonly label: string;
}

/** The first writes. */
export type KeyRing = readonly [RingKey, ...RingKey[]];

const leastLength = 32;
const entryPattern = /^([\w.-]{1,32}):(.+)$/s;

/** Eight hexadecimal digits: enough to tell a handful of keys apart. */
const fingerprint = (secret: string): string =>
  Buffer.from(hkdfSync("sha256", secret, "", "diwan key fingerprint", 4)).toString("hex");

const keyOf = (id: string | null, secret: string): RingKey => ({
  id,
  secret,
  label: `${id ?? ""}#${fingerprint(secret)}`,
});

const short = msg("text.keyRing.short", { n: String(leastLength) });

/** The first two places of a list that hold the same. */
function twice(values: readonly string[]): { readonly first: number; readonly second: number } | null {
  const second = values.findIndex((value, i) => values.indexOf(value) < i);
  return second < 0 ? null : { first: values.indexOf(values[second] as string) + 1, second: second + 1 };
}

/**
 * Reads a variable: one secret as it is, or keys as `id:secret` with commas, blanks or line breaks between. Faults name an
 * entry by its place, never by what it says.
 * @returns the ring, or what is wrong with the text
 */
export function readKeyRing(text: string): { readonly ring: KeyRing } | { readonly fault: Bilingual } {
  const entries = text.split(/[\s,]+/).filter((entry) => entry !== "");
  const read = entries.map((entry) => entryPattern.exec(entry));
  const named = read.filter((entry) => entry !== null);
  // Words with blanks between are one secret: that was always so.
  if (named.length === 0 && (entries.length <= 1 || entries.every((entry) => entry.length < leastLength))) {
    return entries.length === 0 || text.length < leastLength ? { fault: short } : { ring: [keyOf(null, text)] };
  }
  const nameless = read.indexOf(null);
  if (nameless >= 0) return { fault: msg("text.keyRing.nameless", { n: nameless + 1 }) };
  const [ids, secrets] = [named.map(([, id = ""]) => id), named.map(([, , secret = ""]) => secret)];
  const tooShort = secrets.findIndex((secret) => secret.length < leastLength);
  if (tooShort >= 0) {
    return { fault: entries.length === 1 ? short : msg("text.keyRing.numbered", { n: tooShort + 1, what: short }) };
  }
  const sameId = twice(ids);
  if (sameId !== null) return { fault: msg("text.keyRing.sameId", sameId) };
  const sameSecret = twice(secrets);
  if (sameSecret !== null) return { fault: msg("text.keyRing.sameSecret", sameSecret) };
  const [first, ...others] = named.map(([, id = "", secret = ""]) => keyOf(id, secret));
  return { ring: [first as RingKey, ...others] };
}

/** The keys of a text that was checked before. Error for one that was not. */
export function keyRing(text: string): KeyRing {
  const read = readKeyRing(text);
  if ("ring" in read) return read.ring;
  throw new Error(`A key ${read.fault.en}`);
}

/** The part of a label that the secret decides: `#5be1c02a`. */
export const printOf = (label: string): string => label.slice(label.lastIndexOf("#"));

/** The key of that label, whatever id it has by now; null when it is not among these. */
export const keyLabelled = (ring: KeyRing, label: string): RingKey | null =>
  ring.find((key) => printOf(key.label) === printOf(label)) ?? null;

/** A key for one purpose: what is learnt of it says nothing about another's. 32 bytes. */
export const derivedKey = ({ secret }: RingKey, purpose: string): Buffer =>
  Buffer.from(hkdfSync("sha256", secret, "", `diwan ${purpose}`, 32));

/** As `derivedKey`, for each key in order. */
export const derivedKeys = (ring: KeyRing, purpose: string): readonly [Buffer, ...Buffer[]] => {
  const [first, ...others] = ring;
  return [derivedKey(first, purpose), ...others.map((key) => derivedKey(key, purpose))];
};
