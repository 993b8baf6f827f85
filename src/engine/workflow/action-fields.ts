/** What was filled in with an action: each field read by its type, every fault told at once. */

import { dayNumberOf } from "../calendar/civil-date.js";
import { civilDate, shiftDate } from "../calendar/civil-days.js";
import { dateWords } from "../calendar/date-words.js";
import { parseReference } from "../lifecycle/case-reference.js";
import { isLive } from "../rules/fact-catalogue.js";
import type { Labelled, Setup } from "../setup/setup.js";
import { msg } from "../text/msg.js";
import { westernDigits } from "../text/normalise-text.js";
import type { FieldFault } from "../text/problems.js";
import { asStored, type Bilingual, listed } from "../text/text.js";
import { unreadableText } from "../text/unreadable-text.js";
import { type AskedForColleagues, type Colleague, colleaguesFor } from "./colleagues.js";
import type { ActionField } from "./workflow-definition.js";

/** Longest text of a field that names no length of its own, in characters. */
export const defaultMaxLength = 5000;

/** Longest text that is looked at as a code. */
const longestCode = 60;

/** Nobody names more at once: each of them is told, or locked. */
const maxNamed = 50;

interface Reading extends AskedForColleagues {
  readonly field: ActionField;
}
type Read =
  | { readonly value: unknown }
  | { readonly reason: Bilingual }
  /** One a member, where several were given. */
  | { readonly reasons: readonly Bilingual[] };
type Reader = (value: unknown, reading: Reading) => Read;

/** What is wrong with the length of a text, in characters; null: nothing. */
export function tooLong(text: string, most: number): Bilingual | null {
  const { length } = [...text];
  return length > most ? msg("workflow.actionFields.tooLongCharactersWhereAre", { length, most }) : null;
}

const text: Reader = (value, { field }) => {
  if (typeof value !== "string") return { reason: msg("workflow.actionFields.writeTextHere") };
  const written = asStored(value);
  const long = tooLong(written, field.maxLength ?? defaultMaxLength);
  if (long !== null) return { reason: long };
  const least = field.minLetters ?? 0;
  const letters = written.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  if (written !== "" && letters < least) return { reason: msg("workflow.actionFields.tooShort", { least }) };
  const reason = written === "" ? null : unreadableText(written, { lines: true });
  return reason === null ? { value: written } : { reason };
};

const entity: Reader = (value, { action, theCase, setup, now }) => {
  const found = typeof value === "string" ? setup.entities.get(value.trim()) : undefined;
  if (found === undefined) {
    return {
      reason: msg("workflow.actionFields.thereIsNoEntityGive", { value: shown(value) }),
    };
  }
  if (!isLive(found, civilDate(now, setup.programme.timeZone))) {
    return {
      reason: msg("workflow.actionFields.doesNotReceiveCasesIt", { name: found.name }),
    };
  }
  // A second matter may well be the same entity's: it becomes a case of its own there.
  if (found.code === theCase.entity && !action.effects.includes("split")) {
    return {
      reason: msg("workflow.actionFields.theCaseIsWithAlready", { name: found.name }),
    };
  }
  return { value: found.code };
};

function chosenFrom(records: (setup: Setup) => ReadonlyMap<string, Labelled>): Reader {
  return (value, { setup }) => {
    const inUse = [...records(setup).values()].filter((record) => !record.retired);
    const found = inUse.find((record) => record.code === value);
    return found === undefined ? notAmong(value, inUse) : { value: found.code };
  };
}

function notAmong(value: unknown, choices: readonly { readonly code: string }[]): Read {
  const codes = choices.map((choice) => choice.code).join(", ");
  return {
    reason: msg("workflow.actionFields.isNotOneOf", { value: shown(value), codes }),
  };
}

const rating: Reader = (value) => {
  const number = typeof value === "string" && value.trim() !== "" ? Number(westernDigits(value.trim())) : value;
  if (typeof number === "number" && Number.isInteger(number) && number >= 1 && number <= 5) return { value: number };
  return {
    reason: msg("workflow.actionFields.aRatingIsAWhole"),
  };
};

const reference: Reader = (value, { theCase }) => {
  const found = typeof value === "string" ? parseReference(value) : null;
  if (found === null) {
    return {
      reason: msg("workflow.actionFields.isNoReferenceNumberCheck", { value: shown(value) }),
    };
  }
  if (found === theCase.reference) {
    return {
      reason: msg("workflow.actionFields.aCaseCannotRepeatItself"),
    };
  }
  return { value: found };
};

/** A list, or what somebody typed: apart by commas or lines, or by spaces where a member has none inside. */
function membersOf(value: unknown, isWhole: (text: string) => boolean): unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value !== "string") return [value];
  return value
    .split(/[,،;؛\n\r]+/)
    .flatMap((part) => (isWhole(part) ? [part] : part.split(/\s+/)))
    .filter((part) => part.trim() !== "");
}

