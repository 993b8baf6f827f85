/** Which promise the lines of a list of cases tell of. Browsers run this too. */
import type { CountedFilter } from "./counted-cases.js";

export type ListedBy = "nearer" | "finalAnswer";

/** What is listed because its final answer is late tells of that, and of the nearer promise all else. */
export const listedBy = (filters: {
  readonly late?: unknown;
  readonly desk?: unknown;
  readonly counted?: CountedFilter | null | undefined;
}): ListedBy =>
  filters.late !== undefined ||
  filters.desk === "overdue" ||
  filters.desk === "reviewLate" ||
  filters.counted?.happening === "late"
    ? "finalAnswer"
    : "nearer";
