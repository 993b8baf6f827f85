/** The extra questions of an application type, answered: checked against what the operation room set up as data. */
import { dayNumberOf } from "../domain/calendar/civil-date.js";
import type { ExtraField } from "../domain/setup.js";
import { outOfBounds, reasons, requiredField, unknownCode } from "./fault-reasons.js";
import {
  checkProperties,
  type Faults,
  isPlain,
  nearestRecord,
  plainDigits,
  pointer,
  readText,
} from "./input-checks.js";

/** Where the set-up gives no length of its own. */
const defaultMaxLength = 1000;

type ReadValue = (value: unknown, field: ExtraField, at: string, faults: Faults) => unknown;

/** One reader a field type; each answers null after it noted a fault. */
const readers: Readonly<Record<ExtraField["type"], ReadValue>> = {
  text: (value, field, at, faults) =>
    readText(value, at, { max: field.maxLength ?? defaultMaxLength, lines: true }, faults),
  number: (value, field, at, faults) => {
    const number = numberOf(value);
    if (number === null) {
      faults.add(at, reasons.number);
      return null;
    }
    if ((field.min !== undefined && number < field.min) || (field.max !== undefined && number > field.max)) {
      faults.add(at, outOfBounds(field.min, field.max));
      return null;
    }
    return number;
  },
  boolean: (value, _field, at, faults) => {
    if (typeof value === "boolean") return value;
    faults.add(at, reasons.boolean);
    return null;
  },
  date: (value, _field, at, faults) => {
    const date = typeof value === "string" ? plainDigits(value.trim()) : "";
    if (dayNumberOf(date) !== null) return date;
    faults.add(at, reasons.date);
    return null;
  },
  choice: (value, field, at, faults) => {
    const code = readText(value, at, { max: 100 }, faults);
    if (code === null) return null;
    const choices = field.choices ?? [];
    if (choices.some((choice) => choice.code === code)) return code;
    const codes = choices.map((choice) => choice.code);
    faults.add(at, unknownCode(code, codes, nearestRecord(code, choices)));
    return null;
  },
};

/**
 * Answers to the extra fields of a type, by code; what was left out is not in the result.
 * Faults: unknown field, required field missing, wrong type, out of bounds, no such choice.
 */
export function readExtraFields(
  value: unknown,
  definitions: readonly ExtraField[],
  faults: Faults,
): Record<string, unknown> {
  const base = "/fields";
  if (value !== undefined && value !== null && !isPlain(value)) {
    faults.add(base, reasons.object);
    return {};
  }
  const sent = value ?? {};
  checkProperties(
    sent,
    definitions.map((d) => d.code),
    base,
    faults,
  );
  const answers: Record<string, unknown> = {};
  for (const definition of definitions) {
    const at = pointer(base, definition.code);
    const given = Object.hasOwn(sent, definition.code) ? sent[definition.code] : undefined;
    if (isBlank(given)) {
      if (definition.required) faults.add(at, requiredField(definition.name));
      continue;
    }
    const answer = readers[definition.type](given, definition, at, faults);
    if (answer !== null) answers[definition.code] = answer;
  }
  return answers;
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === "string" && value.trim() === "");
}

function numberOf(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "string") return null;
  const digits = plainDigits(value.trim());
  return /^[+-]?\d{1,15}(\.\d{1,6})?$/.test(digits) ? Number(digits) : null;
}
