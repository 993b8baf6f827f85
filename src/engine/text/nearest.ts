/** The allowed word that a mistyped one was probably meant to be. */

/** Levenshtein's distance, or `limit` as soon as it cannot be less. */
function distance(from: string, to: string, limit: number): number {
  let previous = Array.from({ length: to.length + 1 }, (_, i) => i);
  let row = [...previous];
  for (let i = 1; i <= from.length; i++) {
    // Further from the diagonal so many letters have been added or taken away already.
    const first = i > limit ? i - limit : 1;
    const last = Math.min(i + limit, to.length);
    let least = i;
    row[first - 1] = first === 1 ? i : limit;
    for (let j = first; j <= last; j++) {
      let found = (previous[j - 1] as number) + (from.charCodeAt(i - 1) === to.charCodeAt(j - 1) ? 0 : 1);
      const removed = (previous[j] as number) + 1;
      if (removed < found) found = removed;
      const added = (row[j - 1] as number) + 1;
      if (added < found) found = added;
      row[j] = found;
      if (found < least) least = found;
    }
    if (last < to.length) row[last + 1] = limit;
    if (least >= limit) return limit;
    [previous, row] = [row, previous];
  }
  return previous[to.length] as number;
}

/** Nobody mistypes so long a word; comparing two of any length takes as long as their product. */
const longest = 100;

/** The nearest of `allowed` within a third of the length (at least two letters), ignoring case, or null. */
export function nearest(wrong: string, allowed: readonly string[]): string | null {
  if (wrong.length > longest) return null;
  let best: string | null = null;
  const word = wrong.toLowerCase();
  let bestDistance = Math.max(2, Math.floor(wrong.length / 3)) + 1;
  for (const candidate of allowed) {
    // So many letters have to be added or taken away at least.
    if (Math.abs(candidate.length - wrong.length) >= bestDistance) continue;
    const d = distance(word, candidate.toLowerCase(), bestDistance);
    if (d < bestDistance) [best, bestDistance] = [candidate, d];
  }
  return best;
}
