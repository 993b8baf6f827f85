/** One part of what a rule decides, in words: budgets, codes by their names, moments and receivers of a step of the ladder. */

import { roleNames } from "../access/roles.js";
import type { Budget } from "../calendar/budget.js";
import type { TargetName } from "../calendar/clock.js";
import type { Words } from "../explain/words.js";
import { isRecord } from "../is-record.js";
import type { Setup } from "../setup/setup.js";
import { ownTable } from "../text/inherited-names.js";
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";

const outcomeKeys: Readonly<Record<string, Bilingual>> = ownTable({
  confidential: msg("differences.outcomeParts.confidential"),
  to: msg("differences.outcomeParts.to"),
  kind: msg("differences.outcomeParts.kind"),
  level: msg("differences.outcomeParts.level"),
  when: msg("differences.outcomeParts.when"),
  tell: msg("differences.outcomeParts.tell"),
  raiseImportance: msg("differences.outcomeParts.raiseImportance"),
  template: msg("differences.outcomeParts.template"),
  mandatory: msg("differences.outcomeParts.mandatory"),
  review: msg("differences.outcomeParts.review"),
  reason: msg("differences.outcomeParts.reason"),
});
export const targetKeys: readonly TargetName[] = ["acknowledgement", "firstResponse", "resolution"];
const isTarget = (key: unknown): key is TargetName => targetKeys.some((one) => one === key);

const kinds: Readonly<Record<string, Bilingual>> = ownTable({
  warning: msg("differences.outcomeParts.warning"),
  escalation: msg("differences.outcomeParts.escalation"),
});
/** Where rules may send a case, besides to an entity by its code. */
export const routeNames: Readonly<Record<string, Bilingual>> = ownTable({
  entity: msg("differences.outcomeParts.entity"),
  "service.entity": msg("differences.outcomeParts.serviceEntity"),
  "sector.mainFocalPoint": msg("differences.outcomeParts.sectorMainFocalPoint"),
});
/** Who may be told of a step of the ladder, besides the heads above an entity. */
export const receiverNames: Readonly<Record<string, Bilingual>> = ownTable({
  "entity.focalPoints": msg("differences.outcomeParts.entityFocalPoints"),
  "sector.mainFocalPoint": msg("differences.outcomeParts.sectorMainFocalPoint"),
  operationRoom: msg("differences.outcomeParts.operationRoom"),
  assignee: msg("differences.outcomeParts.assignee"),
  requester: msg("differences.outcomeParts.requester"),
});

type Json = Readonly<Record<string, unknown>>;
const isBudget = (value: unknown): value is Budget => isRecord(value) && "amount" in value && "unit" in value;
const budget = (value: unknown, words: Words): string =>
  isBudget(value) ? words.budget(value) : JSON.stringify(value);

/** When a step is taken, and along which target. */
function moment(when: Json, words: Words): string {
  const { say } = words;
  if ("idle" in when) {
    const time = budget(when.idle, words);
    return say(msg("differences.outcomeParts.nothingDoneFor", { time }));
  }
  const target = isTarget(when.clock) ? words.target(when.clock) : String(when.clock);
  if ("after" in when) {
    const time = budget(when.after, words);
    return say(msg("differences.outcomeParts.lateBy", { target, time }));
  }
  if (when.percent === 100) return say(msg("differences.outcomeParts.whenItIsDue", { target }));
  return say(msg("differences.outcomeParts.atOfTheTime", { target, percent: String(when.percent) }));
}

function receiver(reference: string, words: Words, setup: Setup): string {
  const level = /^entity\.superior\((\d+)\)$/.exec(reference)?.[1];
  if (level === undefined) return words.pick(receiverNames[reference] ?? { en: reference, ar: reference });
  const role = setup.programme.settings.ladder.find((step) => String(step.level) === level)?.role;
  const held = role === undefined ? "" : ` (${words.pick(roleNames[role])})`;
  return words.say(msg("differences.outcomeParts.levelAboveTheEntity", { level, held }));
}

const told = (value: unknown, words: Words, setup: Setup): string =>
  (Array.isArray(value) ? value : [value])
    .map((one) => receiver(String(one), words, setup))
    .join(words.say(msg("differences.outcomeParts.text")));

function letter(code: string, words: Words, setup: Setup): string {
  const name = setup.messages.get(code)?.definition.name;
  return name === undefined ? code : words.quote(words.pick(name));
}

function named(key: string, value: unknown, words: Words, setup: Setup): string {
  if (key === "when" && isRecord(value)) return moment(value, words);
  if (key === "tell") return told(value, words, setup);
  if (typeof value !== "string") return words.value(key, value);
  if (key === "kind") return words.pick(kinds[value] ?? { en: value, ar: value });
  if (key === "template") return letter(value, words, setup);
  if (key !== "to") return words.value(key, value);
  const route = routeNames[value];
  return route === undefined ? words.value("entity", value.replace(/^entity:/, "")) : words.pick(route);
}

/** What a part of an outcome is called. */
export function partName(key: string, words: Words): string {
  if (isTarget(key)) return words.target(key);
  const name = outcomeKeys[key];
  return name === undefined ? words.fact(key) : words.pick(name);
}

/** What it says. */
export function partWords(key: string, value: unknown, words: Words, setup: Setup): string {
  if (value === undefined || (value === null && isTarget(key))) return words.say(msg("differences.outcomeParts.none"));
  if (isBudget(value)) return words.budget(value);
  return named(key, value, words, setup);
}
