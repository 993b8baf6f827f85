/** The stories of the demo's ninety days: each knob of the population's file does what it says, drawn often enough to tell. */
import { describe, expect, it } from "@jest/globals";
import { writeApplication } from "../../src/app/demo/applicants.js";
import { arrivalsOf } from "../../src/app/demo/arrivals.js";
import { actorOf, type LivedCase, type NextAct, type World } from "../../src/app/demo/lived-case.js";
import type { PopulationMaterial } from "../../src/app/demo/material.js";
import { nextAct } from "../../src/app/demo/next-act.js";
import { seededRandom } from "../../src/app/demo/seeded-random.js";
import { falls, mannerOf, type Phase, phaseAt, type Story, storyOf, wordsOf } from "../../src/app/demo/stories.js";
import { calendar, office, seat, seats, shippedWorkflow, sunday } from "../support/office.js";
import { shippedJson } from "../support/shipped-setup.js";

const shipped = shippedJson<PopulationMaterial>("seeds", "jordan", "population.json");
const dayMs = 86_400_000;
const to = new Date(sunday.getTime() + 20 * dayMs);
const daysBefore = (days: number): Date => new Date(to.getTime() - days * dayMs);
const workflow = { versionId: 1, version: 1, definition: shippedWorkflow("complaint") };
const setup = office({ workflows: new Map([["complaint", workflow]]) });
const words = { subjects: shipped.names, bodies: shipped.names };

const about = (phases: Phase[], change: Partial<Story> = {}): Story => ({
  ...{ code: "told", kind: "bad", type: "complaint", entity: "JFDA", service: null, pillar: null },
  ...{ governorates: ["AMM"], ...words, phases, ...change },
});
const worldOf = (...stories: Story[]): World => {
  const material = { ...shipped, stories };
  return { setup, calendar, random: seededRandom(7), material, newestFrom: to, to, recent: [] };
};
const caseOf = (change: Partial<LivedCase> = {}): LivedCase => ({
  ...{
    reference: "123-456-7897",
    code: "x",
    type: "complaint",
    language: "en",
    sector: "HEALTH",
    story: null,
    nth: null,
  },
  ...{ state: "in_progress", entity: "JFDA", takenIn: "in_progress", asked: true, transferred: true, among: new Set() },
  ...{ dueAt: calendar.addSeconds(sunday, 3 * 7 * 3600), answerAt: null, answerer: null, refused: 0 },
  taker: actorOf(seats[0] ?? seat(1, "focal_point", {}), "jordan", sunday),
  ...change,
});
const draws = 1500;
const drawn = (world: World, change: Partial<LivedCase> = {}): (NextAct | null)[] =>
  Array.from({ length: draws }, () => nextAct(world, caseOf(change), sunday));
const of = (acts: readonly (NextAct | null)[], action: string): NextAct[] =>
  acts.filter((act): act is NextAct => act?.action === action);

describe("an office works as the phase says", () => {
  /** Its answers alone, without a word before. */
  const answers = (phase: Partial<Phase>) =>
    of(drawn(worldOf(about([{ from: 90, applications: 1, ...phase }]))), "answer").map(({ at }) => at.getTime());
  const due = caseOf().dueAt as Date;

  it.each([0, 40, 100])("%i of a hundred answers in time", (onTime) => {
    const given = answers({ onTime });
    const inTime = given.filter((at) => at <= due.getTime());
    expect(given.length).toBeGreaterThan(300);
    // Those that answer late say something first, more often than the others.
    expect(Math.abs(inTime.length / given.length - onTime / 100)).toBeLessThan(0.12);
  });

  it("so much of the time, and so late", () => {
    const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
    const worked = (phase: Partial<Phase>) =>
      median(answers(phase).map((at) => calendar.between(sunday, new Date(at))));
    expect(worked({ onTime: 100, takes: 10 })).toBeLessThan(worked({ onTime: 100, takes: 60 }) / 3);
    const late = answers({ onTime: 0, lateDays: [4, 6] }).map((at) => calendar.between(due, new Date(at)) / 3600 / 7);
    expect(Math.min(...late)).toBeGreaterThan(3.9);
    expect(Math.max(...late)).toBeLessThan(6.5);
  });

  it("so many answers come back from review", () => {
    const returned = (percent: number) => {
      const world = worldOf(about([{ from: 90, applications: 1, returned: percent }]));
      return of(drawn(world, { state: "in_review", answerer: 12 }), "return").length / draws;
    };
    expect([returned(0), returned(100)]).toEqual([0, 1].map((share) => expect.closeTo(share, 1)));
    expect(returned(30)).toBeCloseTo(0.3, 1);
  });

  it("so many rate, and so many of them with 4 or 5", () => {
    const world = worldOf(about([{ from: 90, applications: 1, rated: 33, satisfied: 25 }]));
    const rated = of(drawn(world, { state: "resolved" }), "rate");
    const good = rated.filter(({ fields }) => Number(fields.rating) >= 4);
    expect(rated.length / draws).toBeCloseTo(0.33, 1);
    expect(good.length / rated.length).toBeCloseTo(0.25, 1);
  });

  it("and gives the phase's reason, in its answer and before", () => {
    const answer = { ar: "المضخة قديمة.", en: "The pump is old." };
    const contact = { ar: "المضخة في الطريق.", en: "The pump is on its way." };
    const acts = drawn(worldOf(about([{ from: 90, applications: 1, answers: [answer], contacts: [contact] }])));
    expect(new Set(of(acts, "answer").map(({ fields }) => fields.answer))).toEqual(new Set([answer.en]));
    expect(new Set(of(acts, "contact").map(({ fields }) => fields.note))).toEqual(new Set([contact.en]));
  });

  it.each([5, 20])("of %i of a story's own so many as it says, not more or less by chance", (cases) => {
    const turns = (what: "onTime" | "rated" | "satisfied", percent: number) =>
      Array.from({ length: cases }, (_, nth) => falls(seededRandom(1), nth, what, percent)).filter(Boolean).length;
    for (const what of ["onTime", "rated", "satisfied"] as const)
      expect([0, 40, 100].map((percent) => Math.abs(turns(what, percent) - (cases * percent) / 100) <= 2)).toEqual([
        true,
        true,
        true,
      ]);
  });

  it("but what is stuck is taken and lies", () => {
    const story = about([{ from: 90, applications: 1 }], { kind: "stuck" });
    expect(of(drawn(worldOf(story), { story, state: "assigned", takenIn: null }), "take")).toHaveLength(draws);
    expect(drawn(worldOf(story), { story }).every((act) => act === null)).toBe(true);
  });
});

