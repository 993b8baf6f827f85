/** What a text is likely about, from the names of entities and their services: “passport” stands in one of them. */
import type { Entity, Service, Setup } from "../setup/setup.js";
import type { Matter } from "./matter.js";
import { textStems } from "./text-stems.js";

interface NamedPlace {
  readonly entity: string;
  readonly service: string | null;
  readonly stems: ReadonlySet<string>;
  /** By language the words of its name. */
  readonly names: readonly (readonly (readonly string[])[])[];
}

interface Names {
  readonly places: readonly NamedPlace[];
  /** By stem: in how many names it stands. */
  readonly often: ReadonlyMap<string, number>;
}

/** In more names a word is a kind (“ministry”, “issue”), and no name. */
const mostNames = 6;

/** So much of a name, by the weight of its words, has to be in the text: “sale” alone is not “registration of a sale of land”. */
const enough = 0.3;

/** Words that every application may have, whatever stands in names: what is sent, who works on it, that it takes long. */
const ofEverything: ReadonlySet<string> = new Set(
  textStems(
    `طلب طلبت معاملة معاملتي خدمة موظف مراجعة مراجع وثيقة وثائق دائرة شكوى استفسار اقتراح تأخر انتظار موعد إصدار صدر تجديد شهر شهرية يوم أسبوع سنة
     request application apply transaction service employee visit document office complaint inquiry suggestion delay wait issue renewal month week year day`,
  ).flat(),
);

const known = new WeakMap<Setup, Names>();

/** The names of the settings, taken apart once. */
function namesOf(setup: Setup): Names {
  const before = known.get(setup);
  if (before !== undefined) return before;
  const wordsIn = ({ name }: Entity | Service): Pick<NamedPlace, "stems" | "names"> => {
    const names = [textStems(name.ar), textStems(name.en)];
    return { names, stems: new Set(names.flat(2)) };
  };
  const inUse = <Row extends Entity | Service>(rows: ReadonlyMap<string, Row>): Row[] =>
    [...rows.values()].filter(({ retired }) => !retired);
  const places: NamedPlace[] = [
    ...inUse(setup.services).map((row) => ({ entity: row.entity, service: row.code, ...wordsIn(row) })),
    ...inUse(setup.entities).map((row) => ({ entity: row.code, service: null, ...wordsIn(row) })),
  ];
  const often = new Map<string, number>();
  for (const { stems } of places) for (const stem of stems) often.set(stem, (often.get(stem) ?? 0) + 1);
  const names = { places, often };
  known.set(setup, names);
  return names;
}

/** Those of whose names the text has the most and the rarest words first, at most `limit`; what type it is names do not say. */
export function mattersFromNames(stems: readonly (readonly string[])[], setup: Setup, limit: number): Matter[] {
  const { places, often } = namesOf(setup);
  // A word is as common as the commonest of its readings.
  const timesOf = (readings: readonly string[]): number => Math.max(...readings.map((stem) => often.get(stem) ?? 0));
  const rare = stems.filter(
    (readings) => !readings.some((stem) => ofEverything.has(stem)) && timesOf(readings) <= mostNames,
  );
  const weightOf = (readings: readonly string[]): number =>
    Math.log(1 + places.length / Math.max(1, timesOf(readings)));
  const said = new Set(rare.flat());
  const judged = places
    .map((place) => {
      const shares = place.names.map((words) => {
        const weights = words.map((readings) => [weightOf(readings), readings.some((stem) => said.has(stem))] as const);
        const of = (only: boolean) => weights.reduce((sum, [weight, found]) => sum + (found || !only ? weight : 0), 0);
        return { score: of(true), share: of(true) / Math.max(of(false), 1) };
      });
      const near = shares.filter(({ share }) => share >= enough);
      return { place, score: Math.max(0, ...near.map(({ score }) => score)) };
    })
    .filter(({ score }) => score > 0)
    // Of equal ones that with the shorter name: more of it was said.
    .sort((a, b) => b.score - a.score || a.place.stems.size - b.place.stems.size);
  const best = judged[0]?.score ?? 0;
  return judged
    .filter(({ score }) => score >= best / 2)
    .slice(0, limit)
    .map(({ place: { entity, service } }) => ({ type: null, entity, service }));
}
