/** Edits of a workflow's definition: each gives a new one and touches only the place that it is about. */
import type { Bilingual } from "../../../engine/text/text.js";
import { membersOf, readWorkflow, targetsOf } from "./workflow-model.js";

type Members = Readonly<Record<string, unknown>>;

const definitionOf = (definition: unknown): Members => membersOf(definition);

/** The object with one member changed in its place, added at the end, or (undefined) taken out. */
export function withMember(object: unknown, name: string, value: unknown): Members {
  const members = membersOf(object);
  if (value === undefined) return Object.fromEntries(Object.entries(members).filter(([key]) => key !== name));
  // A spread would call a setter for `__proto__`, and what somebody names must be only a name.
  return Object.hasOwn(members, name)
    ? Object.fromEntries(Object.entries(members).map(([key, old]) => [key, key === name ? value : old]))
    : Object.fromEntries([...Object.entries(members), [name, value]]);
}

/** The object's members in another order; names that are not there are passed over. */
export function inOrder(object: unknown, names: readonly string[]): Members {
  const members = membersOf(object);
  const rest = Object.keys(members).filter((name) => !names.includes(name));
  const known = names.filter((name) => Object.hasOwn(members, name));
  return Object.fromEntries([...known, ...rest].map((name) => [name, members[name]]));
}

const lists = ["states", "actions"] as const;
type List = (typeof lists)[number];

/** One state or action as it shall be; undefined takes it out. */
function withOne(definition: unknown, list: List, code: string, value: unknown): Members {
  const all = definitionOf(definition);
  return withMember(all, list, withMember(all[list], code, value));
}

export const putState = (definition: unknown, code: string, state: object): Members =>
  withOne(definition, "states", code, state);
export const putAction = (definition: unknown, code: string, action: object): Members =>
  withOne(definition, "actions", code, action);

/** Where a case starts: with an entity (`initial`), or waiting for one (`triage`). */
export const putStart = (definition: unknown, start: "initial" | "triage", code: string): Members =>
  withMember(definition, start, code);

export const rawState = (definition: unknown, code: string): Members =>
  membersOf(membersOf(definitionOf(definition).states)[code]);
export const rawAction = (definition: unknown, code: string): Members =>
  membersOf(membersOf(definitionOf(definition).actions)[code]);

export interface NewTimer {
  readonly id: string;
  readonly after: { readonly amount: number; readonly unit: string };
  readonly action: string;
}

/** The timers of one state as they shall be; those of the others stay as they are and where they are. */
export function putTimers(definition: unknown, state: string, timers: readonly NewTimer[]): Members {
  const all = definitionOf(definition).timers;
  const old: readonly unknown[] = Array.isArray(all) ? all : [];
  const isOurs = (timer: unknown) => membersOf(timer).state === state;
  const next = timers.map((timer) => {
    const before = old.find((one) => isOurs(one) && membersOf(one).id === timer.id);
    return { ...membersOf(before), id: timer.id, state, after: timer.after, action: timer.action };
  });
  const firstAt = old.findIndex(isOurs);
  const others = old.filter((timer) => !isOurs(timer));
  const before = firstAt === -1 ? others.length : old.slice(0, firstAt).filter((timer) => !isOurs(timer)).length;
  return withMember(definition, "timers", [...others.slice(0, before), ...next, ...others.slice(before)]);
}

/** What refers to something that is to be removed, by what it is called. */
export interface Uses {
  readonly actions: readonly Bilingual[];
  readonly timers: readonly string[];
  readonly starts: readonly ("initial" | "triage")[];
}

export function usesOfState(definition: unknown, code: string): Uses {
  const view = readWorkflow(definition);
  const { initial, triage } = definitionOf(definition);
  return {
    actions: (view?.actions ?? [])
      .filter((action) => action.from.includes(code) || targetsOf(action).includes(code))
      .map(({ name }) => name),
    timers: (view?.timers ?? []).filter(({ state }) => state === code).map(({ id }) => id),
    starts: [...(initial === code ? (["initial"] as const) : []), ...(triage === code ? (["triage"] as const) : [])],
  };
}

export function usesOfAction(definition: unknown, code: string): Uses {
  const view = readWorkflow(definition);
  const timers = (view?.timers ?? []).filter(({ action }) => action === code).map(({ id }) => id);
  return { actions: [], timers, starts: [] };
}

/**
 * Without this state: no action is possible in it any more, and its timers are gone. An action that led there, and a start
 * in it, keep the name: the checks tell them, since only a person knows where the case should go instead.
 */
export function removeState(definition: unknown, code: string): Members {
  let next = withOne(definition, "states", code, undefined);
  for (const [name, action] of Object.entries(membersOf(next.actions))) {
    const { from } = membersOf(action);
    if (!Array.isArray(from) || !from.includes(code)) continue;
    next = putAction(
      next,
      name,
      withMember(
        action,
        "from",
        from.filter((state) => state !== code),
      ),
    );
  }
  const { timers } = next;
  if (!Array.isArray(timers)) return next;
  return withMember(
    next,
    "timers",
    timers.filter((timer) => membersOf(timer).state !== code),
  );
}

/** Without this action and the timers that would perform it. */
export function removeAction(definition: unknown, code: string): Members {
  const next = withOne(definition, "actions", code, undefined);
  const { timers } = next;
  if (!Array.isArray(timers)) return next;
  return withMember(
    next,
    "timers",
    timers.filter((timer) => membersOf(timer).action !== code),
  );
}

/**
 * Actions that are possible in one state and not in the other, in their order: what copying would add. What leads to the other
 * alone is left out: there it leads nowhere.
 */
export const possibleOnlyIn = (definition: unknown, from: string, to: string): readonly string[] =>
  (readWorkflow(definition)?.actions ?? [])
    .filter(
      (action) => action.from.includes(from) && !action.from.includes(to) && !action.ways.every((way) => way.to === to),
    )
    .map(({ code }) => code);

/** All that is possible in one state becomes possible in another, too; what is possible there already stays. No timer is copied. */
export function copyPossible(definition: unknown, from: string, to: string): Members {
  return possibleOnlyIn(definition, from, to).reduce<Members>((next, name) => {
    const action = rawAction(next, name);
    const states: readonly unknown[] = Array.isArray(action.from) ? action.from : [];
    return putAction(next, name, withMember(action, "from", [...states, to]));
  }, definitionOf(definition));
}

const maxLetters = 40;

/** A code made of an English name that none of these has: `waiting_for_answer`, `waiting_for_answer_2`. */
export function codeFrom(name: string, taken: readonly string[], otherwise: string): string {
  const parts = name
    .normalize("NFKD")
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  const joined = (parts ?? []).join("_").slice(0, maxLetters).replace(/_+$/, "");
  const base = /^[a-z]/.test(joined) ? joined : joined === "" ? otherwise : `${otherwise}_${joined}`;
  for (let n = 1; ; n++) {
    const code = n === 1 ? base : `${base}_${n}`;
    if (!taken.includes(code)) return code;
  }
}

/** The same for a field, which is written in one word: `phoneNumber`. */
export function fieldCodeFrom(name: string, taken: readonly string[]): string {
  const snake = codeFrom(name, [], "field");
  const base = snake.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  for (let n = 1; ; n++) {
    const code = n === 1 ? base : `${base}${n}`;
    if (!taken.includes(code)) return code;
  }
}

export const taken = (definition: unknown, list: List): readonly string[] =>
  Object.keys(membersOf(definitionOf(definition)[list]));
