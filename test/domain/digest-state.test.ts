/** How entities are doing now: who is behind and who does well beyond chance, what came in more often, whose answers come back. */
import { describe, expect, it } from "@jest/globals";
import type { PlaceSeries } from "../../src/engine/measures/digest-changes.js";
import { aheadOf, behindOf, wavesOf, worstAnswersOf } from "../../src/engine/measures/digest-state.js";
import { wordsInCommon } from "../../src/engine/suggestions/words-in-common.js";

const of = (numerator: number, denominator: number) => ({ numerator, denominator });
const place = (code: string) => ({ code, name: { ar: code, en: code } });
const from = Array.from({ length: 13 }, (_, i) => `2026-W${String(i + 1).padStart(2, "0")}`);
const thresholds = { leastChange: 5, leastCases: 30 };
const series = (code: string | null, onTime: readonly ReturnType<typeof of>[]): PlaceSeries => ({
  place: code === null ? null : place(code),
  periods: onTime.map((rate) => ({ onTimeResolution: rate, satisfaction: of(0, 0) })),
  ...{ overdue: 0, overdueBefore: 0, open: 0 },
});
/** As many draws as asked for, the same for ever. */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}
const among = (each: readonly PlaceSeries[]) => {
  const whole = from.map((_, i) => {
    const all = each.map(({ periods }) => periods[i]?.onTimeResolution ?? of(0, 0));
    return of(
      all.reduce((sum, { numerator }) => sum + numerator, 0),
      all.reduce((sum, { denominator }) => sum + denominator, 0),
    );
  });
  return { whole: series(null, whole), each, from, unit: "week", thresholds } as const;
};
const noise = (count: number, seed: number): PlaceSeries[] => {
  const next = draws(seed);
  return Array.from({ length: count }, (_, n) =>
    series(
      `E${n}`,
      from.map(() => of(Array.from({ length: 20 }, next).filter((x) => x < 0.88).length, 20)),
    ),
  );
};

describe("who is behind", () => {
  it("is also who always was, since as long as the digest looks back", () => {
    const bad = series(
      "BAD",
      from.map(() => of(12, 20)),
    );
    expect(behindOf(among([...noise(30, 3), bad]))).toMatchObject([
      { code: "BAD", figure: "onTime", rate: of(48, 80), since: null, from: "2026-W10" },
    ]);
  });

  it("since when, where it was not always so", () => {
    const fell = series(
      "FELL",
      from.map((_, i) => of(i < 8 ? 18 : 9, 20)),
    );
    expect(behindOf(among([...noise(30, 3), fell]))).toMatchObject([{ code: "FELL", since: "2026-W09" }]);
  });

  it("is one of a hundred alike entities in hardly a letter of a year", () => {
    const named = Array.from({ length: 52 }, (_, week) => behindOf(among(noise(106, week + 1))).length);
    expect(named.reduce((sum, n) => sum + n, 0)).toBeLessThanOrEqual(2);
  });
});

it("who does well does so for long, and did not fall of late", () => {
  const none = () => of(0, 0);
  const few = series(
    "GOOD",
    from.map(() => of(6, 6)),
  );
  const fell = series(
    "FELL",
    from.map((_, i) => (i < 10 ? of(20, 20) : of(12, 20))),
  );
  const alike = noise(30, 3);
  expect(aheadOf({ ...among([...alike, few, fell]), firstResponse: none }).map(({ code }) => code)).toEqual(["GOOD"]);
});

it("who does well answers on time more often than all others, and says what else is better", () => {
  const good = series(
    "GOOD",
    from.map(() => of(20, 20)),
  );
  const firstResponse = (code: string | null) => (code === null ? of(1800, 2480) : of(78, 80));
  expect(aheadOf({ ...among([...noise(30, 3), good]), firstResponse })).toMatchObject([
    { code: "GOOD", rate: of(260, 260), more: [{ figure: "firstResponse", rate: of(78, 80) }] },
  ]);
});

describe("a wave", () => {
  const steady = (seed: number) => {
    const next = draws(seed);
    return from.map(() => 4 + Math.round(next() * 8));
  };
  const kinds = Array.from({ length: 60 }, (_, n) => ({
    ...({ dimension: "service", ...place(`S${n}`), place: place("E"), received: steady(n + 1) } as const),
  }));
  const wholeOf = (all: readonly { readonly received: readonly number[] }[]) =>
    from.map((_, i) => all.reduce((sum, { received }) => sum + (received[i] ?? 0), 0));

  it("is what came in beyond chance, with what was usual before; its service stands for its entity", () => {
    const wave = {
      dimension: "service",
      ...place("W"),
      place: place("X"),
      received: [...steady(7).slice(0, 12), 31],
    } as const;
    const entity = { ...wave, dimension: "entity", ...place("X") } as const;
    const found = wavesOf([...kinds, wave, entity], wholeOf([...kinds, wave]));
    expect(found?.map(({ dimension, code, count }) => [dimension, code, count])).toEqual([["service", "W", 31]]);
    expect(found?.[0]?.usual).toBeCloseTo(wave.received.slice(0, 12).reduce((sum, n) => sum + n, 0) / 12);
  });

  it("is none where everything grew alike, where it is of few, or before anything is usual", () => {
    const grown = kinds.map((one) => ({ ...one, received: one.received.map((n, i) => (i === 12 ? n * 3 : n)) }));
    expect(wavesOf(grown, wholeOf(grown))).toEqual([]);
    const few = { ...(kinds[0] as (typeof kinds)[0]), received: [...from.slice(1).map(() => 0), 6] };
    expect(wavesOf([few], wholeOf([few, ...kinds]))).toEqual([]);
    expect(wavesOf([{ ...few, received: [0, 40] }], [100, 140])).toBeNull();
  });

  it("has the words that its texts share and others have not, none of a single person", () => {
    const texts = [
      ...[
        "Water pump broken in Zarqa",
        "The pump of the water station broke",
        "No water since the pump failed",
        "Water pump again",
      ],
      ...["Pump failed, Ahmad Haddad", "pump noise"],
    ];
    const others = ["No water", "Water bill", "Water pressure", "Bill is wrong"];
    expect(wordsInCommon(texts, others, 5)).toEqual(["pump"]);
    expect(wordsInCommon(["مضخة المياه معطلة", "تعطلت المضخة", "المضخة لا تعمل"], [], 3)).toEqual(["المضخة"]);
  });
});

it("whose answers come back most, beyond chance", () => {
  const each = (["A", "B", "C"] as const).map((code) => ({
    place: place(code),
    returned: of(4, 40),
    reopened: of(1, 40),
  }));
  expect(worstAnswersOf(each, thresholds)).toBeNull();
  const bad = { place: place("D"), returned: of(20, 40), reopened: of(1, 40) };
  expect(worstAnswersOf([...each, bad], thresholds)).toEqual({
    ...place("D"),
    ...{ figure: "returned", rate: of(20, 40), others: of(12, 120) },
  });
});
