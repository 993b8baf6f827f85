/** PDF files are only ever saved, never opened by us. Whole they must be, and nothing else in disguise. */
import type { FileHandle } from "node:fs/promises";
import { inflateRawSync } from "node:zlib";
import { isRegular, isSpace, nameAt, PdfReader, type PdfValue, Steps } from "./pdf-reader.js";
import { actsByItself, damaged, startsByItself, unpacksTooLarge } from "./refused-files.js";

/** Limits of one stream of objects, and of all streams of a file. */
const maxOfStream = 16 * 1024 * 1024;
const maxOfStreams = 48 * 1024 * 1024;
const maxStreams = 20_000;
const maxObjects = 500_000;
/** Words among the bytes of a stream that look like its end. */
const maxTries = 8;
/** What of a locked file is tried, to see whether it is locked indeed. */
const tried = 512;

/** Only a stream of objects has both `First` and `N`: programs find its objects by them, whatever its `Type`. */
const ofStream = new Set(["First", "N", "Filter", "DecodeParms", "Length"]);

type Entries = readonly (readonly [string, PdfValue])[];

const digit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** The number of the object whose `obj` stands at `at`, read backwards; null: something else stands before it. */
function numberBefore(bytes: Buffer, at: number): number | null {
  let i = at - 1;
  const back = (is: (byte: number | undefined) => boolean, most: number): number => {
    const from = i;
    while (i >= 0 && from - i < most && is(bytes[i])) i -= 1;
    return from - i;
  };
  back(isSpace, 16);
  if (back(digit, 6) === 0 || back(isSpace, 16) === 0) return null;
  const behind = i + 1;
  return back(digit, 11) === 0 ? null : Number(bytes.toString("latin1", i + 1, behind));
}

/** Whether it puts bytes in between, so that names cannot be read; where that is said elsewhere, it is believed. */
function predicts(parameters: PdfValue): boolean {
  if (parameters.kind === "array") return parameters.items.some(predicts);
  if (parameters.kind !== "dictionary") return parameters.kind === "reference";
  return parameters.entries.some(
    ([name, value]) => name === "Predictor" && !(value.kind === "number" && value.value < 2),
  );
}

/** Whether the bytes are packed, as objects are and no other way. Problem invalid-input for another, which would hide them. */
function isPacked(entries: Entries): boolean {
  const said = (name: string): PdfValue[] => entries.flatMap(([one, value]) => (one === name ? [value] : []));
  const filters = said("Filter").flatMap((value) => (value.kind === "array" ? value.items : [value]));
  if (said("Filter").length === 0) return false;
  const isFlate = (one: PdfValue): boolean => one.kind === "name" && (one.name === "FlateDecode" || one.name === "Fl");
  if (filters.length !== 1 || !filters.every(isFlate) || said("DecodeParms").some(predicts)) throw actsByItself();
  return true;
}

class PdfObjects {
  /** Where the objects of a number begin; those whose number cannot be told have none. */
  private readonly places = new Map<number | null, { readonly bytes: Buffer; readonly at: number }[]>();
  private noted = 0;
  private streams = 0;
  private left = maxOfStreams;
  private readonly locked: boolean;

  constructor(
    private readonly whole: Buffer,
    private readonly steps: Steps,
    { locked }: { locked: boolean },
  ) {
    this.locked = locked;
  }

  /** What each stream of objects unpacks to, in the order of the file. Ask for all of it before you ask for values. */
  *unpacked(): Iterable<Buffer> {
    const { whole } = this;
    for (let at = whole.indexOf("obj", 0, "latin1"); at >= 0; at = whole.indexOf("obj", at + 3, "latin1")) {
      const before = whole[at - 1];
      if (isRegular(before) && !digit(before)) continue;
      this.note(numberBefore(whole, at), whole, at + 3);
      const reader = new PdfReader(whole, at + 3, this.steps);
      const entries = reader.dictionary(ofStream);
      const names = new Set(entries?.map(([name]) => name));
      if (entries === null || !names.has("First") || !names.has("N") || reader.word() !== "stream") continue;
      const objects = this.unpack(reader.at, entries);
      if (objects === null) continue;
      this.index(objects, entries);
      yield objects;
    }
  }

  /** Every value that the file gives to this number, the newest and the older ones. Empty: it has none. */
  *valuesOf(number: number): Iterable<PdfValue> {
    for (const { bytes, at } of [...(this.places.get(number) ?? []), ...(this.places.get(null) ?? [])]) {
      yield new PdfReader(bytes, at, this.steps).value();
    }
  }

