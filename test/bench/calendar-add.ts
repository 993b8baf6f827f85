/** Due moment of a budget of working hours: the calendar table against a luxon loop over the days. */
import { compareWithDayStepping } from "../support/calendar-bench.js";

export const name = "calendar-add";

export async function run() {
  return [
    compareWithDayStepping(
      name,
      (calendar, { start, seconds }) => calendar.add(start, { amount: seconds / 3600, unit: "workingHours" }).due,
      (loop, { start, seconds }) => loop.addSeconds(start, seconds),
    ),
  ];
}
