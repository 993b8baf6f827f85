/**
 * A workflow as the studio shows it, read from whatever was written: what has another form than expected is left out of
 * sight and stays in the definition, for edits touch only the place that they are about (`edit-workflow.ts`).
 */

import type { Budget } from "../../../engine/calendar/budget.js";
import type { Bilingual } from "../../../engine/text/text.js";
import type { StateKind } from "../../../engine/workflow/workflow-definition.js";
import type { PolicyFault } from "../policy-part.js";

export interface TimerView {
  /** Its place in the list of timers. */
  readonly at: number;
  readonly id: string;
  readonly state: string;
  readonly after: Budget | null;
  readonly action: string;
}

export interface StateView {
  readonly code: string;
  readonly name: Bilingual;
  /** Null: what stands there is no kind. */
  readonly kind: StateKind | null;
  /** What applicants read of it; null: nothing of its own. */
  readonly told: Bilingual | null;
  /** Where a case starts: found by the rules, or waiting to be placed. */
  readonly starts: readonly ("initial" | "triage")[];
  readonly timers: readonly TimerView[];
}

export interface FieldView {
  readonly code: string;
  readonly name: Bilingual;
  readonly type: string;
  readonly required: boolean;
  readonly choices: readonly { readonly code: string; readonly name: Bilingual }[] | null;
  readonly maxLength: number | null;
  readonly minLetters: number | null;
}

export interface GuardView {
  readonly when: unknown;
  readonly otherwise: Bilingual;
}

/** One way an action may go; `to` null: the case stays where it is. */
export interface WayView {
  readonly to: string | null;
  readonly when: unknown;
  readonly effects: readonly string[];
}

export interface ActionView {
  readonly code: string;
  readonly name: Bilingual;
  readonly from: readonly string[];
  readonly ways: readonly WayView[];
  /** Whether the ways are told as branches. */
  readonly branches: boolean;
  readonly by: readonly string[];
  readonly fields: readonly FieldView[];
  readonly effects: readonly string[];
  readonly guards: readonly GuardView[];
  readonly attachments: boolean;
  /** Null: nothing is said. */
  readonly signOfLife: boolean | null;
}

export interface WorkflowView {
  readonly name: Bilingual;
  readonly states: readonly StateView[];
  readonly actions: readonly ActionView[];
  readonly timers: readonly TimerView[];
}

type Members = Readonly<Record<string, unknown>>;

export const membersOf = (value: unknown): Members =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Members) : {};
const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textsOf = (value: unknown): readonly string[] =>
  listOf(value).filter((one): one is string => typeof one === "string");

/** The name; the other language's where one is missing, and the code where both are. */
function nameOf(value: unknown, code: string): Bilingual {
  const { ar, en } = membersOf(value);
  const [arabic, english] = [textOf(ar), textOf(en)];
  return { ar: arabic || english || code, en: english || arabic || code };
}

const bilingual = (value: unknown): Bilingual => {
  const { ar, en } = membersOf(value);
  return { ar: textOf(ar), en: textOf(en) };
};

const kinds: ReadonlySet<unknown> = new Set<StateKind>(["open", "waiting", "resolved", "final"]);

function budgetOf(value: unknown): Budget | null {
  const { amount, unit } = membersOf(value);
  const known = unit === "workingHours" || unit === "workingDays" || unit === "calendarHours";
  return typeof amount === "number" && known ? { amount, unit } : null;
}

function fieldView([code, field]: [string, unknown]): FieldView {
  const { name, type, required, choices, maxLength, minLetters } = membersOf(field);
  return {
    code,
    name: nameOf(name, code),
    type: textOf(type),
    required: required === true,
    choices: Array.isArray(choices)
      ? choices.map((one) => ({ code: textOf(membersOf(one).code), name: bilingual(membersOf(one).name) }))
      : null,
    maxLength: typeof maxLength === "number" ? maxLength : null,
    minLetters: typeof minLetters === "number" ? minLetters : null,
  };
}