  private note(number: number | null, bytes: Buffer, at: number): void {
    this.noted += 1;
    if (this.noted > maxObjects) throw unpacksTooLarge();
    const known = this.places.get(number);
    if (known === undefined) this.places.set(number, [{ bytes, at }]);
    else known.push({ bytes, at });
  }

  /** Null: it is locked with the file's password. */
  private unpack(behind: number, entries: Entries): Buffer | null {
    const { whole } = this;
    this.streams += 1;
    if (this.streams > maxStreams) throw unpacksTooLarge();
    let from = behind;
    for (const one of [32, 13, 10]) if (whole[from] === one) from += 1;
    if (!isPacked(entries)) return this.open(from, entries);
    const [first = 0, second = 0] = whole.subarray(from, from + 2);
    const isFlate = (first & 15) === 8 && (first * 256 + second) % 31 === 0;
    if (
      this.locked &&
      !(isFlate && this.inflated(whole.subarray(from + 2, this.endOf(from, from)).subarray(0, tried), true) !== null)
    )
      return null;
    // Without its head and its sum, which programs do not insist on.
    const objects = isFlate ? this.wholeOf(from) : null;
    if (objects === null) throw damaged();
    return objects;
  }

  /** Where the word after `search` stands that ends the stream which begins at `from`; the end of the file where none does. */
  private endOf(from: number, search: number): number {
    const found = this.whole.indexOf("endstream", search, "latin1");
    const end = found < 0 ? this.whole.length : found;
    this.steps.take(Math.max(1, end - Math.max(from, search)));
    return end;
  }

  /** What is not packed: as long as it says. Problem invalid-input where it does not end there, as what would hide something. */
  private open(from: number, entries: Entries): Buffer {
    const length = entries.find(([name]) => name === "Length")?.[1];
    const end = length?.kind === "number" ? from + Math.max(0, length.value) : from;
    if (!/^\s*endstream/.test(this.whole.toString("latin1", end, end + 16))) throw damaged();
    this.steps.take(end - from);
    return this.whole.subarray(from, end);
  }

  /** The stream that begins at `from`, to where its packing ends: the word that ends streams may be among its bytes. Null: it does not end. */
  private wholeOf(from: number): Buffer | null {
    for (let end = from, tries = 0; tries < maxTries; tries += 1) {
      end = this.endOf(from, end);
      const objects = this.inflated(this.whole.subarray(from + 2, end));
      if (objects !== null || end >= this.whole.length) return objects;
      // Each try reads it from its beginning.
      this.steps.take(end - from);
      end += 1;
    }
    return null;
  }

  /** What is there of it, `half` also where its end is missing; null: it is none. Problem invalid-input beyond the bounds. */
  private inflated(packed: Buffer, half = false): Buffer | null {
    let objects: Buffer;
    try {
      const maxOutputLength = Math.max(1, Math.min(this.left, maxOfStream));
      objects = inflateRawSync(packed, { maxOutputLength, ...(half && { finishFlush: 2 }) });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw unpacksTooLarge();
      return null;
    }
    this.left -= objects.length;
    this.steps.give(objects.length);
    return objects;
  }

  /** Before the objects stand the number and the place of each. */
  private index(objects: Buffer, entries: Entries): void {
    const first = entries.find(([name]) => name === "First")?.[1];
    if (first?.kind !== "number") throw actsByItself();
    const reader = new PdfReader(objects, 0, this.steps);
    while (reader.at < first.value) {
      const [number, place] = [reader.value(), reader.value()];
      if (number.kind !== "number" || place.kind !== "number") return;
      this.note(number.value, objects, first.value + place.value);
    }
  }
}

/** Programs write a little after the end; more is another file. */
const maxAfterEnd = 1024;
const tailBytes = 64 * 1024;

/**
 * What runs, opens or brings along something: scripts, programs, attached files, films of other programs. Pages without them
 * show the same.
 */
const acting = new Set(["JavaScript", "Launch", "EmbeddedFiles", "EmbeddedFile", "RichMedia"]);
const firstLetters = new Set([..."#JLEROA"].map((letter) => letter.charCodeAt(0)));
/** What happens where the document or a page is opened, closed, printed, looked at or left. */
const byItself = new Set(["OpenAction", "AA"]);
/** Of what happens at a field or a link, what a person does there. */
const byHand = new Set(["D", "U"]);
/** Commands of the viewer that only turn pages. */
const turning = new Set(["NextPage", "PrevPage", "FirstPage", "LastPage"]);
const maxLinks = 1000;

