/** Filters that links of figures and replays lead to a list with, in words. Nobody chooses one from a list. */

import { formatPeriod } from "../../../engine/formatting/moments.js";
import { readCounted } from "../../../engine/lifecycle/counted-cases.js";
import { filled, msg, pattern } from "../../../engine/text/msg.js";
import { perLanguage } from "../../../engine/text/text.js";
import type { Filter, Query, Words } from "../../../platform/ui/kit.js";
import { countedLabels } from "../page/case-labels.js";
import type { CaseChoices } from "./search-cases.js";

const words = {
  figure: msg("cases-list.caseList.figure"),
  countedIn: pattern("cases-list.caseList.countedIn"),
  countedLevel: pattern("cases-list.caseList.countedLevel"),
  lateDays: pattern("cases-list.caseList.lateDays"),
  handledBy: msg("cases-list.caseList.handledBy"),
  assignee: msg("cases-list.caseList.takenBy"),
  me: msg("cases-list.caseList.me"),
  onePerson: msg("cases-list.caseList.onePerson"),
  governorate: msg("cases-list.caseList.governorate"),
  noGovernorate: msg("cases-list.caseList.noGovernorate"),
  replayed: msg("cases-list.caseList.replayed"),
  deadlines: msg("cases-list.caseList.deadlines"),
  oneReplay: msg("cases-list.caseList.oneReplay"),
};

function countedLabel(text: string): Words {
  const counted = readCounted(text);
  if (counted === null) return text;
  if (counted.happening === "late") return filled(words.lateDays, { band: counted.band });
  const period = perLanguage((language) => formatPeriod(counted.from, counted.to, language));
  const what = countedLabels[counted.happening];
  return counted.level === null
    ? filled(words.countedIn, { what, period })
    : filled(words.countedLevel, { what, period, n: String(counted.level) });
}

const personLabel = (value: string): Words => (value === "me" ? words.me : words.onePerson);

/** Deadlines are counted, of which a case that was reopened has several: its list has fewer rows than the figure says. */
const ofDeadlines = {
  counted: /^(fellDue|becameLate|repliesDue|repliesLate)\./,
  happened: /^(myDueLastMonth|dueLastMonth|becameLateToday)$/,
} as const;

/** What to know of a list that a figure led to; null: nothing. */
export const noteOfList = (query: Query): Words | null =>
  ofDeadlines.counted.test(query["filters.counted"] ?? "") || ofDeadlines.happened.test(query["filters.happened"] ?? "")
    ? words.deadlines
    : null;

/** Those of an address. */
export function ledHere(query: Query, all: readonly CaseChoices[]): Filter[] {
  const places = all.flatMap((one) => [...one.entities, ...one.governorates]);
  const nameOf = (wanted: string): Words => places.find(({ code }) => code === wanted)?.name ?? wanted;
  const known: readonly (readonly [name: string, label: Words, of: (value: string) => Words])[] = [
    ["filters.counted", words.figure, countedLabel],
    ["filters.handledBy", words.handledBy, personLabel],
    // One's own stand among the usual lists.
    ...(query["filters.assignee"] === "me" ? [] : [["filters.assignee", words.assignee, personLabel] as const]),
    ["filters.governorate", words.governorate, (code) => (code === "-" ? words.noGovernorate : nameOf(code))],
    ["filters.replayed", words.replayed, () => words.oneReplay],
  ];
  return known.flatMap(([name, label, of]) => {
    const value = query[name];
    return value ? [{ name, label, choices: [{ value, label: of(value) }] }] : [];
  });
}
