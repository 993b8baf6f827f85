/**
 * Whole cases of a page, made of what the database told in a few texts (`replay-lines`). What lines say comes again from page to
 * page, so that it is made once, and cases of which the same is said share their decisions as one object.
 */

import type { Budget } from "../../../engine/calendar/budget.js";
import { type AskedFact, alikeFacts } from "../../../engine/replay/alike-facts.js";
import { type DecisionColumns, placeAt, wordAt } from "../../../engine/replay/decision-columns.js";
import { remembered, rememberedPair, weightOfFacts } from "../../../engine/replay/remembered.js";
import type { replayTargets } from "../../../engine/replay/replay-tally.js";
import type {
  CaseLabels,
  Recorded,
  RecordedCase,
  RecordedDecision,
  RecordedPromise,
} from "../../../engine/replay/replayer.js";
import { type Said, tellApart } from "../../../engine/replay/tell-apart.js";
import { keptWords } from "../../../engine/replay/would-be-kept.js";
import type { Facts } from "../../../engine/rules/fact-catalogue.js";
import type { RuleSetName } from "../../../engine/rules/rule-set.js";
import { firstLetter, lineMark, mark, textMark } from "./replay-lines.js";

/** What is read of each case. */
export interface ReplayColumns {
  /** Null: cases alone, without decisions. */
  readonly set: RuleSetName | null;
  readonly facts: readonly AskedFact[];
  /** Whether the promises of a decision's cycle are read. */
  readonly promises: boolean;
}

/** Texts of a page; null where there is nothing. */
export interface PageTexts {
  /** The first number of the page, and how many there are. */
  readonly from: number;
  readonly size: number;
  readonly labels: string | null;
  readonly promises: string | null;
}

/** Entities, levels and how promises stood: many thousands together, and each again and again. */
const mostRecorded = 50_000;
/** Of budgets and lists there are few. */
export const mostSmall = 10_000;

/** Of its own: a part of a page would keep the whole page in memory. */
export const copied = (text: string): string => Buffer.from(text).toString();

const promiseOf = remembered(
  (text: string): RecordedPromise => {
    const [, stood, amount, unit] = /^(\d)([-+.eE\d]*)(.*)$/.exec(text) ?? [];
    const kept = keptWords[Number(stood)] ?? "none";
    return { kept, budget: unit ? { amount: Number(amount), unit: unit as Budget["unit"] } : null };
  },
  mostSmall,
  { own: copied },
);

const labelReader = () =>
  remembered(
    (text: string): CaseLabels => {
      const [type = "", entity, pillar, importance] = text.split(mark);
      return { type, entity: entity || null, pillar: pillar || null, importance: importance || null };
    },
    mostRecorded,
    { own: copied },
  );

const linesOf = (text: string | null): string[] => (text === null ? [] : text.split(lineMark));

/** Kinds of what is said; the first one is nothing. Of each case of the page, as far as it is from the first, the place of its kind. */
interface Labelled {
  readonly kinds: readonly (CaseLabels | null)[];
  readonly places: Uint16Array;
}

/** Puts a kind where its cases are. */
function put(places: Uint16Array | Uint32Array, cases: string, kind: number): void {
  for (let i = 0; i < cases.length; i++) places[cases.charCodeAt(i) - firstLetter] = kind;
}

function labelsIn({ labels, size }: PageTexts, labelsOf: (text: string) => CaseLabels): Labelled {
  const kinds: Labelled["kinds"][number][] = [null];
  const places = new Uint16Array(size);
  for (const line of linesOf(labels)) {
    const [text = "", cases = ""] = line.split(textMark);
    put(places, cases, kinds.push(labelsOf(text)) - 1);
  }
  return { kinds, places };
}

type PromisesOfCycle = Record<(typeof replayTargets)[number], Uint32Array>;

interface Promised {
  readonly kinds: readonly (RecordedPromise | null)[];
  readonly ofCycle: ReadonlyMap<number, PromisesOfCycle>;
}

function promisesIn({ promises, size }: PageTexts): Promised {
  const kinds: Promised["kinds"][number][] = [null];
  const ofCycle = new Map<number, PromisesOfCycle>();
  for (const line of linesOf(promises)) {
    const [target = "", number = "", text = "", cases = ""] = line.split(textMark);
    const cycle = Number(number);
    const known = ofCycle.get(cycle) ?? { firstResponse: new Uint32Array(size), resolution: new Uint32Array(size) };
    ofCycle.set(cycle, known);
    put(known[target as (typeof replayTargets)[number]], cases, kinds.push(promiseOf(text)) - 1);
  }
  return { kinds, ofCycle };
}

type Told = RecordedPromise | null;

function below<Key, Next>(known: Map<Key, Map<Next, unknown>>, key: Key): Map<Next, unknown> {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = new Map<Next, unknown>();
  known.set(key, made);
  return made;
}

