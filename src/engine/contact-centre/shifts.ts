/** The contact centre's shifts: times of day at which one begins; the last one goes on until the first of the next day. */

export const defaultShifts = "08:00 16:00";
const mostShifts = 6;
const timeForm = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Times as people type them, apart by spaces or commas; null: not times in ascending order, or too many. */
export function readShifts(text: string | null): readonly string[] | null {
  if (text === null) return null;
  const times = text.split(/[^\d:]+/).filter((part) => part !== "");
  if (times.length === 0 || times.length > mostShifts) return null;
  const ascending = times.every((time, i) => timeForm.test(time) && (i === 0 || time > (times[i - 1] as string)));
  return ascending ? times : null;
}

/** The beginnings of a programme's shifts. */
export const shiftsOf = ({ shifts }: { readonly shifts?: string | undefined }): readonly string[] =>
  readShifts(shifts ?? defaultShifts) ?? (readShifts(defaultShifts) as readonly string[]);

/** Where a shift ends: at the next one's beginning, round midnight. */
export const shiftEnd = (beginning: string, shifts: readonly string[]): string =>
  shifts[(shifts.indexOf(beginning) + 1) % shifts.length] as string;
