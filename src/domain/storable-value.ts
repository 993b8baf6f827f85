/** What of a value that JSON allows cannot be taken, whichever door it comes by: it cannot be stored, or would only exhaust what walks it. */
import { type FieldFault, Problem } from "./problems.js";
import type { Bilingual } from "./text.js";

/** Conditions of rules and their groups lie deepest; endless nesting would only exhaust what walks it later. */
const deepest = 40;
const mostValues = 50_000;
const mostFaults = 20;
/** A name that could reach the prototype of whatever copies it. */
const prototypeKeys = new Set(["__proto__", "constructor", "prototype"]);
// Control characters other than line breaks and tabs, and lone surrogates, which PostgreSQL cannot store.
const unstorable = /[^\P{Cc}\n\r\t]|\p{Cs}/u;

const pointer = (path: string, key: string): string =>
  `${path}/${key.slice(0, 100).replaceAll("~", "~0").replaceAll("/", "~1")}`;

export interface Unstorable {
  /** What is wrong with it as a whole; null: nothing. */
  readonly whole: Bilingual | null;
  /** Texts that cannot be stored, at their places. */
  readonly faults: readonly FieldFault[];
}

const asWhole = (en: string, ar: string): Unstorable => ({ whole: { en, ar }, faults: [] });

export function unstorableIn(value: unknown): Unstorable {
  const faults: FieldFault[] = [];
  const open: { value: unknown; path: string; depth: number }[] = [{ value, path: "", depth: 0 }];
  for (let seen = 1; open.length > 0; seen += 1) {
    const { value: one, path, depth } = open.pop() as (typeof open)[number];
    if (seen > mostValues || depth > deepest) {
      return asWhole(
        `The body is nested more than ${deepest} levels deep, or holds more than ${mostValues} values.`,
        `نص الطلب متداخل أكثر من ${deepest} مستوى أو يحوي أكثر من ${mostValues} قيمة.`,
      );
    }
    if (typeof one === "string") {
      if (unstorable.test(one) && faults.length < mostFaults) {
        faults.push({
          field: path,
          reason: {
            en: "This has control characters or broken characters, which are not allowed",
            ar: "يحتوي النص على رموز تحكم أو رموز تالفة، وهي غير مسموحة",
          },
        });
      }
    } else if (typeof one === "object" && one !== null) {
      for (const [key, inner] of Object.entries(one)) {
        if (prototypeKeys.has(key) || unstorable.test(key))
          return asWhole("The body holds a name that is not allowed.", "في نص الطلب اسم غير مسموح به.");
        open.push({ value: inner, path: pointer(path, key), depth: depth + 1 });
      }
    }
  }
  return { whole: null, faults };
}

/** Problem invalid-input where it cannot be stored, with the places below `at`. */
export function demandStorable(value: unknown, at = ""): void {
  const { whole, faults } = unstorableIn(value);
  if (whole !== null) throw new Problem("invalid-input", whole, [{ field: at, reason: whole }]);
  const [first] = faults;
  if (first === undefined) return;
  throw new Problem(
    "invalid-input",
    first.reason,
    faults.map(({ field, reason }) => ({ field: `${at}${field}`, reason })),
  );
}
