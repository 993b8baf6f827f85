/** What a change-set would do, found before it is done: errors refuse it, warnings need a reason, the rest is good to know. */

import { checkCoverage } from "../../../engine/calendar/check-coverage.js";
import { setNames } from "../../../engine/explain/explain-decision.js";
import type { RuleSetName } from "../../../engine/rules/rule-set.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { type Bilingual, inLanguage, perLanguage } from "../../../engine/text/text.js";
import { troublesOfEntities, warningsOf } from "../../setup/find-warnings.js";
import { pageAddress } from "../../setup/office-addresses.js";
import { checkDefinition } from "../check-definition.js";
import { definitionsOf, type Finding, type ImpactInput } from "./impact-input.js";
import { openCases, takenOver, targets } from "./impact-on-cases.js";
import { chains, missingSeats, seatsLost } from "./impact-on-people.js";
import { leftBehind, movedOn, namings, rowErrors } from "./impact-on-rows.js";
import type { ChangedPolicy } from "./project-setup.js";

export type { Finding } from "./impact-input.js";

const titleOf = (kind: string, name: string, definition: unknown): Bilingual =>
  (kind === "rules" && setNames[name as RuleSetName]) ||
  (definition as { name?: Bilingual } | null)?.name || { en: name, ar: name };

type Faults = ReturnType<typeof checkDefinition>["faults"];

/** What is in force is checked once a set-up, not once a look at what would become of it. */
const checkedInForce = new WeakMap<Setup, Map<string, Faults>>();

function faultsInForce(setup: Setup, thing: Pick<ChangedPolicy, "kind" | "name">, definition: unknown): Faults {
  const ofSetup = checkedInForce.get(setup) ?? new Map<string, Faults>();
  checkedInForce.set(setup, ofSetup);
  const key = `${thing.kind}/${thing.name}`;
  const faults = ofSetup.get(key) ?? checkDefinition(thing, definition, setup, null).faults;
  ofSetup.set(key, faults);
  return faults;
}

/** What the checks of rule sets and workflows find by the new set-up and did not by the old one. */
function policyFindings({ before, after, policies, steps, now }: ImpactInput): Finding[] {
  // Rules know nothing of seats.
  if (steps.edits.length + policies.length === 0) return [];
  const changed = new Set(policies.map(({ kind, name }) => `${kind}/${name}`));
  const old = new Map(definitionsOf(before).map((one) => [`${one.kind}/${one.name}`, one.definition]));
  // What no edit of the set-up disturbs is looked at where it changes itself: calendars, letters, digests.
  const others = policies.filter(({ kind }) => kind !== "rules" && kind !== "workflow");
  return [...definitionsOf(after), ...others].flatMap(({ kind, name, definition }): Finding[] => {
    const key = `${kind}/${name}`;
    const title = titleOf(kind, name, definition);
    const link = pageAddress("policy", { programme: after.programme.code, kind, name });
    const { faults: own } = checkDefinition({ kind, name }, definition, after, null);
    const isSound = own.every(({ severity }) => severity !== "error");
    const promised =
      changed.has(key) && isSound
        ? checkCoverage({ kind, name, definition: definition as object, source: key }, after, now)
        : [];
    const faults = [...own, ...promised.map(({ path, reason, severity }) => ({ field: path, reason, severity }))];
    const was = changed.has(key) || !old.has(key) ? [] : faultsInForce(before, { kind, name }, old.get(key));
    const known = new Set(was.map(({ field, reason }) => `${field} ${reason.en}`));
    return faults
      .filter(({ field, reason }) => !known.has(`${field} ${reason.en}`))
      .map(({ field, severity, reason }) => ({
        severity,
        link,
        policy: { kind, name, field },
        words: perLanguage((language) => `${inLanguage(title, language)}: ${inLanguage(reason, language)}`),
      }));
  });
}

/** What would be missing that is not missing now: seats, focal points, targets. */
function gaps({ before, after, steps, now }: ImpactInput): Finding[] {
  const known = new Set(warningsOf(before, { now, drafts: 0 }).map(({ words }) => words.en));
  const found = warningsOf(after, { now, drafts: 0 }).filter(({ words }) => !known.has(words.en));
  const added = steps.edits.filter(({ act, table }) => act === "create" && table === "entities");
  const troubles = added.length === 0 ? null : troublesOfEntities(after, now);
  return found.map(({ kind, words, link, severity }) => {
    const one = added.find(({ code }) => troubles?.get(code)?.some((trouble) => trouble === kind));
    const adds = one && { table: one.table, code: one.code };
    return { severity: severity === "info" ? "info" : "warning", words, link, adds };
  });
}

const looks: readonly ((input: ImpactInput) => Finding[])[] = [
  movedOn,
  missingSeats,
  rowErrors,
  leftBehind,
  namings,
  targets,
  openCases,
  takenOver,
  policyFindings,
  gaps,
  seatsLost,
  chains,
];
const rank: Readonly<Record<Finding["severity"], number>> = { error: 0, warning: 1, info: 2 };

/** The worst first; the same is said once. */
export function impactOf(input: ImpactInput): Finding[] {
  const found = looks.flatMap((look) => look(input));
  // Two workflows may have one title: what is found in each of them is listed for each.
  const all = new Map(found.map((one) => [[one.policy?.kind, one.policy?.name, one.words.en].join("\n"), one]));
  return [...all.values()].sort((a, b) => rank[a.severity] - rank[b.severity]);
}
