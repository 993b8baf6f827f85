/** How far somebody has looked at a case that is open on their screen, while more of it comes in. */

/** An entry of the timeline as it is drawn: where its first line is, from the upper edge of the window. Pixels. */
export interface DrawnEntry {
  readonly seq: number;
  readonly top: number;
}

/**
 * Up to which event the case counts as seen at the moment at which a person does something on its page. What came in since
 * they opened it counts from the first on, as far as it is in sight: what lies beyond the edge of the window stays news, and
 * so does all that is not drawn.
 * @param a.looked up to which event it counts as seen so far
 * @param a.shown the last event of what is drawn
 * @param a.newFrom the first event that is news to them; null: none of what is drawn is
 * @param a.drawn first to last
 * @param a.height of the window, in pixels
 */
export function lookedAt(a: {
  readonly looked: number;
  readonly shown: number;
  readonly newFrom: number | null;
  readonly drawn: readonly DrawnEntry[];
  readonly height: number;
}): number {
  const { looked, shown, newFrom, height } = a;
  if (newFrom === null) return shown;
  const from = Math.max(newFrom, looked + 1);
  const came = a.drawn.filter(({ seq }) => seq >= from);
  if (came.length === 0) return looked;
  const hidden = came.find(({ top }) => top < 0 || top >= height);
  return hidden === undefined ? shown : Math.max(looked, hidden.seq - 1);
}
