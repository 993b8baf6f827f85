/** The keyboard in a year: along the line of writing, weeks down, months by page, never out of the year. */
import { expect, it } from "@jest/globals";
import { moveInYear } from "../../src/features/policy/calendar/move-in-year.js";

const days = Array.from({ length: 365 }, (_, i) => ({
  date: new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10),
}));

it.each([
  ["ltr", "ArrowRight", "2026-03-14", "2026-03-15"],
  ["rtl", "ArrowRight", "2026-03-14", "2026-03-13"],
  ["rtl", "ArrowLeft", "2026-02-28", "2026-03-01"],
  ["ltr", "ArrowDown", "2026-03-28", "2026-04-04"],
  ["ltr", "ArrowUp", "2026-01-08", "2026-01-01"],
  ["ltr", "PageDown", "2026-01-31", "2026-02-28"],
  ["ltr", "PageUp", "2026-03-31", "2026-02-28"],
  ["ltr", "Home", "2026-02-17", "2026-02-01"],
  ["ltr", "End", "2026-02-17", "2026-02-28"],
  ["ltr", "End", "2026-12-02", "2026-12-31"],
] as const)("%s: %s from %s leads to %s", (dir, key, from, to) => {
  expect(moveInYear(days, from, key, dir)).toBe(to);
});

it.each(["ArrowUp", "ArrowLeft", "PageUp"])("%s does not leave the year", (key) => {
  expect(moveInYear(days, "2026-01-01", key, "ltr")).toBeNull();
});

it("leaves other keys to whoever wants them", () => {
  expect(moveInYear(days, "2026-06-01", "Enter", "ltr")).toBeNull();
});
