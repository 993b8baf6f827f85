/**
 * What the figures leave out, as one total of the programme. Confidential cases are counted on the desks of those who handle them and
 * in no other figure: two figures for the same time, of which one knew them, would tell of each single one by their difference. The total
 * follows the same thought: it is of the whole programme since its beginning, so that no choice of days or moments cuts one case out of it, and it
 * is shown in full tens, so that it does not move with one.
 */

/** Fewer are not told. */
const minConfidentialShown = 10;

/** The total as people see it: in full tens, “at least so many”; null: fewer than ten. */
export function confidentialShown(total: number): number | null {
  return total < minConfidentialShown ? null : total - (total % minConfidentialShown);
}
