/** Whether two due moments look the same to people. */

const minute = 60_000;
const second = 1000;

/**
 * Moments are shown to the minute, and counting working time anew leaves fractions of a second: less than a second apart, or
 * in the same minute, they are the same. Null (paused, or none is due) is the same as null alone.
 */
export function isSameDue(a: Date | null, b: Date | null): boolean {
  if (a === null || b === null) return a === b;
  const [one, other] = [a.getTime(), b.getTime()];
  return Math.abs(one - other) < second || Math.floor(one / minute) === Math.floor(other / minute);
}
