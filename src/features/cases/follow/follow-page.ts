/** The applicant's page of a case: what every channel may show, and in words why an answer is due when it is. */

import type { ApplicantProof } from "../../../engine/applicant/applicant-keys.js";
import type { Clock } from "../../../engine/calendar/clock.js";
import { clockSummary } from "../../../engine/calendar/clock-summary.js";
import { callPromise } from "../../../engine/contact-centre/call-promise.js";
import { explainClock } from "../../../engine/explain/explain-deadline.js";
import { factsMet } from "../../../engine/explain/explain-decision.js";
import { type Words, wordsOf } from "../../../engine/explain/words.js";
import { isWritten, type LetterOfEvent, lettersOf } from "../../../engine/letters/letters-of-event.js";
import type { CaseEvent } from "../../../engine/lifecycle/case-event.js";
import { endsByItself, nextEscalation } from "../../../engine/lifecycle/due-moments.js";
import type { FollowDetail, FollowedApplication, PromisedAnswer } from "../../../engine/lifecycle/views/follow-view.js";
import { shownByLink } from "../../../engine/lifecycle/views/shown-by-link.js";
import type { Facts } from "../../../engine/rules/fact-catalogue.js";
import { helpLineOf } from "../../../engine/setup/help-line.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { type Bilingual, type Language, perLanguage } from "../../../engine/text/text.js";
import type { ActiveSetup } from "../../setup/active-setup.js";
import { offeredToApplicant } from "../act/offered-actions.js";
import { decisionsOfCase } from "../case-event-queries.js";
import type { CaseParts } from "../case-parts.js";
import { fileAnswering } from "../files/file-answering.js";
import { contactStanding } from "./contact-store.js";
import { contactOf } from "./contact-ways.js";
import { followedOf, type Opened, openFollowed } from "./follow-application.js";
import { appealOf, whyNone } from "./how-it-stands.js";
import { reopenUntil } from "./reopen-until.js";

type Both = (language: Language) => Words;

/** A fact that the time was decided by, and what it was then. */
interface Reason {
  readonly fact: string;
  readonly value: unknown;
}

/** What the applicant reads of the time: until when an answer is due, who heard of a delay, or why none is due. */
const inBoth = (words: Both, say: (one: Words) => string): Bilingual => perLanguage((language) => say(words(language)));

const watched = ({ theCase, workflow, pinned: { calendarOf } }: Opened) => ({ theCase, workflow, calendarOf });

/** Whether a letter to the operation room was made of it; of events from before they said so, that is not known and held to be so. */
function roomWasWritten(event: CaseEvent, { seats }: Setup): boolean {
  const rooms = new Set(seats.filter(({ role }) => role === "operation_room").map(({ id }) => id));
  const isTheirs = ({ letter, seat }: LetterOfEvent) =>
    letter === "operation-room-alert" || (seat !== null && rooms.has(seat));
  return lettersOf(event)?.some((one) => isTheirs(one) && isWritten(one)) ?? true;
}

/**
 * The last escalation of this cycle that reached somebody. Where the seats above are empty the office itself hears of it, and
 * the operation room hears of it: then nobody above did.
 */
function raisedIn({ events, setup }: Opened, since: Date): PromisedAnswer["raised"] {
  const last = events.filter(({ type, at }) => type === "case.escalated" && at >= since).at(-1);
  if (last === undefined) return null;
  const { level, tell, receivers, emptySeats } = last.data as {
    level?: number;
    tell?: readonly string[];
    receivers?: readonly number[];
    emptySeats?: readonly { level: number }[];
  };
  const empty = new Set((emptySeats ?? []).map((seat) => seat.level));
  const above = setup.programme.settings.ladder.filter((step) => step.level >= (level ?? 0));
  const asked = (tell ?? []).some((reference) => reference.startsWith("entity.superior"));
  const reached = asked && (receivers ?? []).length > 0 && above.some((step) => !empty.has(step.level));
  if (reached) return { at: last.at, to: "superior" };
  return roomWasWritten(last, setup) ? { at: last.at, to: "operationRoom" } : null;
}

const currentClock = ({ theCase }: Opened): Clock | null =>
  theCase.clocks.find(
    ({ target, cycle, cancelledAt }) => target === "resolution" && cycle === theCase.cycle && cancelledAt === null,
  ) ?? null;

function promiseOf(opened: Opened, clock: Clock, words: Both, reasons: readonly Reason[]): PromisedAnswer {
  const { events, pinned, now } = opened;
  const calendar = pinned.calendarOf(clock.calendarVersionId);
  const { budget } = clock;
  const lines = (language: Language) =>
    explainClock({ clock, calendar, events, now, words: words(language) }).map((line) => line.trim());
  return {
    state: clockSummary(clock, calendar, now).state,
    dueAt: clock.dueAt,
    budget: budget && inBoth(words, (one) => one.budget(budget)),
    by: reasons.flatMap(({ fact, value }) =>
      value === null
        ? []
        : [{ label: inBoth(words, (one) => one.fact(fact)), value: inBoth(words, (one) => one.value(fact, value)) }],
    ),
    lines,
    raised: raisedIn(opened, clock.startedAt),
    raisesAt: nextEscalation(watched(opened)),
  };
}

/** `reasons`: what the length was decided by, as far as applicants know it. */
function promiseTold(
  opened: Opened,
  words: Both,
  reasons: readonly Reason[],
): Pick<FollowDetail, "promised" | "noPromise" | "replyUntil"> {
  const clock = currentClock(opened);
  return {
    promised: clock === null ? null : promiseOf(opened, clock, words, reasons),
    noPromise: clock === null ? whyNone(opened) : null,
    replyUntil: opened.stateKind === "waiting" ? endsByItself(watched(opened)) : null,
  };
}

export interface FollowPageParts extends CaseParts {
  readonly active: Pick<ActiveSetup, "ruleSetDefinition">;
  /** Whether text messages can leave. */
  readonly offersTexts: boolean;
}

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

/** Problem `not-found` for an unknown reference, a wrong code and a link that does not open it alike. */
export async function followPage(
  parts: FollowPageParts,
  a: { reference: string; now: Date } & ApplicantProof,
): Promise<FollowedApplication & FollowDetail> {
  const opened = await openFollowed(parts, a);
  const {
    link,
    theCase: { id: caseId },
  } = opened;
  const { offersTexts } = parts;
  const nobody = { contacts: [], openLinks: 0 };
  const [reasons, standing, contact] = await Promise.all([
    reasonsOf(parts, opened),
    link === null ? contactStanding(parts.db, { caseId, now: a.now, offersTexts }) : nobody,
    contactOf(parts.db, { caseId, offersTexts }),
  ]);
  const { theCase, setup, stateKind } = opened;
  const { application } = theCase;
  const words: Both = (language) => wordsOf(setup, language);
  const offered = offeredToApplicant(opened);
  const page: FollowedApplication & FollowDetail = {
    ...followedOf(opened),
    contact,
    programmeName: setup.programme.name,
    helpLine: helpLineOf(setup.programme.settings),
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
    call: opened.call && callPromise(opened.call, a.now, setup.programme.timeZone),
    offered,
    appeal: appealOf(opened),
    actionNames: Object.fromEntries(
      Object.entries(opened.workflow.actions)
        .filter(([, { by }]) => by.includes("applicant"))
        .map(([action, { name }]) => [action, name]),
    ),
    reopenUntil: reopenUntil(opened),
    withheld: false,
    needCode: [],
    ...standing,
  };
  return link === null ? page : shownByLink(page, link);
}
