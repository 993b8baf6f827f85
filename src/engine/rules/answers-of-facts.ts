/** Answers to extra fields of which only that is known which rules and guards may ask: those of a case that is made up. */

import type { ExtraField } from "../setup/setup.js";
import { msg } from "../text/msg.js";
import type { FieldFault } from "../text/problems.js";
import type { FactDefinition } from "./fact-catalogue.js";

/** Of an application that never was, the file and the place are only there or not. */
const someFile = "00000000-0000-4000-8000-000000000000";

function dateOf(number: number): string {
  const digits = String(number).padStart(8, "0");
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
}

/** The answer for which the fact has this value. */
const answers: Readonly<Record<ExtraField["type"], (value: unknown) => unknown>> = {
  text: (value) => value,
  choice: (value) => value,
  number: (value) => value,
  boolean: (value) => value,
  entity: (value) => value,
  date: (value) => dateOf(Number(value)),
  location: (value) => ({ governorate: value, place: null, latitude: null, longitude: null }),
  file: (value) => (value === true ? someFile : null),
};

const reasons = {
  noSuch: msg("rules.answersOfFacts.reasonsNoSuch"),
  value: msg("rules.answersOfFacts.reasonsValue"),
};

const longest = 10_000;

function fits(value: unknown, fact: FactDefinition): boolean {
  if (typeof value !== fact.type || (typeof value === "string" && value.length > longest)) return false;
  if (fact.isDate) return /^\d{7,8}$/.test(String(value));
  if (typeof value === "number") return Number.isFinite(value);
  return fact.values === undefined || fact.values.includes(value as string);
}

/**
 * The answers to `fields` for which the facts (`field.brand`) have these values; null and empty ones are not answered.
 * Faults stand at `/facts/field.brand`.
 */
export function answersOfFacts(
  facts: Readonly<Record<string, unknown>>,
  fields: readonly ExtraField[],
  catalogue: readonly FactDefinition[],
): { readonly answers: Readonly<Record<string, unknown>>; readonly faults: readonly FieldFault[] } {
  const found: [string, unknown][] = [];
  const faults: FieldFault[] = [];
  for (const [name, value] of Object.entries(facts)) {
    const field = fields.find(({ code }) => name === `field.${code}`);
    const fact = catalogue.find((one) => one.name === name);
    if (value === null || value === "") continue;
    if (field === undefined || fact === undefined) faults.push({ field: `/facts/${name}`, reason: reasons.noSuch });
    else if (!fits(value, fact)) faults.push({ field: `/facts/${name}`, reason: reasons.value });
    else found.push([field.code, answers[field.type](value)]);
  }
  return { answers: Object.fromEntries(found), faults };
}