function waysOf(to: unknown): readonly WayView[] {
  if (Array.isArray(to)) {
    return to.map((branch) => {
      const { to: state, when, effects } = membersOf(branch);
      return { to: textOf(state), when, effects: textsOf(effects) };
    });
  }
  return [{ to: typeof to === "string" ? to : null, when: undefined, effects: [] }];
}

/** One action, whatever form it has. */
export function readAction(code: string, action: unknown): ActionView {
  const { name, from, to, by, fields, effects, guards, attachments, signOfLife } = membersOf(action);
  return {
    code,
    name: nameOf(name, code),
    from: textsOf(from),
    ways: waysOf(to),
    branches: Array.isArray(to),
    by: textsOf(by),
    fields: Object.entries(membersOf(fields)).map(fieldView),
    effects: textsOf(effects),
    guards: listOf(guards).map((guard) => ({
      when: membersOf(guard).when,
      otherwise: bilingual(membersOf(guard).otherwise),
    })),
    attachments: attachments === true,
    signOfLife: typeof signOfLife === "boolean" ? signOfLife : null,
  };
}

/** Null where it is no workflow at all: nothing of it can be drawn. */
export function readWorkflow(definition: unknown): WorkflowView | null {
  const { name, states, actions, timers, initial, triage } = membersOf(definition);
  if (typeof states !== "object" || states === null || Array.isArray(states)) return null;
  const allTimers = listOf(timers).map((timer, at): TimerView => {
    const { id, state, after, action } = membersOf(timer);
    return { at, id: textOf(id), state: textOf(state), after: budgetOf(after), action: textOf(action) };
  });
  return {
    name: nameOf(name, ""),
    states: Object.entries(membersOf(states)).map(([code, state]) => {
      const { name: called, kind, told } = membersOf(state);
      return {
        code,
        name: nameOf(called, code),
        kind: kinds.has(kind) ? (kind as StateKind) : null,
        told: told === undefined ? null : nameOf(told, ""),
        starts: [
          ...(initial === code ? (["initial"] as const) : []),
          ...(triage === code ? (["triage"] as const) : []),
        ],
        timers: allTimers.filter((timer) => timer.state === code),
      };
    }),
    actions: Object.entries(membersOf(actions)).map(([code, action]) => readAction(code, action)),
    timers: allTimers,
  };
}

/** The states that an action may lead to, each once. */
export const targetsOf = ({ ways }: ActionView): readonly string[] => [
  ...new Set(ways.flatMap(({ to }) => (to === null ? [] : [to]))),
];

/** Whether the case may stay where it is. */
export const mayStay = ({ ways }: ActionView): boolean => ways.some(({ to }) => to === null);

const pointerPart = (name: string): string => name.replaceAll("~", "~0").replaceAll("/", "~1");
const stateAt = (code: string): string => `/states/${pointerPart(code)}`;
export const actionAt = (code: string): string => `/actions/${pointerPart(code)}`;

const within = (field: string, pointer: string): boolean => field === pointer || field.startsWith(`${pointer}/`);

/** Faults at a place or below it. */
export const faultsWithin = (faults: readonly PolicyFault[], pointer: string): readonly PolicyFault[] =>
  faults.filter(({ field }) => within(field, pointer));

/** What is told of a state: at itself, at its timers, and where the case starts in it. */
export function faultsOfState(faults: readonly PolicyFault[], { code, timers, starts }: StateView): PolicyFault[] {
  const places = [stateAt(code), ...timers.map(({ at }) => `/timers/${at}`), ...starts.map((start) => `/${start}`)];
  return faults.filter(({ field }) => places.some((place) => within(field, place)));
}

/** What is about no state and no action that is shown. */
export function otherFaults(faults: readonly PolicyFault[], { states, actions }: WorkflowView): PolicyFault[] {
  const told = new Set([
    ...states.flatMap((state) => faultsOfState(faults, state)),
    ...actions.flatMap(({ code }) => faultsWithin(faults, actionAt(code))),
  ]);
  return faults.filter((fault) => !told.has(fault));
}
