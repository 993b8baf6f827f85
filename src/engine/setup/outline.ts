/**
 * Where a place is on the map: one or more rings of points as people can write and compare them, `35.01 29.54, 35.12 29.61, …; next ring`.
 * A point is a longitude and a latitude in degrees, east and north; a ring closes by itself.
 */

export interface GeoPoint {
  readonly lon: number;
  readonly lat: number;
}

export type Outline = readonly (readonly GeoPoint[])[];

/** Far more than a map of a country needs at the size of a screen. */
export const maxInOutline = 20_000;

const pointForm = /^(-?\d{1,3}(?:\.\d{1,6})?) (-?\d{1,2}(?:\.\d{1,6})?)$/;

function pointOf(text: string): GeoPoint | null {
  const [, lon, lat] = pointForm.exec(text.trim()) ?? [];
  if (lon === undefined || lat === undefined) return null;
  const point = { lon: Number(lon), lat: Number(lat) };
  return Math.abs(point.lon) <= 180 && Math.abs(point.lat) <= 90 ? point : null;
}

/** Null where it is not written so, or a ring has fewer than three points. */
export function readOutline(text: string): Outline | null {
  const rings = text.split(";").map((ring) => ring.split(",").map(pointOf));
  const whole = rings.every((ring) => ring.length >= 3 && ring.every((point) => point !== null));
  return whole ? (rings as GeoPoint[][]) : null;
}
