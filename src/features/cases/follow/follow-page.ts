/** The applicant's page of a case: what every channel may show, and in words why an answer is due when it is. */

import { factsMet } from "../../../engine/explain/explain-decision.js";
import { wordsOf } from "../../../engine/explain/words.js";
import type { FollowDetail, FollowedApplication } from "../../../engine/lifecycle/follow-view.js";
import { type Facts, reopenableSince } from "../../../engine/rules/fact-catalogue.js";
import type { ActiveSetup } from "../../setup/active-setup.js";
import { offeredToApplicant } from "../act/offered-actions.js";
import type { CaseParts } from "../case-parts.js";
import { decisionsOfCase } from "../decision-queries.js";
import { fileAnswering } from "../files/file-answering.js";
import { followedOf, type Opened, openFollowed } from "./follow-application.js";
import { type Both, inBoth, promiseTold, type Reason } from "./promised-answer.js";

export interface FollowPageParts extends CaseParts {
  readonly active: Pick<ActiveSetup, "ruleSetDefinition">;
}

const dayMs = 86_400_000;

/** What an applicant knows of the own application: by these a time is explained, and by no fact of the office's own. */
const theirs = new Set(["type", "importance", "pillar", "category", "sector", "entity", "service", "governorate"]);

/** By what the rule decided that set the time of the present cycle; nothing where the safe default did. */
async function reasonsOf({ db, active }: FollowPageParts, { theCase: { id, cycle } }: Opened): Promise<Reason[]> {
  const decision = (await decisionsOfCase(db, id)).filter((one) => one.ruleSet === "sla" && one.cycle === cycle).at(-1);
  if (decision === undefined) return [];
  const { rules } = await active.ruleSetDefinition(decision.versionId);
  const deciding = rules.filter((rule) => decision.ruleIds.includes(rule.id));
  const facts = deciding.flatMap((rule) => factsMet(rule.conditions, decision.facts as Facts));
  return [...new Set(facts)]
    .filter((fact) => theirs.has(fact) || fact.startsWith("field."))
    .map((fact) => ({ fact, value: decision.facts[fact] ?? null }));
}

function answersOf({ theCase, setup, events }: Opened, words: Both): FollowDetail["answers"] {
  const { type, fields } = theCase.application;
  const questions = setup.types.get(type)?.fields ?? [];
  return Object.entries(fields)
    .filter(([, value]) => value !== null && value !== "")
    .map(([code, value]) => ({
      label: questions.find((question) => question.code === code)?.name ?? { ar: code, en: code },
      value: inBoth(
        words,
        (one) => fileAnswering(questions, code, value, events)?.name ?? one.value(`field.${code}`, value),
      ),
    }));
}

/** Every text that the applicant sent with an act, whatever its field is called: also those that the conversation does not show. */
const writtenIn = ({ events }: Opened): string[] =>
  events
    .filter(({ actor }) => actor.kind === "applicant")
    .flatMap(({ data }) => Object.values(data).filter((value) => typeof value === "string"));

/** Problem `not-found` for an unknown reference and for a wrong code alike. */
export async function followPage(
  parts: FollowPageParts,
  a: { reference: string; code: string; now: Date },
): Promise<FollowedApplication & FollowDetail> {
  const opened = await openFollowed(parts, a);
  const reasons = await reasonsOf(parts, opened);
  const { theCase, setup, stateKind } = opened;
  const { application } = theCase;
  const words: Both = { ar: wordsOf(setup, "ar"), en: wordsOf(setup, "en") };
  const offered = offeredToApplicant(opened);
  const reopens = offered.some(({ effects }) => effects.includes("reopen"));
  const windowMs = setup.programme.settings.reopenWindowDays * dayMs;
  const endedAt = reopenableSince(theCase);
  return {
    ...followedOf(opened),
    programmeName: setup.programme.name,
    timeZone: setup.programme.timeZone,
    typeName: setup.types.get(application.type)?.name ?? { ar: application.type, en: application.type },
    stateKind,
    confidential: theCase.confidential,
    anonymous: application.anonymous,
    description: application.description,
    written: writtenIn(opened),
    answers: answersOf(opened, words),
    sector: setup.sectors.get(theCase.sector ?? "")?.name ?? null,
    service: setup.services.get(application.service ?? "")?.name ?? null,
    assignedAt: theCase.assignedAt,
    ...promiseTold(opened, words, reasons),
    offered,
    actionNames: Object.fromEntries(
      Object.entries(opened.workflow.actions)
        .filter(([, { by }]) => by.includes("applicant"))
        .map(([action, { name }]) => [action, name]),
    ),
    reopenUntil: reopens && endedAt !== null ? new Date(endedAt.getTime() + windowMs) : null,
  };
}