/** Equal records are one object, as long as they are remembered. */
function recorder() {
  const known = new Map<CaseLabels, Map<Told, unknown>>();
  let size = 0;
  return (labels: CaseLabels, firstResponse: Told, resolution: Told, cycle: number, versionId: number): Recorded => {
    const ofFirst = below(known, labels) as Map<Told, Map<Told, unknown>>;
    const ofBoth = below(ofFirst, firstResponse) as Map<Told, Map<number, unknown>>;
    const decided = below(ofBoth, resolution) as Map<number, Recorded>;
    // Numbers of versions are four bytes.
    const key = cycle * 2 ** 31 + versionId;
    const before = decided.get(key);
    if (before !== undefined) return before;
    const made: Recorded = { ...labels, cycle, versionId, promised: { firstResponse, resolution } };
    if (size >= mostRecorded) {
      known.clear();
      size = 0;
    } else {
      decided.set(key, made);
      size += 1;
    }
    return made;
  };
}

/** What a page says of each of its decisions, beside the facts. */
function saidOfDecisions(texts: PageTexts, columns: DecisionColumns, labelsOf: (text: string) => CaseLabels) {
  const labels = labelsIn(texts, labelsOf);
  const promised = promisesIn(texts);
  const { cases, cycles, versions } = columns;
  const size = cases.length;
  const [labelled, first, resolution] = [new Uint16Array(size), new Uint32Array(size), new Uint32Array(size)];
  const stood = cycles.words.map((cycle) => promised.ofCycle.get(cycle as number));
  for (let i = 0; i < size; i++) {
    const at = (cases[i] as number) - texts.from;
    labelled[i] = labels.places[at] as number;
    const ofCycle = stood[placeAt(cycles, i)];
    if (ofCycle === undefined) continue;
    first[i] = ofCycle.firstResponse[at] as number;
    resolution[i] = ofCycle.resolution[at] as number;
  }
  const [labelKinds, promiseKinds] = [labels.kinds.length, promised.kinds.length];
  const said: readonly Said[] = [
    { width: labelKinds, kindOf: null, places: labelled },
    { width: promiseKinds, kindOf: null, places: first },
    { width: promiseKinds, kindOf: null, places: resolution },
    { width: cycles.words.length, kindOf: null, places: cycles.places },
    { width: versions.words.length, kindOf: null, places: versions.places },
  ];
  return {
    said,
    labels: (i: number): CaseLabels | null => labels.kinds[labelled[i] as number] ?? null,
    firstResponse: (i: number): Told => promised.kinds[first[i] as number] ?? null,
    resolution: (i: number): Told => promised.kinds[resolution[i] as number] ?? null,
  };
}

/**
 * Makes whole cases of a page, in the order of their numbers. Where the same is said of several, by labels, facts, promises,
 * cycle and version, their one decision is one object, and so is the list that it stands in.
 */
export function caseReader({ set, facts }: ReplayColumns) {
  const recordedOf = recorder();
  const labelsOf = labelReader();
  const alikeIn = alikeFacts(facts);
  const decisionsOf = rememberedPair(
    (recorded: Recorded, its: Facts): readonly RecordedDecision[] => [{ recorded, facts: its }],
    mostRecorded,
    (_, its) => weightOfFacts(its),
  );

  function decided(texts: PageTexts, columns: DecisionColumns): RecordedCase[] {
    const page = saidOfDecisions(texts, columns, labelsOf);
    const alike = alikeIn(columns);
    const groups = alike.places.slice();
    const count = page.said.reduce((before, said) => tellApart(groups, before, said), alike.facts.length);
    /** Null: of another programme or time, or one that a replay does not look at. */
    function decisionsAt(i: number): readonly RecordedDecision[] | null {
      const labels = page.labels(i);
      if (labels === null) return null;
      const [cycle, version] = [wordAt(columns.cycles, i) as number, wordAt(columns.versions, i) as number];
      const recorded = recordedOf(labels, page.firstResponse(i), page.resolution(i), cycle, version);
      return decisionsOf(recorded, alike.facts[alike.places[i] as number] as Facts);
    }
    const known = new Array<readonly RecordedDecision[] | null | undefined>(count).fill(undefined);
    const cases: RecordedCase[] = [];
    let last = -1;
    columns.cases.forEach((id, i) => {
      const group = groups[i] as number;
      const its = known[group] === undefined ? decisionsAt(i) : known[group];
      known[group] = its;
      if (its === null) return;
      const before = id === last ? cases.pop() : undefined;
      const decisions = before === undefined ? its : [...before.decisions, ...its];
      cases.push({ id, labels: (decisions[0] as RecordedDecision).recorded, decisions });
      last = id;
    });
    return cases;
  }
  function alone(texts: PageTexts): RecordedCase[] {
    const { kinds, places } = labelsIn(texts, labelsOf);
    return Array.from(places).flatMap((kind, at) => {
      const labels = kinds[kind] ?? null;
      return labels === null ? [] : [{ id: texts.from + at, labels, decisions: [] }];
    });
  }
  return (texts: PageTexts, columns: DecisionColumns): RecordedCase[] =>
    set === null ? alone(texts) : decided(texts, columns);
}
