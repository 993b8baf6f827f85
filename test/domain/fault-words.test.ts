/** Words of faults that hold whatever is missing: no English word in an Arabic sentence, no wrong gender. */
import { expect, it } from "@jest/globals";
import { notAllowed } from "../../src/domain/rules/schema-faults.js";
import { newNoSuch } from "../../src/domain/workflow/no-such.js";

it("a value that is missing is told as missing", () => {
  expect(notAllowed(undefined, ["sla"])).toEqual({
    en: 'It is missing. Allowed: "sla".',
    ar: 'القيمة ناقصة. المسموح: "sla".',
  });
});

it("what there is not may be of either gender in Arabic", () => {
  const noSuch = newNoSuch();
  expect(noSuch({ en: "state", ar: "حالة باسم" }, "x", ["open"]).ar).toBe('لا وجود لحالة باسم "x". الموجود: open.');
  expect(noSuch({ en: "action", ar: "إجراء باسم" }, "x", ["take"]).ar).toBe('لا وجود لإجراء باسم "x". الموجود: take.');
});