/** Every member read by `one`; each fault is told, and what was named twice counts once. */
function several(one: Reader, isWhole: (text: string) => boolean): Reader {
  return (value, reading) => {
    const members = membersOf(value, isWhole);
    if (members.length > maxNamed) {
      return {
        reason: msg("workflow.actionFields.nameAtMostAtOnce", { maxNamed }),
      };
    }
    const read = members.map((member) => one(member, reading));
    const reasons = read.flatMap((each) => ("reason" in each ? [each.reason] : []));
    if (reasons.length > 0) return { reasons };
    return { value: [...new Set(read.flatMap((each) => ("value" in each ? [each.value] : [])))] };
  };
}

const colleaguesOf = new WeakMap<Reading, Colleague[]>();

/** By number. The same words whether nobody has it or whoever has it may not. */
const colleague: Reader = (value, reading) => {
  const offered = colleaguesOf.get(reading) ?? colleaguesFor(reading);
  colleaguesOf.set(reading, offered);
  const number = typeof value === "string" ? Number(westernDigits(value.trim())) : value;
  const found = offered.find(({ userId }) => userId === number);
  if (found !== undefined) return { value: found.userId };
  return {
    reason: reading.action.effects.includes("give")
      ? msg("workflow.actionFields.isNoneOfTheColleagues", { value: shown(value) })
      : msg("workflow.actionFields.isNoneOfTheOfficials", { value: shown(value) }),
  };
};

const choice: Reader = (value, { field }) => {
  const choices = field.choices ?? [];
  const found = choices.find((one) => one.code === value);
  return found === undefined ? notAmong(value, choices) : { value: found.code };
};

/** Days ahead that may be named. */
const farthestDays = 366;

const date: Reader = (value, { setup, now }) => {
  const day = typeof value === "string" ? westernDigits(value.trim()) : "";
  const first = civilDate(now, setup.programme.timeZone);
  const last = shiftDate(first, farthestDays);
  if (dayNumberOf(day) !== null && day >= first && day <= last) return { value: day };
  return {
    reason: msg("workflow.actionFields.noDayBetween", { first: dateWords(first), last: dateWords(last) }),
  };
};

/** As it was typed; whether it is the right one is known where its hash is. */
const applicantCode: Reader = (value) =>
  typeof value === "string" && value.trim().length <= longestCode
    ? { value: westernDigits(value.trim()) }
    : {
        reason: msg("workflow.actionFields.writeTheCodeAsThe"),
      };

const readers: Readonly<Record<ActionField["type"], Reader>> = {
  text,
  entity,
  pillar: chosenFrom((setup) => setup.pillars),
  importance: chosenFrom((setup) => setup.importanceLevels),
  rating,
  reference,
  references: several(reference, (text) => parseReference(text) !== null),
  choice,
  date,
  closingReason: chosenFrom((setup) => setup.closingReasons),
  colleague,
  colleagues: several(colleague, () => false),
  applicantCode,
};

/** What was sent, short enough to be repeated in an answer. */
function shown(value: unknown): string {
  const written = typeof value === "string" ? value : JSON.stringify(value);
  return `"${[...(written ?? "")].slice(0, 60).join("")}"`;
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === undefined || value === null || (typeof value === "string" && value.trim() === "");
}

const maxFaults = 20;

/** Reads the fields of an action; only those that were filled in come back. Faults point to `/fields/NAME`. */
export function readFields(a: AskedForColleagues & { readonly sent: Readonly<Record<string, unknown>> }): {
  fields: Record<string, unknown>;
  faults: FieldFault[];
} {
  const { action, sent } = a;
  const fields: Record<string, unknown> = {};
  const faults: FieldFault[] = [];
  const fault = (name: string, reason: Bilingual) => {
    // Whoever sends thousands of fields is not told of each.
    if (faults.length < maxFaults) faults.push({ field: `/fields/${pointerPart(name)}`, reason });
  };
  for (const [name, field] of Object.entries(action.fields)) {
    const value = Object.hasOwn(sent, name) ? sent[name] : undefined;
    if (isEmpty(value)) {
      if (field.required) fault(name, msg("workflow.actionFields.isNeeded", { name: field.name }));
      continue;
    }
    const read = readers[field.type](value, { ...a, field });
    if ("reason" in read) fault(name, read.reason);
    else if ("reasons" in read) for (const reason of read.reasons) fault(name, reason);
    else fields[name] = read.value;
  }
  const known = Object.keys(action.fields);
  for (const name of Object.keys(sent)) {
    if (known.includes(name) || isEmpty(sent[name])) continue;
    fault(
      name,
      known.length === 0
        ? msg("workflow.actionFields.noFields")
        : msg("workflow.actionFields.noSuchField", { known: listed(known) }),
    );
  }
  return { fields, faults };
}

/** A name as part of a JSON pointer (RFC 6901). */
export function pointerPart(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
