/**
 * The order of rules is their priority. Whoever changes the order sees it decide as shown: as few priorities as can be
 * are written anew, and rules that stood at the same priority beside each other stay so.
 */

const highest = 10_000;
const step = 10;

export interface Ranked {
  readonly priority: number;
  /** It is the one that was moved: of two that could give way, it does. */
  readonly moved?: boolean;
  /** Place before the change; rules of one priority are asked in this order. */
  readonly rank: number;
}

/** Whether both keep their priorities although `between` others have to stand between them. */
function agree(upper: Ranked, lower: Ranked, between: number): boolean {
  if (upper.priority - lower.priority > between) return true;
  return between === 0 && upper.priority === lower.priority && upper.rank < lower.rank;
}

/** The places that keep their priority: as many as can be, the moved one last of all. */
function kept(order: readonly Ranked[]): readonly number[] {
  const worth = (place: number): number => (order[place]?.moved ? 1 : 2);
  const best: number[] = [];
  const before: number[] = [];
  for (const [place, one] of order.entries()) {
    const fits = one.priority >= order.length - place && one.priority <= highest - place;
    best[place] = fits ? worth(place) : Number.NEGATIVE_INFINITY;
    before[place] = -1;
    if (!fits) continue;
    for (let above = 0; above < place; above++) {
      const sum = (best[above] ?? 0) + worth(place);
      if (sum > (best[place] ?? 0) && agree(order[above] as Ranked, one, place - above - 1)) {
        best[place] = sum;
        before[place] = above;
      }
    }
  }
  let last = -1;
  for (const [place, sum] of best.entries()) if (sum > (best[last] ?? 0)) last = place;
  const places: number[] = [];
  for (let place = last; place >= 0; place = before[place] ?? -1) places.unshift(place);
  return places;
}

/** Priorities, from the first rule to the last, by which the rules are asked in this order. From 1 to 10,000. */
export function prioritiesFor(order: readonly Ranked[]): number[] {
  const priorities = order.map(({ priority }) => priority);
  const places = kept(order);
  const ends = [-1, ...places, order.length];
  for (let i = 1; i < ends.length; i++) {
    const [from, to] = [ends[i - 1] as number, ends[i] as number];
    const count = to - from - 1;
    if (count === 0) continue;
    const floor = to === order.length ? 0 : (priorities[to] as number);
    const room = floor + step * (count + 1);
    // Above the first stands nothing: there steps are as wide as elsewhere.
    const ceiling = from === -1 ? Math.min(highest + 1, room) : (priorities[from] as number);
    for (let n = 1; n <= count; n++) {
      priorities[from + n] = ceiling - Math.round(((ceiling - floor) * n) / (count + 1));
    }
  }
  return priorities;
}
