import { describe, expect, it } from "@jest/globals";
import { faultOfHours, timeTyped } from "../../src/features/policy/calendar/week-hours.js";

describe("a time as it is typed", () => {
  it.each([
    ["9", "09:00"],
    ["930", "09:30"],
    ["1000", "10:00"],
    ["9:05", "09:05"],
    [" 14.30 ", "14:30"],
    ["٠٩:٣٠", "09:30"],
    ["۱۰", "10:00"],
    ["24:00", "24:00"],
  ])("%s is %s", (typed, time) => expect(timeTyped(typed)).toBe(time));

  it.each(["", "25", "9:7", "24:30", "2 pm", "0:60", "1:23:45"])("%s is none and stays as it is", (typed) =>
    expect(timeTyped(typed)).toBe(typed),
  );
});

describe("the hours of a day", () => {
  it.each([
    [[], null],
    [[["08:30", "15:30"]], null],
    [[["20:00", "24:00"]], null],
    [[["24:00", "24:00"]], "Enter each time"],
    [[["1000", "14:00"]], "Enter each time"],
    [[["10:00", "9"]], "Enter each time"],
    [[["10:00", "09:00"]], "The closing time must be after"],
    [
      [
        ["08:00", "12:00"],
        ["16:00", "16:00"],
      ],
      "The closing time must be after",
    ],
  ] as [[string, string][], string | null][])("%j: %s", (hours, said) => {
    const fault = faultOfHours(hours);
    if (said === null) expect(fault).toBeNull();
    else expect(fault?.en).toContain(said);
  });
});
