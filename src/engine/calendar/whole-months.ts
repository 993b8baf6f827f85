/** A period as whole months and the days around them. */

/** Civil dates, `to` exclusive. */
export interface DateRange {
  readonly from: string;
  readonly to: string;
}

const monthOf = (date: string): string => `${date.slice(0, 7)}-01`;

/** The first day of the month that begins on a date or next after it. */
function monthFrom(date: string): string {
  if (date.endsWith("-01")) return date;
  const [year, month] = date.split("-").map(Number) as [number, number, number];
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}

export function wholeMonths(from: string, to: string): { readonly months: DateRange[]; readonly days: DateRange[] } {
  const last = monthOf(to);
  const filled = (ranges: DateRange[]) => ranges.filter((range) => range.from < range.to);
  const first = monthFrom(from);
  if (first >= last) return { months: [], days: filled([{ from, to }]) };
  return {
    months: [{ from: first, to: last }],
    days: filled([
      { from, to: first },
      { from: last, to },
    ]),
  };
}
