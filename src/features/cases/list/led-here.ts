/** Filters that links of figures and replays lead to a list with, in words. Nobody chooses one from a list. */

import { formatPeriod } from "../../../engine/formatting/moments.js";
import { readCounted } from "../../../engine/lifecycle/counted-cases.js";
import type { DecidingKind, Named } from "../../../engine/search/case-search.js";
import { msg } from "../../../engine/text/msg.js";
import { type Bilingual, perLanguage, together } from "../../../engine/text/text.js";
import type { Choice, Filter, Query, Words } from "../../../platform/ui/kit.js";
import { countedLabels } from "../page/case-labels.js";
import type { CaseChoices } from "./search-cases.js";

const words = {
  assignee: msg("cases-list.caseList.takenBy"),
  onePerson: msg("cases-list.caseList.onePerson"),
  service: msg("cases-list.caseList.service"),
  noService: msg("cases-list.caseList.noService"),
};

function countedLabel(text: string): Words {
  const counted = readCounted(text);
  if (counted === null) return text;
  if (counted.happening === "late") return msg("cases-list.caseList.lateDays", { band: counted.band });
  const period = perLanguage((language) => formatPeriod(counted.from, counted.to, language));
  const what = countedLabels[counted.happening];
  return counted.level === null
    ? msg("cases-list.caseList.countedIn", { what, period })
    : msg("cases-list.caseList.countedLevel", { what, period, n: String(counted.level) });
}

/** What a version of policy does for a case; an address of another form is refused by the server. */
const versionLabels: Readonly<Record<string, Words>> = {
  rules: msg("cases-list.caseList.versionRules"),
  workflow: msg("cases-list.caseList.versionWorkflow"),
  calendar: msg("cases-list.caseList.versionCalendar"),
} satisfies Readonly<Record<DecidingKind, Words>>;
const versionLabel = (value: string): Words => versionLabels[value.split(".")[0] ?? ""] ?? value;

const personLabel = (value: string): Words => (value === "me" ? msg("cases-list.caseList.me") : words.onePerson);

/** Deadlines are counted, of which a case that was reopened has several: its list has fewer rows than the figure says. */
const ofDeadlines = {
  counted: /^(fellDue|becameLate|repliesDue|repliesLate)\./,
  happened: /^(myDueLastMonth|dueLastMonth|becameLateToday)$/,
} as const;

/** What to know of a list that a figure led to; null: nothing. */
export const noteOfList = (query: Query): Words | null =>
  ofDeadlines.counted.test(query["filters.counted"] ?? "") || ofDeadlines.happened.test(query["filters.happened"] ?? "")
    ? msg("cases-list.caseList.deadlines")
    : null;

const nameOf = (wanted: string, named: readonly Named[]): Words =>
  named.find(({ code }) => code === wanted)?.name ?? wanted;

/** How many entities a chip has room for. */
const mostNamed = 3;

/** Where the address asks for what is not in the list: one out of use, or several entities, of which one took over the cases of the others. */
export function withAsked(
  choices: readonly Choice[],
  value: string | undefined,
  all: readonly CaseChoices[],
): Choice[] {
  if (!value || choices.some((choice) => choice.value === value)) return [...choices];
  const entities = all.flatMap(({ asked }) => asked.filter(({ kind }) => kind === "entity"));
  const labelOf = (code: string): Bilingual => {
    const label = choices.find((choice) => choice.value === code)?.label ?? nameOf(code, entities);
    return typeof label === "string" ? { ar: label, en: label } : label;
  };
  return [...choices, { value, label: together(value.split(",").map(labelOf), mostNamed) }];
}

/** Those of an address. */
export function ledHere(query: Query, all: readonly CaseChoices[]): Filter[] {
  const services = all.flatMap(({ asked }) => asked.filter(({ kind }) => kind === "service"));
  const governorates = all.flatMap((one) => one.governorates);
  const known: readonly (readonly [name: string, label: Words, of: (value: string) => Words])[] = [
    ["filters.counted", msg("cases-list.caseList.figure"), countedLabel],
    ["filters.handledBy", msg("cases-list.caseList.handledBy"), personLabel],
    // One's own stand among the usual lists.
    ...(query["filters.assignee"] === "me" ? [] : [["filters.assignee", words.assignee, personLabel] as const]),
    [
      "filters.governorate",
      msg("cases-list.caseList.governorate"),
      (code) => (code === "-" ? msg("cases-list.caseList.noGovernorate") : nameOf(code, governorates)),
    ],
    ["filters.service", words.service, (code) => (code === "-" ? words.noService : nameOf(code, services))],
    ["filters.replayed", msg("cases-list.caseList.replayed"), () => msg("cases-list.caseList.oneReplay")],
    ["filters.version", msg("cases-list.caseList.version"), versionLabel],
  ];
  return known.flatMap(([name, label, of]) => {
    const value = query[name];
    return value ? [{ name, label, choices: [{ value, label: of(value) }] }] : [];
  });
}
