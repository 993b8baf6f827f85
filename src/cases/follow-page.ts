/** The applicant's page of a case: what every channel may show, and in words why an answer is due when it is. */

import { explainClock } from "../domain/explain/explain-deadline.js";
import { type Words, wordsOf } from "../domain/explain/words.js";
import type { FollowDetail, PromisedAnswer } from "../domain/follow-view.js";
import { clockSummary } from "../domain/sla/clock-summary.js";
import type { Bilingual, Language } from "../domain/text.js";
import type { FollowedApplication } from "../services.js";
import type { CaseParts } from "./case-parts.js";
import { followedOf, type Opened, openFollowed } from "./follow-application.js";
import { offeredToApplicant } from "./offered-actions.js";

const dayMs = 86_400_000;

type Both = Readonly<Record<Language, Words>>;

const inBoth = (words: Both, say: (one: Words) => string): Bilingual => ({ ar: say(words.ar), en: say(words.en) });

function promisedOf({ theCase, events, pinned, now }: Opened, words: Both): PromisedAnswer | null {
  const clock = theCase.clocks.find(({ target, cycle }) => target === "resolution" && cycle === theCase.cycle);
  if (clock === undefined || clock.cancelledAt !== null) return null;
  const calendar = pinned.calendarOf(clock.calendarVersionId);
  const { budget } = clock;
  const known = [
    ["type", theCase.application.type],
    ["importance", theCase.importance],
    ["pillar", theCase.pillar],
  ] as const;
  const lines = (language: Language) =>
    explainClock({ clock, calendar, events, now, words: words[language] }).map((line) => line.trim());
  return {
    state: clockSummary(clock, calendar, now).state,
    dueAt: clock.dueAt,
    budget: budget && inBoth(words, (one) => one.budget(budget)),
    by: known.flatMap(([fact, value]) =>
      value === null
        ? []
        : [{ label: inBoth(words, (one) => one.fact(fact)), value: inBoth(words, (one) => one.value(fact, value)) }],
    ),
    lines: { ar: lines("ar"), en: lines("en") },
  };
}

function answersOf({ theCase, setup }: Opened, words: Both): FollowDetail["answers"] {
  const { type, fields } = theCase.application;
  const questions = setup.types.get(type)?.fields ?? [];
  return Object.entries(fields)
    .filter(([, value]) => value !== null && value !== "")
    .map(([code, value]) => ({
      label: questions.find((question) => question.code === code)?.name ?? { ar: code, en: code },
      value: inBoth(words, (one) => one.value(`field.${code}`, value)),
    }));
}

/** Problem `not-found` for an unknown reference and for a wrong code alike. */
export async function followPage(
  parts: CaseParts,
  a: { reference: string; code: string; now: Date },
): Promise<FollowedApplication & FollowDetail> {
  const opened = await openFollowed(parts, a);
  const { theCase, setup, stateKind } = opened;
  const { application } = theCase;
  const words: Both = { ar: wordsOf(setup, "ar"), en: wordsOf(setup, "en") };
  const offered = offeredToApplicant(opened);
  const reopens = offered.some(({ effects }) => effects.includes("reopen"));
  const windowMs = setup.programme.settings.reopenWindowDays * dayMs;
  const endedAt = theCase.resolvedAt ?? theCase.rejectedAt;
  return {
    ...followedOf(opened),
    programmeName: setup.programme.name,
    timeZone: setup.programme.timeZone,
    typeName: setup.types.get(application.type)?.name ?? { ar: application.type, en: application.type },
    stateKind,
    confidential: theCase.confidential,
    anonymous: application.anonymous,
    description: application.description,
    answers: answersOf(opened, words),
    sector: setup.sectors.get(theCase.sector ?? "")?.name ?? null,
    service: setup.services.get(application.service ?? "")?.name ?? null,
    assignedAt: theCase.assignedAt,
    promised: promisedOf(opened, words),
    offered,
    actionNames: Object.fromEntries(
      Object.entries(opened.workflow.actions)
        .filter(([, { by }]) => by.includes("applicant"))
        .map(([action, { name }]) => [action, name]),
    ),
    reopenUntil: reopens && endedAt !== null ? new Date(endedAt.getTime() + windowMs) : null,
  };
}
