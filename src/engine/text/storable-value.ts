/** What of a value that JSON allows cannot be taken, whichever door it comes by: it cannot be stored, or would only exhaust what walks it. */

import { isInherited } from "./inherited-names.js";
import { msg } from "./msg.js";
import { type FieldFault, Problem } from "./problems.js";
import type { Bilingual } from "./text.js";

/** Conditions of rules and their groups lie deepest; endless nesting would only exhaust what walks it later. */
const deepest = 40;
const maxValues = 50_000;
const maxFaults = 20;
// Control characters other than line breaks and tabs, and lone surrogates, which PostgreSQL cannot store.
const unstorable = /[^\P{Cc}\n\r\t]|\p{Cs}/u;

const pointer = (path: string, key: string): string =>
  `${path}/${key.slice(0, 100).replaceAll("~", "~0").replaceAll("/", "~1")}`;

/** So many parts of a place lead to what is too much there. */
const placeParts = 6;

export interface Unstorable {
  /** What keeps it from being looked through at all, and where; null: nothing. */
  readonly whole: FieldFault | null;
  /** Texts that cannot be stored, at their places. */
  readonly faults: readonly FieldFault[];
}

const brokenName: Bilingual = msg("text.storableValue.brokenName");

const longestShown = 60;

/** @param name is shown as far as anybody reads it */
export function nameNotAllowed(name: string): Bilingual {
  const shown = name.length > longestShown ? `${name.slice(0, longestShown)}…` : name;
  return msg("text.storableValue.theNameIsNotAllowed", { shown });
}

const asWhole = (field: string, reason: Bilingual): Unstorable => ({
  whole: { field, reason },
  faults: [],
});

/** @param most values that it may hold; Infinity where it has a bound of its own */
export function unstorableIn(value: unknown, most = maxValues): Unstorable {
  const faults: FieldFault[] = [];
  const open: { value: unknown; path: string; depth: number }[] = [{ value, path: "", depth: 0 }];
  for (let seen = 1; open.length > 0; seen += 1) {
    const { value: one, path, depth } = open.pop() as (typeof open)[number];
    if (depth > deepest) {
      return asWhole(
        path.split("/").slice(0, placeParts).join("/"),
        msg("text.storableValue.thisIsNestedMoreThan", { deepest }),
      );
    }
    if (seen > most) {
      return asWhole("", msg("text.storableValue.thisHoldsMoreThanValues", { most }));
    }
    if (typeof one === "string") {
      if (unstorable.test(one) && faults.length < maxFaults) {
        faults.push({
          field: path,
          reason: msg("text.storableValue.thisHasControlCharactersOr"),
        });
      }
    } else if (typeof one === "object" && one !== null) {
      for (const [key, inner] of Object.entries(one)) {
        if (unstorable.test(key)) return { whole: { field: path, reason: brokenName }, faults: [] };
        // Anybody who looks it up would find what every object has, or reach the prototype of what it is copied to.
        if (isInherited(key) || key === "prototype")
          return { whole: { field: pointer(path, key), reason: nameNotAllowed(key) }, faults: [] };
        open.push({ value: inner, path: pointer(path, key), depth: depth + 1 });
      }
    }
  }
  return { whole: null, faults };
}

/** Problem invalid-input where it cannot be stored, with the places below `at`. */
export function requireStorable(value: unknown, at = ""): void {
  const { whole, faults } = unstorableIn(value);
  if (whole !== null)
    throw new Problem("invalid-input", whole.reason, [{ field: `${at}${whole.field}`, reason: whole.reason }]);
  const [first] = faults;
  if (first === undefined) return;
  throw new Problem(
    "invalid-input",
    first.reason,
    faults.map(({ field, reason }) => ({ field: `${at}${field}`, reason })),
  );
}
