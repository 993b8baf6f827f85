/** Small checks that application input is made of: each notes its fault and goes on, so that all are told at once. */

import type { Labelled } from "../../engine/setup/setup.js";
import { nearest } from "../../engine/text/nearest.js";
import { westernDigits } from "../../engine/text/normalise-text.js";
import type { FieldFault } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import { unreadableText } from "../../engine/text/unreadable-text.js";
import { reasons, retiredCode, tooLong, unknownCode, unknownProperty } from "./fault-reasons.js";

export type Plain = Readonly<Record<string, unknown>>;

/** More faults than this help nobody; a request of 64 KB could hold thousands. */
const maxFaults = 50;

/** Collects faults, at most `maxFaults` and one that says there are more. */
export class Faults {
  readonly list: FieldFault[] = [];
  add(field: string, reason: Bilingual): void {
    if (this.list.length < maxFaults) this.list.push({ field, reason });
    else if (this.list.length === maxFaults) this.list.push({ field: "", reason: reasons.tooMany });
  }
}

/** Whether it is a JSON object (neither null nor a list). */
export function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Appends a name to a JSON pointer (RFC 6901). */
export function pointer(base: string, name: string): string {
  return `${base}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** Notes every property that is not in `allowed`. */
export function checkProperties(value: Plain, allowed: readonly string[], base: string, faults: Faults): void {
  for (const name of Object.keys(value)) {
    if (!allowed.includes(name))
      faults.add(pointer(base, name), unknownProperty(name, allowed, nearest(name.slice(0, 64), allowed)));
  }
}

export interface TextLimits {
  readonly max: number;
  readonly required?: boolean;
  /** Whether line breaks and tabs are welcome. */
  readonly lines?: boolean;
}

/**
 * Text as it was sent, only trimmed and in NFC; null when it was left out, null or (if optional) blank.
 * Lengths are counted in characters (code points), so that an emoji is one.
 */
export function readText(value: unknown, field: string, limits: TextLimits, faults: Faults): string | null {
  if (value === undefined || value === null) {
    if (limits.required) faults.add(field, reasons.missing);
    return null;
  }
  if (typeof value !== "string") {
    faults.add(field, reasons.text);
    return null;
  }
  const text = value.trim().normalize("NFC");
  if (text === "") {
    if (limits.required) faults.add(field, reasons.empty);
    return null;
  }
  const unreadable = unreadableText(text, { lines: limits.lines ?? false });
  if (unreadable !== null) {
    faults.add(field, unreadable);
    return null;
  }
  if (text.length > limits.max) {
    const length = [...text].length;
    if (length > limits.max) {
      faults.add(field, tooLong(limits.max, length));
      return null;
    }
  }
  return text;
}

/** The record that a code names; null when left out or refused. */
export function readCode<Record extends Labelled>(
  value: unknown,
  field: string,
  records: ReadonlyMap<string, Record>,
  faults: Faults,
  required = false,
  /** Whether one that is out of use is taken all the same: who asks says what becomes of it. */
  takesRetired: (record: Record) => boolean = () => false,
): Record | null {
  const code = readText(value, field, { max: 100, required }, faults);
  if (code === null) return null;
  const record = records.get(code);
  if (record && (!record.retired || takesRetired(record))) return record;
  const usable = [...records.values()].filter((r) => !r.retired);
  const codes = usable.map((r) => r.code);
  faults.add(field, record ? retiredCode(code, codes) : unknownCode(code, codes, nearestRecord(code, usable)));
  return null;
}

/** Arabic-Indic (٠–٩) and Persian (۰–۹) digits as 0–9; Arabic decimal and thousands separators likewise. */
export function plainDigits(text: string): string {
  return westernDigits(text).replaceAll("٫", ".").replaceAll("٬", "");
}

interface Nameable {
  readonly code: string;
  readonly name?: Bilingual;
}

/** The code of the record whose code or name, in either language, was probably meant; null when none is near. */
export function nearestRecord(written: string, records: readonly Nameable[]): string | null {
  const codes = new Map<string, string>();
  for (const { code, name } of records) {
    for (const word of [code, name?.en, name?.ar]) if (word && !codes.has(word)) codes.set(word, code);
  }
  // The work grows with the length, which a stranger chooses.
  const meant = nearest(written.slice(0, 64), [...codes.keys()]);
  return meant === null ? null : (codes.get(meant) ?? null);
}
