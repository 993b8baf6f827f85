/** How long an agent works on a call that they type: what passes while another one is in front of them is not of it. */

/** A call in which nothing is done for so long was left: the rest of the pause is not of it. */
const quietSeconds = 600;

/** Seconds that a call took since something was last done in it; none where the clock went back. */
export const secondsSince = (a: { readonly activeAt: Date; readonly now: Date }): number =>
  Math.min(quietSeconds, Math.max(0, Math.round((a.now.getTime() - a.activeAt.getTime()) / 1000)));
