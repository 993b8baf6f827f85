import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { isTimeFormat, timeReader, type WrittenTime } from "../../src/features/intake/import/read-time.js";

const amman = timeReader("iso", "Asia/Amman");
/** A moment in UTC, or a day as it is. */
const shown = (read: WrittenTime | null) => read?.day ?? read?.at?.toISOString() ?? null;

describe("ISO times", () => {
  it.each([
    ["2017-01-04T08:30:00-05:00", "2017-01-04T13:30:00.000Z"],
    ["2017-01-04 08:30:00 -0500", "2017-01-04T13:30:00.000Z"],
    ["2017-01-04T08:30Z", "2017-01-04T08:30:00.000Z"],
    ["2017-01-04t08:30:01.5z", "2017-01-04T08:30:01.500Z"],
    ["2017-01-04T08:30:00,123456789+03", "2017-01-04T05:30:00.123Z"],
    ["٢٠٢٦-٠٣-٠١ ٠٩:٠٠", "2026-03-01T06:00:00.000Z"],
    // Amman alternated until 2022: summer time then, none now.
    ["2022-07-01 09:00", "2022-07-01T06:00:00.000Z"],
    ["2022-01-01 09:00", "2022-01-01T07:00:00.000Z"],
    ["2024-02-29 23:59:59", "2024-02-29T20:59:59.000Z"],
    ["2024-02-29", "2024-02-29"],
    ["٢٠٢٦-٠٣-٠١", "2026-03-01"],
  ])("%s", (written, moment) => expect(shown(amman(written))).toBe(moment));

  it.each([
    "2017-02-30 08:00",
    "2023-02-29 08:00",
    "2017-13-01 08:00",
    "2017-00-10 08:00",
    "2017-01-04 24:00",
    "2017-01-04 08:60",
    "2017-01-04 08:30:60",
    "2017-02-30",
    "2017-01-04 +03:00",
    "2017-1-4 08:30",
    "04/01/2017 08:30",
    "2017-01-04T08:30:00+15:00",
    "2017-01-04T08:30:00+02:75",
    "1899-12-31 00:00",
    "42739.35",
    "yesterday",
    "=NOW()",
  ])("%s is no moment", (written) => expect(amman(written)).toBeNull());

  it("reads back every moment that it is given", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("1971-01-01"), max: new Date("2099-12-30"), noInvalidDate: true }),
        (date) => {
          expect(amman(date.toISOString())).toEqual({ at: date, day: null });
        },
      ),
    );
  });
});

describe("patterns", () => {
  it.each([
    ["DD/MM/YYYY HH:mm", "4/1/2017 8:30", "2017-01-04T13:30:00.000Z"],
    ["MM/DD/YYYY hh:mm:ss A", "01/04/2017 12:05:09 AM", "2017-01-04T05:05:09.000Z"],
    ["MM/DD/YYYY hh:mm A", "01/04/2017 12:05 pm", "2017-01-04T17:05:00.000Z"],
    ["MM/DD/YYYY hh:mm A", "01/04/2017 11:05 p.m.", "2017-01-05T04:05:00.000Z"],
    ["YYYY.MM.DD HH:mm:ss", "2017.07.04 08:30:00", "2017-07-04T12:30:00.000Z"],
    ["YYYY-MM-DDTHH:mm", "2017-07-04T08:30", "2017-07-04T12:30:00.000Z"],
    ["DD/MM/YYYY", "4/7/2017", "2017-07-04"],
    ["YYYYMMDD", "20170704", "2017-07-04"],
  ])("%s reads %s", (format, written, moment) => {
    expect(isTimeFormat(format)).toBe(true);
    expect(shown(timeReader(format, "America/New_York")(written))).toBe(moment);
  });

  it.each([
    ["DD/MM/YYYY HH:mm", "31/02/2017 08:30"],
    ["DD/MM/YYYY HH:mm", "01/13/2017 08:30"],
    ["DD/MM/YYYY HH:mm", "01/02/2017 08:30 and more"],
    ["MM/DD/YYYY hh:mm A", "01/04/2017 13:05 PM"],
    ["MM/DD/YYYY hh:mm A", "01/04/2017 00:05 AM"],
    ["YYYY.MM.DD HH:mm", "2017-07-04 08:30"],
    ["DD/MM/YYYY", "31/02/2017"],
    ["DD/MM/YYYY", "04/07/2017 08:30"],
    ["DD/MM/YYYY HH:mm", "04/07/2017"],
  ])("%s does not read %s", (format, written) => {
    expect(timeReader(format, "America/New_York")(written)).toBeNull();
  });

  it.each([
    "",
    "MM/YYYY",
    "DD/MM/YYYY HH",
    "DD/MM/YYYY A",
    "HH:mm",
    "DD/MM/YYYY hh:mm",
    "DD/MM/YYYY HH:mm A",
    "DD/DD/YYYY MM HH:mm",
    "unix",
    "dd.MM.yyyy HH:mm",
  ])("%s is no format", (format) => expect(isTimeFormat(format)).toBe(false));
});
