/** Quantiles from counts by class: which places in which class they need, and what they are once the values there are known. */

/** How many values a class has; classes in order, values of one never above those of the next. */
export interface ClassCount {
  readonly cell: string;
  readonly n: number;
}

/** The values of two neighbouring ranks, and how far the quantile lies between them. */
export interface QuantilePlaces {
  readonly low: Place;
  readonly high: Place;
  readonly between: number;
}
/** `skip`: how many of the `n` values of the class come before it. */
export interface Place extends ClassCount {
  readonly skip: number;
}

/** Where a rank, from 0 on, lies. Throws where there are no more values than that. */
export function placeOf(classes: readonly ClassCount[], rank: number): Place {
  let before = 0;
  for (const { cell, n } of classes) {
    if (rank < before + n) return { cell, n, skip: rank - before };
    before += n;
  }
  throw new Error(`there is no rank ${rank}`);
}

/** Where the quantile lies, interpolated between the nearest ranks; null where there is no value. */
export function quantilePlaces(classes: readonly ClassCount[], q: number): QuantilePlaces | null {
  const total = classes.reduce((sum, { n }) => sum + n, 0);
  if (total === 0) return null;
  const rank = q * (total - 1);
  const low = Math.floor(rank);
  return {
    low: placeOf(classes, low),
    high: placeOf(classes, Math.ceil(rank)),
    between: rank - low,
  };
}

/** @param valueAt the value at a place */
export function quantileOf(places: QuantilePlaces | null, valueAt: (place: Place) => number): number | null {
  if (places === null) return null;
  const low = valueAt(places.low);
  return low + (valueAt(places.high) - low) * places.between;
}
