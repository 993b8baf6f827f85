/** Figures that are kept for a while, by when they were asked for and not by what moment they are as of. */
import { expect, it } from "@jest/globals";
import { keepFigures } from "../../src/features/reports/keep-figures.js";

const minute = 60_000;
const noon = Date.UTC(2026, 10, 29, 12);
const since = (ms: number) => new Date(noon + ms);

it("figures as of a day that is over are counted anew after that time too: a case may be confidential by then", async () => {
  let counted = 0;
  const kept = keepFigures(async ({ at }: { at: Date }) => `${at.toISOString()} ${++counted}`, minute);
  const [monday, tuesday] = [since(-6 * 86_400_000), since(-5 * 86_400_000)];
  expect(await kept({ at: monday }, since(0))).toBe(`${monday.toISOString()} 1`);
  expect(await kept({ at: monday }, since(minute - 1))).toBe(`${monday.toISOString()} 1`);
  // Of another day is another question, and takes none from its place.
  expect(await kept({ at: tuesday }, since(minute - 1))).toBe(`${tuesday.toISOString()} 2`);
  expect(await kept({ at: monday }, since(minute - 1))).toBe(`${monday.toISOString()} 1`);
  expect(await kept({ at: monday }, since(minute))).toBe(`${monday.toISOString()} 3`);
});

it("figures as of now are those of the last minute", async () => {
  let counted = 0;
  const kept = keepFigures(async (_: { at: Date }) => ++counted, minute);
  expect(await kept({ at: since(0) })).toBe(1);
  expect(await kept({ at: since(minute - 1) }, since(minute - 1))).toBe(1);
  expect(await kept({ at: since(minute) })).toBe(2);
});
