/** The extra questions of an application type, answered: checked against what the operation room set up as data. */

import { dayNumberOf } from "../../engine/calendar/civil-date.js";
import { attachmentIdForm } from "../../engine/files/attachment.js";
import type { Entity, ExtraField, LocationAnswer, Setup } from "../../engine/setup/setup.js";
import { entityEnded, entityNotLive, outOfBounds, reasons, requiredField, unknownCode } from "./fault-reasons.js";
import {
  checkProperties,
  type Faults,
  isPlain,
  nearestRecord,
  plainDigits,
  pointer,
  readCode,
  readText,
} from "./input-checks.js";

/** Where the set-up gives no length of its own. */
const defaultMaxLength = 1000;

/** What answers are checked against. */
export interface FieldSurroundings {
  readonly setup: Pick<Setup, "entities" | "governorates">;
  /** Whether an entity receives cases now. */
  readonly receives: (entity: Entity) => boolean;
  /** Who took over an entity that is no more, and receives cases now; null: none did. */
  readonly takenOverBy: (entity: string) => string | null;
  /** Ids of the files that come with the application; null: not known yet. */
  readonly files: readonly string[] | null;
}

type ReadValue = (value: unknown, field: ExtraField, at: string, faults: Faults, around: FieldSurroundings) => unknown;

/** What is stored of degrees: six decimals are a hand's breadth on the ground, and maps give more than anybody measured. */
const degreeParts = 1e6;

/** A number within bounds, from digits of either script, rounded to what is stored; null where none was given or after a fault. */
function degrees(value: unknown, at: string, most: number, faults: Faults): number | null {
  if (isBlank(value)) return null;
  const number = numberOf(value);
  // Adding 0 makes 0 of −0, which is what a hair west of Greenwich rounds to.
  if (number !== null && Math.abs(number) <= most) return Math.round(number * degreeParts) / degreeParts + 0;
  faults.add(at, number === null ? reasons.number : outOfBounds(-most, most));
  return null;
}

const longestPlace = 200;

const location: ReadValue = (value, _field, at, faults, { setup }): LocationAnswer | null => {
  if (!isPlain(value)) {
    faults.add(at, reasons.object);
    return null;
  }
  const already = faults.list.length;
  checkProperties(value, ["governorate", "place", "latitude", "longitude"], at, faults);
  const governorate = readCode(value.governorate, pointer(at, "governorate"), setup.governorates, faults, true);
  const place = readText(value.place, pointer(at, "place"), { max: longestPlace }, faults);
  const latitude = degrees(value.latitude, pointer(at, "latitude"), 90, faults);
  const longitude = degrees(value.longitude, pointer(at, "longitude"), 180, faults);
  if (faults.list.length === already && (latitude === null) !== (longitude === null)) {
    faults.add(pointer(at, latitude === null ? "latitude" : "longitude"), reasons.missing);
  }
  if (faults.list.length > already || governorate === null) return null;
  return { governorate: governorate.code, place, latitude, longitude };
};

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
  entity: (value, _field, at, faults, { setup, receives, takenOverBy }) => {
    const entity = readCode(value, at, setup.entities, faults, false, () => true);
    if (entity === null) return null;
    if (!entity.retired && receives(entity)) return entity.code;
    const by = takenOverBy(entity.code);
    if (by === null) faults.add(at, entity.retired ? entityEnded(entity.name) : entityNotLive(entity.name));
    return by;
  },
  location,
  file: (value, _field, at, faults, { files }) => {
    if (typeof value === "string" && attachmentIdForm.test(value) && (files === null || files.includes(value)))
      return value;
    faults.add(at, reasons.file);
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
  around: FieldSurroundings,
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
    const answer = readers[definition.type](given, definition, at, faults, around);
    if (answer !== null) answers[definition.code] = answer;
  }
  return answers;
}

function isBlank(value: unknown): boolean {
  // An object whose every part was left empty says nothing either.
  if (isPlain(value)) return Object.keys(value).length > 0 && Object.values(value).every(isBlank);
  return value === undefined || value === null || (typeof value === "string" && value.trim() === "");
}

/** Before the point as many digits as a number holds exactly; after it as many as other systems write: the rest is rounded away. */
const decimal = /^[+-]?(\d{1,15}(\.\d{0,60})?|\.\d{1,60})$/;

function numberOf(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "string") return null;
  const digits = plainDigits(value.trim());
  return decimal.test(digits) ? Number(digits) : null;
}
