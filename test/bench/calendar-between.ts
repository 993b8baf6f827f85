/** Working seconds between two moments: the calendar table against a luxon loop over the days. */
import { compareWithDayStepping } from "../support/calendar-bench.js";

export const name = "calendar-between";

export async function run() {
  return [
    compareWithDayStepping(
      name,
      (calendar, { start, seconds }) => calendar.between(start, new Date(start.getTime() + seconds * 4000)),
      (loop, { start, seconds }) => loop.between(start, new Date(start.getTime() + seconds * 4000)),
    ),
  ];
}
