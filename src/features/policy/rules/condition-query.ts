/**
 * Conditions as the query builder holds them, and back. What it cannot show (deeper nesting, a form that is none of
 * ours) stays in it as the JSON that it was, so that nothing is lost on the way there and back.
 */
import { isRecord } from "../../../engine/is-record.js";
import type { Condition } from "../../../engine/rules/rule-set.js";

export type Combinator = "all" | "any";

export interface QueryLeaf {
  readonly id: string;
  readonly field: string;
  readonly operator: string;
  readonly value: unknown;
  /** JSON pointer below the conditions; of what was there when they were read. */
  readonly at?: string;
}

export interface QueryGroup {
  readonly id: string;
  readonly combinator: Combinator;
  /** The opposite of what its members say. */
  readonly not?: boolean;
  /** Written without a group of its own: `{ "fact": … }` at the top, or `{ "not": { "fact": … } }`. */
  readonly bare?: boolean;
  readonly rules: readonly QueryPart[];
  readonly at?: string;
}
export type QueryPart = QueryLeaf | QueryGroup;

/** The field of a leaf that holds JSON which cannot be shown. */
export const unshown = "$json";
/** Groups in groups that are shown; beneath stands JSON. */
const deepest = 5;
/** Beyond, a screen is no place to read it. */
const maxLeaves = 200;

/** `equal null` and `notEqual null`, in the words of people. */
const nullOperators: Readonly<Record<string, string>> = { equal: "unknown", notEqual: "known" };
const writtenOperators: Readonly<Record<string, string>> = { unknown: "equal", known: "notEqual" };

type Json = Readonly<Record<string, unknown>>;
export const isGroup = (part: QueryPart): part is QueryGroup => "rules" in part;

const onlyKeys = (value: Json, keys: readonly string[]): boolean =>
  Object.keys(value).length === keys.length && keys.every((key) => key in value);

/** `all` or `any` of a group as it is written; null for anything else. */
function groupKind(value: unknown): Combinator | null {
  if (!isRecord(value)) return null;
  for (const kind of ["all", "any"] as const) if (onlyKeys(value, [kind]) && Array.isArray(value[kind])) return kind;
  return null;
}

const isLeaf = (value: unknown): value is { fact: string; operator: string; value: unknown } =>
  isRecord(value) &&
  onlyKeys(value, ["fact", "operator", "value"]) &&
  typeof value.fact === "string" &&
  typeof value.operator === "string" &&
  // These two names are the screen's own.
  !(value.operator in writtenOperators);

const idOf = (path: readonly number[]): string => ["q", ...path].join("-");

function groupOf(value: unknown, path: readonly number[], at: string): QueryGroup | null {
  const place = { id: idOf(path), at };
  const kind = groupKind(value);
  if (kind !== null) {
    const members = (value as Json)[kind] as readonly unknown[];
    const rules = members.map((member, i) => partOf(member, [...path, i], `${at}/${kind}/${i}`));
    return { ...place, combinator: kind, rules };
  }
  if (!isRecord(value) || !onlyKeys(value, ["not"])) return null;
  const inner = groupKind(value.not) === null ? null : groupOf(value.not, path, `${at}/not`);
  if (inner !== null) return { ...inner, not: true };
  return { ...place, combinator: "all", not: true, bare: true, rules: [partOf(value.not, [...path, 0], `${at}/not`)] };
}

/** A comparison alone at the top is a group of one, so that there is a place for the next. */
const leafAtTop = (value: unknown): QueryGroup | null =>
  isLeaf(value) ? { id: idOf([]), at: "", combinator: "all", bare: true, rules: [partOf(value, [0], "")] } : null;

function partOf(value: unknown, path: readonly number[], at: string): QueryPart {
  const place = { id: idOf(path), at };
  if (isLeaf(value)) {
    const { fact, operator, value: beside } = value;
    const shown = beside === null ? (nullOperators[operator] ?? operator) : operator;
    return { ...place, field: fact, operator: shown, value: beside };
  }
  const group = path.length <= deepest ? groupOf(value, path, at) : null;
  return group ?? { ...place, field: unshown, operator: unshown, value };
}

export function leavesOf(part: QueryPart): readonly QueryLeaf[] {
  return isGroup(part) ? part.rules.flatMap(leavesOf) : [part];
}

/** Null: these conditions are not of a form that the builder can hold. */
export function queryOf(conditions: unknown): QueryGroup | null {
  const query = leafAtTop(conditions) ?? groupOf(conditions, [], "");
  return query === null || leavesOf(query).length > maxLeaves ? null : query;
}

function writtenPart(part: QueryPart): unknown {
  if (isGroup(part)) return conditionsOf(part);
  if (part.field === unshown) return part.value;
  const operator = writtenOperators[part.operator];
  if (operator !== undefined) return { fact: part.field, operator, value: null };
  return { fact: part.field, operator: part.operator, value: part.value };
}

/** The conditions that a query stands for. What was written without a group gets one with its second member, or when one chooses how they are joined. */
export function conditionsOf({ combinator, not, bare, rules }: QueryGroup): Condition {
  const members = rules.map(writtenPart);
  const inner = bare === true && combinator === "all" && members.length === 1 ? members[0] : { [combinator]: members };
  return (not === true ? { not: inner } : inner) as Condition;
}

/** What may be asked of a fact, in the order in which it is offered. */
export function operatorsOf(fact: { type: string; nullable: boolean } | undefined): readonly string[] {
  const named: Readonly<Record<string, readonly string[]>> = {
    string: ["equal", "in", "notEqual", "notIn"],
    number: [
      "equal",
      "notEqual",
      "lessThan",
      "lessThanInclusive",
      "greaterThan",
      "greaterThanInclusive",
      "in",
      "notIn",
    ],
    boolean: ["equal"],
    strings: ["contains", "doesNotContain"],
  };
  const own = named[fact?.type ?? ""] ?? [];
  return fact?.nullable === true && fact.type !== "strings" ? [...own, "unknown", "known"] : own;
}

const isListed = (operator: string): boolean => operator === "in" || operator === "notIn";
const firstValue: Readonly<Record<string, unknown>> = { boolean: true, number: 0 };

/** What a fresh condition on a fact begins with; the value is open where one has to be chosen. */
export const freshValue = (type: string | undefined, operator: string): unknown =>
  isListed(operator) ? [] : (firstValue[type ?? ""] ?? "");

/** The value beside an operator that has just been chosen, as near as can be to the one that was there. */
export function valueFor(type: string | undefined, operator: string, before: unknown): unknown {
  if (operator in writtenOperators) return null;
  if (isListed(operator)) return Array.isArray(before) ? before : before === null || before === "" ? [] : [before];
  const single = Array.isArray(before) ? before[0] : before;
  return single === null || single === undefined ? freshValue(type, operator) : single;
}

/** The query after a change, where values follow operators that were chosen anew. */
export function withFittedValues(
  before: QueryGroup,
  after: QueryGroup,
  typeOf: (fact: string) => string | undefined,
): QueryGroup {
  const known = new Map(leavesOf(before).map((leaf) => [leaf.id, leaf]));
  const fitted = (part: QueryPart): QueryPart => {
    if (isGroup(part)) return { ...part, rules: part.rules.map(fitted) };
    const old = known.get(part.id);
    if (old === undefined || old.field !== part.field || old.operator === part.operator) return part;
    return { ...part, value: valueFor(typeOf(part.field), part.operator, part.value) };
  };
  return { ...after, rules: after.rules.map(fitted) };
}
