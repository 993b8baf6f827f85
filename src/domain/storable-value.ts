/** What of a value that JSON allows cannot be taken, whichever door it comes by: it cannot be stored, or would only exhaust what walks it. */
import { type FieldFault, Problem } from "./problems.js";

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

/** So many parts of a place lead to what is too much there. */
const placeParts = 6;

export interface Unstorable {
  /** What keeps it from being looked through at all, and where; null: nothing. */
  readonly whole: FieldFault | null;
  /** Texts that cannot be stored, at their places. */
  readonly faults: readonly FieldFault[];
}

const asWhole = (field: string, en: string, ar: string): Unstorable => ({
  whole: { field, reason: { en, ar } },
  faults: [],
});

/** @param most values that it may hold; Infinity where it has a bound of its own */
export function unstorableIn(value: unknown, most = mostValues): Unstorable {
  const faults: FieldFault[] = [];
  const open: { value: unknown; path: string; depth: number }[] = [{ value, path: "", depth: 0 }];
  for (let seen = 1; open.length > 0; seen += 1) {
    const { value: one, path, depth } = open.pop() as (typeof open)[number];
    if (depth > deepest) {
      return asWhole(
        path.split("/").slice(0, placeParts).join("/"),
        `This is nested more than ${deepest} levels deep. Put groups together.`,
        `التداخل هنا أكثر من ${deepest} مستوى. اجمع المجموعات معًا.`,
      );
    }
    if (seen > most) {
      return asWhole(
        "",
        `This holds more than ${most} values. Send less at once.`,
        `يوجد هنا أكثر من ${most} قيمة. أرسل أقل من ذلك في المرة الواحدة.`,
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
          return asWhole(
            path,
            "A name that stands here is not allowed. Take another.",
            "يوجد هنا اسم غير مسموح به. اختر اسمًا آخر.",
          );
        open.push({ value: inner, path: pointer(path, key), depth: depth + 1 });
      }
    }
  }
  return { whole: null, faults };
}

/** Problem invalid-input where it cannot be stored, with the places below `at`. */
export function demandStorable(value: unknown, at = ""): void {
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
