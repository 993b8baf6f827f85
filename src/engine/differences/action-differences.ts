/** What changed about an action of a workflow, and all that one says which came or went. */

import { asked } from "../explain/explain-decision.js";
import type { Words } from "../explain/words.js";
import { msg } from "../text/msg.js";
import { type Bilingual, inLanguage, perLanguage, quoted } from "../text/text.js";
import { effectTitles } from "../workflow/effects.js";
import { performerTitles } from "../workflow/performers.js";
import type { ActionField, ActionTarget, WorkflowAction } from "../workflow/workflow-definition.js";
import { fieldTypeTitles } from "../workflow/workflow-titles.js";
import { type Difference, differencesOf, fromTo, line, type Say } from "./difference.js";

/** Fields are asked for in their order, so that it counts. */
export type ListedAction = Omit<WorkflowAction, "fields"> & {
  readonly code: string;
  readonly fields: readonly (ActionField & { readonly code: string })[];
};
type ListedField = ListedAction["fields"][number];

export const listedActions = (actions: Readonly<Record<string, WorkflowAction>>): ListedAction[] =>
  Object.entries(actions).map(([code, action]) => ({
    ...action,
    code,
    fields: Object.entries(action.fields).map(([field, one]) => ({ ...one, code: field })),
  }));

/** What a state is called, by its code. */
export type StateNames = (code: string) => Bilingual;

const plain = (text: string): Bilingual => ({ en: text, ar: text });

/** A list of all states in each of many actions would be read by nobody. */
const maxListed = 20;

function listed(
  names: readonly Bilingual[],
  words: Words,
  joint = words.say(msg("differences.actionDifferences.text")),
): string {
  if (names.length === 0) return words.say(msg("differences.actionDifferences.none"));
  const rest = names.length > maxListed ? ` … (${names.length})` : "";
  return names.slice(0, maxListed).map(words.pick).join(joint) + rest;
}

/** Effects are whole phrases: each stands in quotation marks. */
const effectsWords = (effects: readonly string[], words: Words): string =>
  listed(effects.map((name) => effectTitles[name as keyof typeof effectTitles] ?? plain(name)).map(quoted), words);

function whither(to: ActionTarget, names: StateNames, words: Words): string {
  if (to === null) return words.say(msg("differences.actionDifferences.staysWhereItIs"));
  if (typeof to === "string") return words.pick(names(to));
  const said = to.slice(0, maxListed).map(({ when, to: state, effects = [] }) => {
    const name = words.pick(names(state));
    const also = effects.length === 0 ? "" : ` (${effectsWords(effects, words)})`;
    if (when === undefined)
      return to.length === 1 ? name + also : words.say(msg("differences.actionDifferences.else", { name })) + also;
    return words.say(msg("differences.actionDifferences.if", { when: asked(when, words), name })) + also;
  });
  return (
    said.join(words.say(msg("differences.actionDifferences.text2"))) +
    (to.length > maxListed ? ` … (${to.length})` : "")
  );
}

const fieldName = (field: ListedField, words: Words): string => words.quote(words.pick(field.name));

/** A field as whoever fills it in meets it. */
function fieldWords(field: ListedField, words: Words): string {
  const { say, pick } = words;
  const traits = [
    pick(fieldTypeTitles[field.type] ?? plain(field.type)),
    field.required
      ? say(msg("differences.actionDifferences.required"))
      : say(msg("differences.actionDifferences.notRequired")),
    ...(field.maxLength === undefined
      ? []
      : [say(msg("differences.actionDifferences.atMostLetters", { maxLength: field.maxLength }))]),
    ...(field.minLetters === undefined
      ? []
      : [say(msg("differences.actionDifferences.atLeastLetters", { minLetters: field.minLetters }))]),
    ...(field.choices === undefined
      ? []
      : [
          `${say(msg("differences.actionDifferences.choices"))}: ${listed(
            field.choices.map(({ name }) => name),
            words,
            " / ",
          )}`,
        ]),
  ];
  return `${fieldName(field, words)} (${traits.join(say(msg("differences.actionDifferences.text")))})`;
}

const askedFor: Bilingual = msg("differences.actionDifferences.askedFor");

