/** Where the figures of a chart's points stand, so that none covers another figure or another point's mark. */

export type LabelSide = "top" | "bottom";

/** A point whose figure is to be shown; lengths in the chart's pixels, y downwards from the top of the plot. */
export interface LabelSpot {
  readonly x: number;
  readonly y: number;
  /** Of its mark, each way. */
  readonly mark: number;
  /** From the point to the nearer edge of its figure. */
  readonly distance: number;
  readonly width: number;
  readonly height: number;
  readonly prefers: LabelSide;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Where the figure of a spot would stand on one of its sides. */
export function labelBox({ x, y, distance, width, height }: LabelSpot, side: LabelSide): Box {
  const top = side === "top" ? y - distance - height : y + distance;
  return { left: x - width / 2, right: x + width / 2, top, bottom: top + height };
}

/** What the mark of a spot covers. */
export const markBox = ({ x, y, mark }: LabelSpot): Box => ({
  left: x - mark / 2,
  right: x + mark / 2,
  top: y - mark / 2,
  bottom: y + mark / 2,
});

export const overlaps = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/**
 * A side for each spot, in their order; null where neither has room, or there is no spot. The last one, which is the newest,
 * chooses first and always has its figure; the others follow from the newest to the oldest.
 * @param room how far figures may reach, from the top of the plot downwards
 */
export function placeLabels(
  spots: readonly (LabelSpot | null)[],
  room: { readonly top: number; readonly bottom: number },
): (LabelSide | null)[] {
  const newest = spots.filter((spot) => spot !== null).at(-1);
  const placed: Box[] = [];
  const sides = spots.map((): LabelSide | null => null);
  for (let i = spots.length - 1; i >= 0; i--) {
    const spot = spots[i];
    if (!spot) continue;
    const marks = spots.flatMap((other) => (other === null || other === spot ? [] : [markBox(other)]));
    const fits = (side: LabelSide): boolean => {
      const box = labelBox(spot, side);
      if (box.top < room.top || box.bottom > room.bottom) return false;
      return ![...placed, ...marks].some((taken) => overlaps(box, taken));
    };
    const other: LabelSide = spot.prefers === "top" ? "bottom" : "top";
    const side = [spot.prefers, other].find(fits) ?? (spot === newest ? spot.prefers : null);
    if (side === null) continue;
    sides[i] = side;
    placed.push(labelBox(spot, side));
  }
  return sides;
}
