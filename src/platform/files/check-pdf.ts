/** PDF files are only ever saved, never opened by us. Whole they must be, and nothing else in disguise. */
import type { FileHandle } from "node:fs/promises";
import { PdfObjects } from "./pdf-objects.js";
import { isRegular, nameAt, PdfReader, type PdfValue, Steps } from "./pdf-reader.js";
import { actsByItself, damaged, startsByItself } from "./refused-files.js";

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