function fieldLines(before: ListedAction, after: ListedAction, say: Say): Bilingual[] {
  const told = differencesOf(
    before.fields,
    after.fields,
    ({ code }) => code,
    (field) => say((words) => fieldWords(field, words)),
    (old, now) => [say((words) => fromTo(words, words.pick(askedFor), fieldWords(old, words), fieldWords(now, words)))],
  );
  const of = (field: Difference): Bilingual[] => {
    const [changed] = field.details;
    if (changed !== undefined) return [changed];
    if (field.kind === "added") return [msg("differences.actionDifferences.newlyAskedFor", { what: field.what })];
    return [msg("differences.actionDifferences.noLongerAskedFor", { what: field.what })];
  };
  const both = (one: ListedAction, other: ListedAction) =>
    one.fields.filter(({ code }) => other.fields.some((field) => field.code === code));
  const [was, is] = [both(before, after), both(after, before)];
  return [
    ...told.flatMap(of),
    ...line(
      was.map(({ code }) => code),
      is.map(({ code }) => code),
      () =>
        say((words) => {
          const order = (fields: readonly ListedField[]) =>
            listed(
              fields.map(({ name }) => name),
              words,
            );
          return fromTo(words, words.say(msg("differences.actionDifferences.orderInWhichItIs")), order(was), order(is));
        }),
    ),
  ];
}

type Guard = WorkflowAction["guards"][number];

const guardWords = ({ when, otherwise }: Guard, words: Words): string =>
  words.say(
    msg("differences.actionDifferences.elseOneReads", {
      when: asked(when, words),
      otherwise: perLanguage((language) => words.quote(inLanguage(otherwise, language))),
    }),
  );

/** Conditions have no names: those with the same words are one. */
function guardLines(before: ListedAction, after: ListedAction, say: Say): Bilingual[] {
  const told = (guards: readonly Guard[]) => guards.map((guard) => say((words) => guardWords(guard, words)));
  const [old, now] = [told(before.guards), told(after.guards)];
  const only = (some: Bilingual[], others: Bilingual[]) =>
    some.filter(({ en, ar }) => !others.some((other) => other.en === en && other.ar === ar));
  const [gone, added] = [only(old, now), only(now, old)];
  const lines = [
    ...gone.map((what) => msg("differences.actionDifferences.noLongerACondition", { what })),
    ...added.map((what) => msg("differences.actionDifferences.newCondition", { what })),
  ];
  if (lines.length > 0) return lines;
  return line(before.guards, after.guards, () => msg("differences.actionDifferences.orderOfItsConditions"));
}

interface Part {
  readonly what: Bilingual;
  readonly of: (action: ListedAction) => unknown;
  readonly text: (action: ListedAction, words: Words, names: StateNames) => string;
}

/** What an action says besides its name, fields and conditions, in the order in which it is read. */
const parts: readonly Part[] = [
  {
    what: msg("differences.actionDifferences.what"),
    of: ({ from }) => from,
    text: ({ from }, words, names) => listed(from.map(names), words),
  },
  {
    what: msg("differences.actionDifferences.what2"),
    of: ({ to }) => to,
    text: ({ to }, words, names) => whither(to, names, words),
  },
  {
    what: msg("differences.actionDifferences.what3"),
    of: ({ by }) => by,
    text: ({ by }, words) =>
      listed(
        by.map((who) => performerTitles[who] ?? plain(who)),
        words,
      ),
  },
  {
    what: msg("differences.actionDifferences.what4"),
    of: ({ effects }) => effects,
    text: ({ effects }, words) => effectsWords(effects, words),
  },
  {
    what: msg("differences.actionDifferences.what5"),
    of: ({ attachments }) => attachments === true,
    text: ({ attachments }, words) =>
      attachments === true
        ? words.say(msg("differences.actionDifferences.canBeAttached"))
        : words.say(msg("differences.actionDifferences.none")),
  },
  {
    what: msg("differences.actionDifferences.what6"),
    of: ({ signOfLife }) => signOfLife !== false,
    text: ({ signOfLife }, words) =>
      signOfLife === false
        ? words.say(msg("differences.actionDifferences.no"))
        : words.say(msg("differences.actionDifferences.yes")),
  },
];

/** A line for each part that changed. */
export function actionLines(before: ListedAction, after: ListedAction, names: StateNames, say: Say): Bilingual[] {
  return [
    ...line(before.name, after.name, () =>
      say((words) =>
        fromTo(
          words,
          words.say(msg("differences.actionDifferences.name")),
          words.pick(before.name),
          words.pick(after.name),
        ),
      ),
    ),
    ...parts.flatMap(({ what, of, text }) =>
      line(of(before), of(after), () =>
        say((words) => fromTo(words, words.pick(what), text(before, words, names), text(after, words, names))),
      ),
    ),
    ...fieldLines(before, after, say),
    ...guardLines(before, after, say),
  ];
}

/** All that an action says: whoever approves a new one reads who may do what by it. */
export function wholeAction(action: ListedAction, names: StateNames, say: Say): Bilingual[] {
  return [
    ...parts.map(({ what, text }) => say((words) => `${words.pick(what)}: ${text(action, words, names)}`)),
    ...action.fields.map((field) => say((words) => `${words.pick(askedFor)}: ${fieldWords(field, words)}`)),
    ...action.guards.map((guard) =>
      say((words) => `${words.say(msg("differences.actionDifferences.onlyIf"))} ${guardWords(guard, words)}`),
    ),
  ];
}
