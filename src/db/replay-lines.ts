/**
 * A page of past cases as the database tells it, in a few texts: decisions by columns, and for whatever is said of cases and of
 * clocks one line with all cases of which it holds. What lines say comes again from page to page, so that it is made once. All
 * texts of a page are of one moment.
 */
import { type AskedFact, alikeFacts } from "../domain/replay/alike-facts.js";
import { type DecisionColumns, wordAt } from "../domain/replay/decision-columns.js";
import { remembered } from "../domain/replay/remembered.js";
import { replayTargets } from "../domain/replay/replay-tally.js";
import type {
  CaseLabels,
  Recorded,
  RecordedCase,
  RecordedDecision,
  RecordedPromise,
} from "../domain/replay/replayer.js";
import { keptWords } from "../domain/replay/would-be-kept.js";
import type { RuleSetName } from "../domain/rules/rule-set.js";
import type { Budget } from "../domain/sla/budget.js";

/** What is read of each case. */
export interface ReplayColumns {
  /** Null: cases alone, without decisions. */
  readonly set: RuleSetName | null;
  readonly facts: readonly AskedFact[];
  /** Whether the promises of a decision's cycle are read. */
  readonly promises: boolean;
}

export type TextRow = readonly (string | null)[];

/** Between fields, between the texts of a line, and between lines; no text of ours holds them. */
const [mark, textMark, lineMark] = ["\x1f", "\x1d", "\x1e"];
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Places of parameters: numbers of the cases of a page, half-open. */
interface Range {
  readonly from: string;
  readonly to: string;
}
/** Beyond it there are no marks; a page has far fewer cases than there are letters. */
const firstLetter = 0x100;
/** Cases by how far they are from the first number of the page, a letter each: numbers take twice as long to write and to read. */
const casesOf = (id: string, from: string): string =>
  `string_agg(chr((${id} - ${from})::integer + ${firstLetter}), '') as cases`;

/**
 * Cases `c` that a replay looks at: as the key figures, without repeated ones and what applicants withdrew; and without
 * confidential ones, so that nobody finds one by a number.
 */
export const isLookedAt = `not c.confidential and c.duplicate_of is null
  and (c.withdrawn_at is null or c.withdrawn_by is not null)`;

/** Lines of what is said of cases, and then of which. Lines are told apart as whole texts, which takes less than by their parts. */
const linesText = (said: string, cases: string, from: string): string =>
  `(select string_agg(g.said || E'\\x1d' || g.cases, E'\\x1e') from (select ${said} as said, ${cases} ${from} group by 1) g)`;

/** Labels of cases `c`, and whose they are. Put together one by one: functions that join many texts take twice as long. */
export const labelsText = ({ from, to }: Range, where: string): string =>
  linesText(
    `c.type || E'\\x1f' || coalesce(c.entity, '') || E'\\x1f' || coalesce(c.pillar, '') || E'\\x1f' || coalesce(c.importance, '')`,
    casesOf("c.id", from),
    `from cases c where ${where} and c.id >= ${from} and c.id < ${to}`,
  );

/** How clock `k` stood at a moment: the place of its word in `keptWords`. */
const stood = (
  at: string,
): string => `(case when k.cancelled_at is not null and (k.due_at is null or k.cancelled_at <= k.due_at) then 0
    when k.due_at is null or k.due_at > ${at} then 1 when k.met_at <= k.due_at then 2 else 3 end)`;

/** Clocks `k` of which a replay says how they stood. */
export const replayedTargets = `k.target in (${replayTargets.map(literal).join(", ")})`;

/** Of clocks: target, cycle, how they stood, and their budget as amount and unit, which costs less than its JSON; then whose they are. */
export const promisesText = ({ from, to }: Range, at: string): string =>
  linesText(
    `k.target || E'\\x1d' || k.cycle || E'\\x1d' || ${stood(at)} || coalesce((k.budget->>'amount') || (k.budget->>'unit'), '')`,
    casesOf("k.case_id", from),
    `from clocks k where k.case_id >= ${from} and k.case_id < ${to} and ${replayedTargets}`,
  );

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
  copied,
);

