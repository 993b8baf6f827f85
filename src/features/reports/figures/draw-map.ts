/** Outlines of places as paths of one picture: flat as at the middle of the map, north on top. */
import { type Outline, readOutline } from "../../../engine/setup/outline.js";

export interface DrawnMap {
  readonly width: number;
  readonly height: number;
  /** By code: the path, and where a label stands. */
  readonly shapes: ReadonlyMap<string, { readonly path: string; readonly x: number; readonly y: number }>;
}

type Point = readonly [x: number, y: number];

/** The side of the picture that is longer. */
const size = 480;
const tenth = (value: number): number => Math.round(value * 10) / 10;

const areaOf = (ring: readonly Point[]): number =>
  ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length] as Point;
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);

/** The middle of the largest ring. */
function middleOf(rings: readonly (readonly Point[])[]): Point {
  const ring = rings.reduce((a, b) => (Math.abs(areaOf(b)) > Math.abs(areaOf(a)) ? b : a));
  const area = areaOf(ring);
  if (area === 0) return ring[0] as Point;
  const sum = ring.reduce(
    ([sx, sy], [x, y], i): Point => {
      const [nextX, nextY] = ring[(i + 1) % ring.length] as Point;
      const cross = x * nextY - nextX * y;
      return [sx + (x + nextX) * cross, sy + (y + nextY) * cross];
    },
    [0, 0] as Point,
  );
  return [sum[0] / (6 * area), sum[1] / (6 * area)];
}

/** Null where no place has an outline that can be read. */
export function drawMap(
  places: readonly { readonly code: string; readonly outline: string | null }[],
): DrawnMap | null {
  const outlines = places.flatMap(({ code, outline }): [string, Outline][] => {
    const read = outline === null ? null : readOutline(outline);
    return read === null ? [] : [[code, read]];
  });
  const points = outlines.flatMap(([, rings]) => rings.flat());
  if (points.length === 0) return null;
  const lats = points.map(({ lat }) => lat);
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  // A degree of longitude is shorter the further north it is.
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const xs = points.map(({ lon }) => lon * narrow);
  const [west, east] = [Math.min(...xs), Math.max(...xs)];
  const scale = size / Math.max(east - west, north - south);
  const place = ({ lon, lat }: { lon: number; lat: number }): Point => [
    tenth((lon * narrow - west) * scale + 2),
    tenth((north - lat) * scale + 2),
  ];
  const shapes = outlines.map(([code, rings]) => {
    const placed = rings.map((ring) => ring.map(place));
    const path = placed.map((ring) => `M${ring.map(([x, y]) => `${x} ${y}`).join("L")}Z`).join("");
    const [x, y] = middleOf(placed);
    return [code, { path, x: tenth(x), y: tenth(y) }] as const;
  });
  return {
    width: tenth((east - west) * scale + 4),
    height: tenth((north - south) * scale + 4),
    shapes: new Map(shapes),
  };
}
