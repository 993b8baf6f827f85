import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { parse } from "csv-parse/sync";
import { compileCalendar } from "../../src/engine/calendar/working-calendar.js";
import { boston311File, seededCalendar } from "../support/calendars.js";

const file = boston311File();
// The city's data are not committed: without them only the hand-made table in calendar.test.ts proves the calendar.
const ifData = file === null ? it.skip : it;

describe("the calendar of a real city", () => {
  ifData(
    "reproduces 3,648 of the 3,657 targets of Pick up Dead Animal within 60 s (skipped without ../shared/data)",
    () => {
      const boston = compileCalendar(seededCalendar("boston311"));
      const rows = (parse(readFileSync(file as string), { columns: true }) as Record<string, string>[]).filter(
        (row) => row.type === "Pick up Dead Animal" && row.sla_target_dt !== "",
      );
      const reproduced = rows.filter((row) => {
        const { due } = boston.add(new Date(row.open_dt as string), { amount: 1, unit: "workingDays" });
        return Math.abs(due.getTime() - Date.parse(row.sla_target_dt as string)) <= 60_000;
      });
      expect([reproduced.length, rows.length]).toEqual([3648, 3657]);
    },
  );
});