const labelReader = () =>
  remembered(
    (text: string): CaseLabels => {
      const [type = "", entity, pillar, importance] = text.split(mark);
      return { type, entity: entity || null, pillar: pillar || null, importance: importance || null };
    },
    mostRecorded,
    copied,
  );

const linesOf = (text: string | null): string[] => (text === null ? [] : text.split(lineMark));

/** By case, as far as it is from the first. */
function labelsIn({ labels, size }: PageTexts, labelsOf: (text: string) => CaseLabels): (CaseLabels | undefined)[] {
  const found = new Array<CaseLabels | undefined>(size).fill(undefined);
  for (const line of linesOf(labels)) {
    const [text = "", cases = ""] = line.split(textMark);
    const said = labelsOf(text);
    for (let i = 0; i < cases.length; i++) found[cases.charCodeAt(i) - firstLetter] = said;
  }
  return found;
}

type PromisesOfCycle = Record<(typeof replayTargets)[number], (RecordedPromise | null)[]>;

/** By cycle and case. */
function promisesIn({ promises, size }: PageTexts): Map<number, PromisesOfCycle> {
  const found = new Map<number, PromisesOfCycle>();
  for (const line of linesOf(promises)) {
    const [target = "", cycle = "", text = "", cases = ""] = line.split(textMark);
    const said = promiseOf(text);
    let ofCycle = found.get(Number(cycle));
    if (ofCycle === undefined) {
      const none = () => new Array<RecordedPromise | null>(size).fill(null);
      ofCycle = { firstResponse: none(), resolution: none() };
      found.set(Number(cycle), ofCycle);
    }
    const stood = ofCycle[target as (typeof replayTargets)[number]];
    for (let i = 0; i < cases.length; i++) stood[cases.charCodeAt(i) - firstLetter] = said;
  }
  return found;
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

/** Makes whole cases of a page, in the order of their numbers. Equal records are one object, and equal facts of a page. */
export function caseReader({ set, facts }: ReplayColumns) {
  const recordedOf = recorder();
  const labelsOf = labelReader();

  function decided(texts: PageTexts, columns: DecisionColumns): RecordedCase[] {
    const labels = labelsIn(texts, labelsOf);
    const promises = promisesIn(texts);
    const alike = alikeFacts(columns, facts);
    const cases: RecordedCase[] = [];
    let decisions: RecordedDecision[] = [];
    let last = -1;
    for (let i = 0; i < columns.cases.length; i++) {
      const id = columns.cases[i] as number;
      const at = id - texts.from;
      const ofCase = labels[at];
      // Of another programme or time, or one that a replay does not look at.
      if (ofCase === undefined) continue;
      const cycle = wordAt(columns.cycles, i) as number;
      const stood = promises.get(cycle);
      const [first, resolution] = stood === undefined ? [null, null] : [stood.firstResponse[at], stood.resolution[at]];
      const version = wordAt(columns.versions, i) as number;
      const recorded = recordedOf(ofCase, first ?? null, resolution ?? null, cycle, version);
      const decision = { recorded, facts: alike.facts[alike.places[i] as number] as RecordedDecision["facts"] };
      if (id === last) {
        decisions.push(decision);
        continue;
      }
      [last, decisions] = [id, [decision]];
      cases.push({ id, labels: recorded, decisions });
    }
    return cases;
  }
  function alone(texts: PageTexts): RecordedCase[] {
    return labelsIn(texts, labelsOf).flatMap((labels, at) =>
      labels === undefined ? [] : [{ id: texts.from + at, labels, decisions: [] }],
    );
  }
  return (texts: PageTexts, columns: DecisionColumns): RecordedCase[] =>
    set === null ? alone(texts) : decided(texts, columns);
}
