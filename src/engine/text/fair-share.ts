/** How much one of many may have of what all share, where nobody knows who the many are. */

/** Of an eighth of what is free, one may have the part that is free of all. */
const parts = 8;

export interface Sharing {
  /** In all; in whatever is shared. */
  readonly most: number;
  readonly taken: number;
  /** Of what is taken, by anybody who asks. */
  readonly own: number;
  /** What is asked for. */
  readonly more: number;
}

/**
 * Whether there is room for more: the fuller it is, the less one may have, so that those who take all they can leave room for the next.
 * One alone gets a tenth of all, twenty one after the other two thirds, a hundred nine tenths. The first piece is given as long as there
 * is room at all. `own`: too much for one; `all`: there is no room for anybody.
 */
export function fairShare({ most, taken, own, more }: Sharing): "free" | "own" | "all" {
  const free = most - taken;
  if (more > free) return "all";
  return own === 0 || own + more <= (free * free) / (most * parts) ? "free" : "own";
}