describe("whose story a case is", () => {
  const [before, after] = [
    { from: 90, applications: 1, onTime: 90 },
    { from: 30, applications: 1, onTime: 20 },
  ];
  const whole = about([before, after]);
  const ofService = about([before], { code: "service", service: "JFDA-FOOD" });
  const material = { ...shipped, stories: [ofService, whole] };

  it.each([
    [95, before],
    [60, before],
    [30, after],
    [0, after],
  ])("%i days before the end", (days, phase) => {
    expect(phaseAt(whole, { to, at: daysBefore(days) })).toBe(phase);
  });

  it.each([
    ["its own before the entity's", ofService, "JFDA", 90],
    ["the entity's, whatever it is about", null, "JFDA", 20],
    ["none where it was transferred to", ofService, "MOH", shipped.usual.onTime],
    ["none in triage", null, null, shipped.usual.onTime],
  ])("%s", (_name, story, entity, onTime) => {
    expect(mannerOf({ material, to }, { story, entity }, daysBefore(1)).onTime).toBe(onTime);
  });

  it.each([
    ["JFDA-FOOD", ofService],
    ["JFDA-DRUG", null],
    [null, null],
  ])("written about the service %s", (service, story) => expect(storyOf(material, null, service)).toBe(story));
});

describe("what comes", () => {
  const material = { ...shipped, newest: { days: 10, percent: 4, hoursToPlace: 20 } };
  const from = daysBefore(90);
  const newestFrom = daysBefore(10);
  const lived = { random: seededRandom(3), calendar, from, to, newestFrom, applications: 500 };
  const wave = about([
    { from: 90, applications: 2 },
    { from: 12, days: 5, applications: 6 },
  ]);
  const arrivals = arrivalsOf({ ...lived, material: { ...material, stories: [wave] } });

  it("is as many as asked for, the wave in its days, and nobody names an office in the newest", () => {
    const told = arrivals.filter(({ told: one }) => one !== null);
    const inWave = told.filter(({ told: one }) => one?.phase === wave.phases[1]);
    expect([arrivals.length, told.length, inWave.length]).toEqual([500, 40, 30]);
    expect(inWave.every(({ at }) => at >= daysBefore(12) && at < daysBefore(7))).toBe(true);
    const others = arrivals.filter(({ told: one }) => one === null);
    expect(others.filter(({ isUnplaced }) => isUnplaced).length).toBeGreaterThanOrEqual(20);
    expect(others.every(({ at, isUnplaced }) => isUnplaced === at >= newestFrom)).toBe(true);
    expect(arrivals.map(({ at }) => at.getTime())).toEqual(
      arrivals.map(({ at }) => at.getTime()).sort((a, b) => a - b),
    );
  });

  it("is only what falls into the days that are lived", () => {
    const days = { from: daysBefore(9), to, newestFrom: daysBefore(9) };
    const some = arrivalsOf({ ...lived, ...days, material: { ...material, stories: [wave] } });
    expect(some).toHaveLength(500);
    expect(some.every(({ at }) => at >= days.from)).toBe(true);
  });

  it("names what its story is about, in words that do not come twice", () => {
    for (const story of shipped.stories)
      for (const phase of story.phases) {
        const nth = Array.from({ length: (phase.subjects ?? story.subjects).length * 3 }, (_, i) => i);
        const written = nth.map((n) =>
          Object.values(wordsOf({ story, phase, nth: n }))
            .map(({ en }) => en)
            .join("|"),
        );
        const most = (phase.subjects ?? story.subjects).length * (phase.bodies ?? story.bodies).length;
        expect(new Set(written).size).toBe(Math.min(nth.length, most));
        const told = { story, phase, nth: 0 };
        const { input } = writeApplication(seededRandom(1), shipped, setup, { told, isUnplaced: false });
        const { type, entity, service, pillar } = story;
        expect(input).toMatchObject({ type, entity, service, pillar, governorate: expect.any(String) });
        expect(story.governorates).toContain(input.governorate);
        expect(`${input.subject}${input.description}`).not.toMatch(/[{}]/);
      }
  });
});
