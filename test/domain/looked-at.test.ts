/** How far somebody has looked at a case that is open before them while more of it comes in. */
import { describe, expect, it } from "@jest/globals";
import { lookedAt } from "../../src/features/cases/page/looked-at.js";

const height = 800;
const came = (...tops: readonly number[]) => tops.map((top, i) => ({ seq: 11 + i, top }));

describe("looking at a case that is open", () => {
  it.each<[string, Parameters<typeof lookedAt>[0], number]>([
    ["what is no news needs no look", { looked: 10, shown: 12, newFrom: null, drawn: [], height }, 12],
    ["what is in sight is seen", { looked: 10, shown: 11, newFrom: 11, drawn: came(700), height }, 11],
    ["what lies below the window stays news", { looked: 10, shown: 11, newFrom: 11, drawn: came(900), height }, 10],
    ["and what lies above it", { looked: 10, shown: 11, newFrom: 11, drawn: came(-40), height }, 10],
    ["of several the first ones", { looked: 10, shown: 13, newFrom: 11, drawn: came(600, 780, 960), height }, 12],
    ["not the last one alone", { looked: 10, shown: 12, newFrom: 11, drawn: came(-300, 200), height }, 10],
    ["what is not drawn stays news", { looked: 10, shown: 12, newFrom: 11, drawn: [], height }, 10],
    [
      "what was there when it was opened is no matter",
      { looked: 11, shown: 12, newFrom: 8, drawn: came(-300, 200), height },
      12,
    ],
    ["what follows it by itself goes along", { looked: 10, shown: 14, newFrom: 12, drawn: came(300, 400), height }, 14],
  ])("%s", (_what, asked, expected) => {
    expect(lookedAt(asked)).toBe(expected);
  });
});
