/** What changed between two versions of a workflow. */

import type { Setup } from "../setup/setup.js";
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";
import type { WorkflowDefinition, WorkflowState, WorkflowTimer } from "../workflow/workflow-definition.js";
import { stateKindTitles } from "../workflow/workflow-titles.js";
import { actionLines, listedActions, wholeAction } from "./action-differences.js";
import { type Difference, differencesOf, fromTo, line, type Say, sayIn } from "./difference.js";

type Coded<Item> = Item & { readonly code: string };

const coded = <Item>(record: Readonly<Record<string, Item>>): Coded<Item>[] =>
  Object.entries(record).map(([code, item]) => ({ ...item, code }));

/** What a part is called, by its code; of what is gone by its last name. */
type Names = (code: string) => Bilingual;

const namesIn =
  (...records: readonly Readonly<Record<string, { readonly name: Bilingual }>>[]): Names =>
  (code) =>
    records.find((record) => Object.hasOwn(record, code))?.[code]?.name ?? { en: code, ar: code };

function stateLines(before: WorkflowState, after: WorkflowState, say: Say): Bilingual[] {
  return [
    ...line(before.name, after.name, () =>
      say((words) =>
        fromTo(
          words,
          words.say(msg("differences.workflowDifferences.name")),
          words.pick(before.name),
          words.pick(after.name),
        ),
      ),
    ),
    ...line(before.kind, after.kind, () =>
      say((words) =>
        fromTo(
          words,
          words.say(msg("differences.workflowDifferences.kind")),
          words.pick(stateKindTitles[before.kind]),
          words.pick(stateKindTitles[after.kind]),
        ),
      ),
    ),
    ...line(before.told ?? null, after.told ?? null, () =>
      say((words) => {
        const told = ({ told: text }: WorkflowState): string =>
          text === undefined ? words.say(msg("differences.workflowDifferences.toldByType")) : words.pick(text);
        return fromTo(words, words.say(msg("differences.workflowDifferences.told")), told(before), told(after));
      }),
    ),
  ];
}

/** A timer has no name: it is known by the state that it watches and by what it does there. */
interface TimerNames {
  readonly state: Names;
  readonly action: Names;
}

const timerTitle = ({ state, action }: WorkflowTimer, names: TimerNames, say: Say): Bilingual =>
  say((words) => {
    const [where, what] = [words.quote(words.pick(names.state(state))), words.quote(words.pick(names.action(action)))];
    return words.say(msg("differences.workflowDifferences.timerInTheState", { where, what }));
  });

function timerLines(before: WorkflowTimer, after: WorkflowTimer, names: TimerNames, say: Say): Bilingual[] {
  return [
    ...line(before.after, after.after, () =>
      say((words) =>
        fromTo(
          words,
          words.say(msg("differences.workflowDifferences.after")),
          words.budget(before.after),
          words.budget(after.after),
        ),
      ),
    ),
    ...(["state", "action"] as const).flatMap((part) =>
      line(before[part], after[part], () =>
        say((words) => {
          const what =
            part === "state"
              ? words.say(msg("differences.workflowDifferences.what"))
              : words.say(msg("differences.workflowDifferences.what2"));
          return fromTo(words, what, words.pick(names[part](before[part])), words.pick(names[part](after[part])));
        }),
      ),
    ),
  ];
}

/** What is said of the workflow itself. */
function wholeLines(before: WorkflowDefinition, after: WorkflowDefinition, names: Names, say: Say): Bilingual[] {
  const start = (part: "initial" | "triage", what: Bilingual) =>
    line(before[part], after[part], () =>
      say((words) => fromTo(words, words.pick(what), words.pick(names(before[part])), words.pick(names(after[part])))),
    );
  return [
    ...line(before.name, after.name, () =>
      say((words) =>
        fromTo(
          words,
          words.say(msg("differences.workflowDifferences.name")),
          words.pick(before.name),
          words.pick(after.name),
        ),
      ),
    ),
    ...start("initial", msg("differences.workflowDifferences.beginsIn")),
    ...start("triage", msg("differences.workflowDifferences.triageIn")),
  ];
}

/** States, actions and timers that came, went or changed, by their names. */
export function workflowDifferences(before: WorkflowDefinition, after: WorkflowDefinition, setup: Setup): Difference[] {
  const say = sayIn(setup);
  const state = namesIn(after.states, before.states);
  const timerNames: TimerNames = { state, action: namesIn(after.actions, before.actions) };
  const named = (what: Bilingual, name: Bilingual) =>
    say((words) => `${words.pick(what)} ${words.quote(words.pick(name))}`);
  const whole = wholeLines(before, after, state, say);
  return [
    ...(whole.length === 0
      ? []
      : [{ kind: "changed" as const, what: msg("differences.workflowDifferences.what3"), details: whole }]),
    ...differencesOf(
      coded(before.states),
      coded(after.states),
      ({ code }) => code,
      ({ name }) => named(msg("differences.workflowDifferences.state"), name),
      (old, now) => stateLines(old, now, say),
      ({ kind }) => [
        say(
          (words) => `${words.say(msg("differences.workflowDifferences.kind"))}: ${words.pick(stateKindTitles[kind])}`,
        ),
      ],
    ),
    ...differencesOf(
      listedActions(before.actions),
      listedActions(after.actions),
      ({ code }) => code,
      ({ name }) => named(msg("differences.workflowDifferences.action"), name),
      (old, now) => actionLines(old, now, state, say),
      (action) => wholeAction(action, state, say),
    ),
    ...differencesOf(
      before.timers,
      after.timers,
      ({ id }) => id,
      (timer) => timerTitle(timer, timerNames, say),
      (old, now) => timerLines(old, now, timerNames, say),
      ({ after: time }) => [
        say((words) => `${words.say(msg("differences.workflowDifferences.after"))}: ${words.budget(time)}`),
      ],
    ),
  ];
}