/** What is said about a file in its names, wherever they stand: also where a program would not look for them. */
class Names {
  locked = false;
  /** Behind each name of what happens by itself. */
  readonly begun: { readonly name: string; readonly bytes: Buffer; readonly at: number }[] = [];

  constructor(private readonly steps: Steps) {}

  /** Problem invalid-input for a name of what acts. */
  read(bytes: Buffer): void {
    for (let slash = 0; slash < bytes.length; slash += 1) {
      if (bytes[slash] !== 0x2f || !firstLetters.has(bytes[slash + 1] ?? 0)) continue;
      const { name, end } = nameAt(bytes, slash);
      if (isRegular(bytes[end])) continue;
      if (acting.has(name)) throw actsByItself();
      if (byItself.has(name)) this.begun.push({ name, bytes, at: end });
      if (name === "Encrypt" && !this.locked) {
        const { kind } = new PdfReader(bytes, end, this.steps).value();
        this.locked = kind === "reference" || kind === "dictionary";
      }
    }
  }
}

const all = (value: PdfValue, name: string): readonly PdfValue[] =>
  value.kind === "dictionary" ? value.entries.flatMap(([one, said]) => (one === name ? [said] : [])) : [];

/** Follows what happens by itself to its end: every action that follows, in every version of each object. */
class Followed {
  private readonly actions = new Set<number>();
  private readonly more = new Set<number>();

  constructor(private readonly objects: PdfObjects) {}

  /** Values that this may be. Each object is asked for once: a circle has an end. */
  private *meant(value: PdfValue, seen: Set<number>): Iterable<PdfValue> {
    if (value.kind !== "reference") {
      yield value;
      return;
    }
    if (seen.has(value.number)) return;
    seen.add(value.number);
    if (seen.size > maxLinks) throw damaged();
    for (const one of this.objects.valuesOf(value.number)) yield* this.meant(one, seen);
  }

  /** Problem invalid-input where this is an action that does more than show a place of the document. */
  refuseAction(action: PdfValue): void {
    for (const value of this.meant(action, this.actions)) {
      if (value.kind === "array") for (const item of value.items) this.refuseAction(item);
      for (const type of all(value, "S")) this.refuseType(type, value);
      for (const next of all(value, "Next")) this.refuseAction(next);
    }
  }

  private refuseType(type: PdfValue, action: PdfValue): void {
    if (type.kind === "reference") throw startsByItself("S");
    if (type.kind !== "name" || type.name === "GoTo") return;
    const commands = type.name === "Named" ? all(action, "N") : [];
    const turns = commands.length > 0 && commands.every((one) => one.kind === "name" && turning.has(one.name));
    if (!turns) throw startsByItself(type.name);
  }

  /** Problem invalid-input where what belongs to a document, a page or a field acts without a person's doing. */
  refuseMore(actions: PdfValue): void {
    for (const value of this.meant(actions, this.more)) {
      if (value.kind !== "dictionary") continue;
      for (const [when, action] of value.entries) if (!byHand.has(when)) this.refuseAction(action);
    }
  }
}

/**
 * Whether it opens with a password only. Problem invalid-input for half a file, for one with another behind it, and for one
 * that acts by itself. What is locked with a password cannot be looked into.
 */
export async function checkPdf(file: FileHandle, bytes: number): Promise<{ locked: boolean }> {
  const whole = Buffer.alloc(bytes);
  await file.read(whole, 0, bytes, 0);
  const tail = whole.subarray(Math.max(0, bytes - tailBytes));
  const end = tail.lastIndexOf("%%EOF", undefined, "latin1");
  if (end < 0) throw damaged();
  const after = tail.subarray(end + 5);
  if (after.length > maxAfterEnd || after.includes("PK\u0005\u0006", 0, "latin1")) throw damaged();

  const steps = new Steps();
  steps.give(bytes);
  const names = new Names(steps);
  names.read(whole);
  const { locked } = names;
  const objects = new PdfObjects(whole, steps, { locked });
  for (const packed of objects.unpacked()) names.read(packed);
  const followed = new Followed(objects);
  for (const { name, bytes: where, at } of names.begun) {
    const value = new PdfReader(where, at, steps).value();
    if (name === "AA") followed.refuseMore(value);
    // An array is a place of the document, and not several actions.
    else if (value.kind !== "array") followed.refuseAction(value);
  }
  return { locked };
}
