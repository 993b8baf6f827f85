import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";

/** What was searched is in so many cases that looking through them was given up. */
export function tooManyFound(field: string): Problem {
  const reason = msg("cases-list.searchRefusals.thisIsInTooMany");
  return new Problem("invalid-input", reason, [{ field, reason }]);
}
