import { Problem } from "../../../engine/text/problems.js";

/** What was searched is in so many cases that looking through them was given up. */
export function tooManyFound(field: string): Problem {
  const reason = {
    en: "This is in too many cases to look through. Add a word that only the case you mean has, or a filter.",
    ar: "ورد هذا في معاملات كثيرة يتعذّر البحث فيها كلها. أضف كلمة تميّز المعاملة المقصودة، أو استخدم عوامل التصفية.",
  };
  return new Problem("invalid-input", reason, [{ field, reason }]);
}
