/**
 * A past decision as three texts: the number of its case, what was recorded beside it, and its facts. The second and the third
 * come again and again, so that what they say is made once. A page of them is one text: the server has made all of it before it
 * sends any, and need not wait until the page before is looked into.
 */
import { remembered } from "../domain/replay/remembered.js";
import { replayTargets } from "../domain/replay/replay-tally.js";
import type { Recorded, RecordedCase, RecordedDecision, RecordedPromise } from "../domain/replay/replayer.js";
import { keptWords } from "../domain/replay/would-be-kept.js";
import type { FactDefinition, Facts } from "../domain/rules/fact-catalogue.js";
import { boundsOf, samplesOf } from "../domain/rules/number-regions.js";
import type { RuleSetName } from "../domain/rules/rule-set.js";
import type { Budget } from "../domain/sla/budget.js";

export interface AskedFact extends FactDefinition {
  /** Of a number that was reckoned here, not typed: it is read as a number like it, by its region (`domain/rules/number-regions`). */
  readonly cuts: readonly number[] | null;
}

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
/** A fact that is not known, as another thing than an empty text. */
const unknown = "\x1a";
const marked = (fields: readonly string[]): string => `concat_ws(E'\\x1f', ${fields.join(", ")})`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** How clock `k` stood at $4: the place of its word in `keptWords`. */
const stood = `case when k.cancelled_at is not null and (k.due_at is null or k.cancelled_at <= k.due_at) then '0'
  when k.due_at is null or k.due_at > $4::timestamptz then '1' when k.met_at <= k.due_at then '2' else '3' end`;

/** Of each target: how it stood, and its budget as amount and unit, which costs less than its JSON. The clocks of a page are gone through once: looked up one by one they take longer than all else. */
export const promisesOfPage = `(select k.case_id, k.cycle, ${replayTargets
  .map(
    (target, i) =>
      `max(${stood} || coalesce((k.budget->>'amount') || (k.budget->>'unit'), '')) filter (where k.target = ${literal(target)}) as promise${i}`,
  )
  .join(", ")}
  from clocks k where k.case_id > $5 and k.case_id <= $6 and k.target in (${replayTargets.map(literal).join(", ")})
  group by k.case_id, k.cycle) k`;

function factText({ name, type, values, cuts }: AskedFact): string {
  const text = `d.facts->>${literal(name)}`;
  if (cuts !== null) {
    const bounds = literal(`{${boundsOf(cuts).join(",")}}`);
    return `coalesce(width_bucket((${text})::float8, ${bounds}::float8[])::text, '')`;
  }
  if (type !== "string") return `coalesce(${text}, '')`;
  // What people typed may hold anything.
  return values === undefined
    ? `coalesce(translate(${text}, E'\\x1d\\x1e\\x1f', ''), E'\\x1a')`
    : `coalesce(${text}, E'\\x1a')`;
}

const ofCase = ["c.type", "coalesce(c.entity, '')", "coalesce(c.pillar, '')", "coalesce(c.importance, '')"];

const joined = (texts: readonly string[]): string => texts.join(" || E'\\x1d' || ");

/** The line of a decision: of the columns of `c`, `d` and `k`, or of those of `c` alone where there are no decisions. */
function lineOf({ set, facts, promises }: ReplayColumns): string {
  if (set === null) return joined(["c.id", marked(ofCase)]);
  const ofDecision = ["d.cycle", "d.version_id"];
  const promised = promises ? replayTargets.map((_target, i) => `coalesce(k.promise${i}, '')`) : [];
  const given = ["''", ...facts.map(factText)].join(" || E'\\x1f' || ");
  return joined(["d.case_id", marked([...ofCase, ...ofDecision, ...promised]), given]);
}

/** The text of a page. @param rows what stands behind `select … `: from where, and in which order */
export const pageText = (columns: ReplayColumns, rows: string): string =>
  `select string_agg(x.line, E'\\x1e') from (select ${lineOf(columns)} as line ${rows}) x`;

/** Entities, levels and how promises stood: many thousands together, and each again and again. */
const mostRecorded = 50_000;
const mostFacts = 10_000;
/** Of budgets and lists there are few. */
export const mostSmall = 10_000;

const none: readonly string[] = Object.freeze([]);
const readers: Readonly<Record<FactDefinition["type"], (text: string) => unknown>> = {
  string: (text) => (text === unknown ? null : text),
  number: (text) => (text === "" ? null : Number(text)),
  boolean: (text) => (text === "" ? null : text === "true"),
  strings: remembered((text: string) => (text === "" ? none : Object.freeze(JSON.parse(text))), mostSmall),
};

function likeReader(cuts: readonly number[]): (text: string) => number | null {
  const samples = samplesOf(cuts);
  return (text) => (text === "" ? null : (samples[Number(text)] ?? null));
}

function factsReader(facts: ReplayColumns["facts"]): (text: string) => Facts {
  const named = facts.map(({ name, type, cuts }) => ({ name, read: cuts === null ? readers[type] : likeReader(cuts) }));
  return (text) => {
    // The first field is always empty: a line without facts is none of one empty fact.
    const fields = text.split(mark);
    const found: Facts = {};
    let i = 0;
    for (const { name, read } of named) found[name] = read(fields[++i] ?? "");
    return found;
  };
}

const promiseOf = remembered((text: string): RecordedPromise => {
  const [, stood, amount, unit] = /^(\d)([-+.eE\d]*)(.*)$/.exec(text) ?? [];
  const kept = keptWords[Number(stood)] ?? "none";
  return { kept, budget: unit ? { amount: Number(amount), unit: unit as Budget["unit"] } : null };
}, mostSmall);
const promiseIn = (text: string | undefined): RecordedPromise | null =>
  text === undefined || text === "" ? null : promiseOf(text);

function recordedIn(text: string): Recorded {
  const [type = "", entity, pillar, importance, cycle, version, ...promises] = text.split(mark);
  const [firstResponse, resolution] = promises;
  return {
    ...{ type, entity: entity || null, pillar: pillar || null, importance: importance || null },
    cycle: Number(cycle),
    versionId: Number(version),
    promised: { firstResponse: promiseIn(firstResponse), resolution: promiseIn(resolution) },
  };
}

/** Of its own: a part of a page would keep the whole page in memory. */
const copied = (text: string): string => Buffer.from(text).toString();

/** Makes whole cases of a page, whose lines are in order of case and decision; null: of none. */
export function caseReader({ set, facts }: ReplayColumns): (page: string | null) => RecordedCase[] {
  const recordedOf = remembered(recordedIn, mostRecorded, copied);
  const factsOf = remembered(factsReader(facts), mostFacts, copied);
  return (page) => {
    const cases: (RecordedCase & { decisions: RecordedDecision[] })[] = [];
    let [last, lastId]: [RecordedDecision[], string | null] = [[], null];
    for (const line of page === null ? [] : page.split(lineMark)) {
      const [id = "", beside = "", given = ""] = line.split(textMark);
      const recorded = recordedOf(beside);
      if (id !== lastId) {
        [last, lastId] = [[], id];
        cases.push({ id: Number(id), labels: recorded, decisions: last });
      }
      if (set !== null) last.push({ recorded, facts: factsOf(given) });
    }
    return cases;
  };
}
