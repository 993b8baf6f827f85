/** One case with all that its page shows. Reading it enforces nothing and changes nothing. */

import { type Actor, can, caseReach, rolesFor } from "../../../engine/access/permissions.js";
import { dayNumberOf } from "../../../engine/calendar/civil-date.js";
import { clockSummary } from "../../../engine/calendar/clock-summary.js";
import { dateWords } from "../../../engine/calendar/date-words.js";
import type { CallBacksOfCase } from "../../../engine/contact-centre/case-call-backs.js";
import { describeEvents, type TimelineEntry } from "../../../engine/explain/describe-event.js";
import { setNames } from "../../../engine/explain/explain-decision.js";
import { lastExchange, plannedDay } from "../../../engine/explain/last-exchange.js";
import { casesNamedIn } from "../../../engine/explain/named-cases.js";
import { newestOf } from "../../../engine/explain/timeline-window.js";
import { type Words, wordsIn } from "../../../engine/explain/words.js";
import { attachmentsIn } from "../../../engine/files/attachment.js";
import { isRecord } from "../../../engine/is-record.js";
import { writesToApplicant } from "../../../engine/letters/letter-of-action.js";
import type { Case } from "../../../engine/lifecycle/case.js";
import type { CaseEvent } from "../../../engine/lifecycle/case-event.js";
import { parseReference } from "../../../engine/lifecycle/case-reference.js";
import { foresee } from "../../../engine/lifecycle/foresee.js";
import { byNearness } from "../../../engine/lifecycle/nearer-promise.js";
import { orderTypes, seatsToAskFrom } from "../../../engine/lifecycle/orders.js";
import { shownReminder } from "../../../engine/lifecycle/reminders.js";
import { ownWayBack } from "../../../engine/lifecycle/take-back.js";
import type {
  CaseClock,
  CaseDecision,
  CaseFile,
  CaseHead,
  CasePageView,
  CaseText,
  ComposedAction,
  LinkedCase,
  OfferedAction,
} from "../../../engine/lifecycle/views/case-view.js";
import { deskAct } from "../../../engine/measures/desk-row.js";
import { caseFacts } from "../../../engine/rules/fact-catalogue.js";
import type { Named } from "../../../engine/search/case-search.js";
import type { PinnedVersions, Policy } from "../../../engine/setup/policy.js";
import type { Labelled, Setup } from "../../../engine/setup/setup.js";
import { maskPersonal } from "../../../engine/text/mask-personal.js";
import { msg } from "../../../engine/text/msg.js";
import { type Bilingual, perLanguage } from "../../../engine/text/text.js";
import { consequencesOf, letterReach } from "../../../engine/workflow/consequences.js";
import { openToOthers } from "../../../engine/workflow/open-to-others.js";
import { namedScales } from "../../../engine/workflow/rating-scales.js";
import type { StateKind, WorkflowAction, WorkflowDefinition } from "../../../engine/workflow/workflow-definition.js";
import type { Database } from "../../../platform/db/query.js";
import { attachmentsOfCases } from "../../files/attachment-store.js";
import { titleOfSeat } from "../../people/people-queries.js";
import type { ActiveSetup } from "../../setup/active-setup.js";
import type { Policies } from "../../setup/policies.js";
import { isUsual, offeredActions } from "../act/offered-actions.js";
import { reachedReferences } from "../act/reached-references.js";
import { decisionsOfCase, eventsOfCase } from "../case-event-queries.js";
import { caseNotShown } from "../case-parts.js";
import { caseByReference } from "../case-queries.js";
import { countReachableDuplicates } from "../duplicate-queries.js";
import { fileAnswering } from "../files/file-answering.js";
import { contactStanding } from "../follow/contact-store.js";
import { applicantOf } from "../list/applicant-queries.js";
import { linkedCases } from "../list/case-search-queries.js";
import { firstUnseen } from "../news/news-queries.js";
import { escalationFor } from "./escalated-to-reader.js";
import { lastLetterFailed, lettersOfEvents, toldMessages } from "./letter-queries.js";

/** For a case that the actor reads. */
export interface CallBacksAsked {
  readonly theCase: Case;
  readonly policy: Policy;
  readonly actor: Actor;
  readonly now: Date;
}

export interface CasePageParts {
  readonly db: Database;
  readonly policies: Policies;
  readonly active: Pick<ActiveSetup, "ruleSetDefinition">;
  /** False where no text message can leave. */
  readonly offersTexts: boolean;
  /** What the contact centre is to call for. */
  readonly callBacksOf: (a: CallBacksAsked) => Promise<CallBacksOfCase>;
}

const maxLinked = 50;

type Speak = (say: (words: Words) => string) => Bilingual;

function speaker(setup: Setup): Speak {
  const wordsFor = wordsIn(setup);
  return (say) => perLanguage((language) => say(wordsFor(language)));
}

function named(records: ReadonlyMap<string, Labelled>, code: string | null): Named | null {
  return code === null ? null : { code, name: records.get(code)?.name ?? { en: code, ar: code } };
}
const surely = (records: ReadonlyMap<string, Labelled>, code: string): Named =>
  named(records, code) ?? { code, name: { en: code, ar: code } };

function headOf(
  theCase: Case,
  a: { setup: Setup; workflow: WorkflowDefinition; kind: StateKind; assigneeName: string | null; reader: Actor },
): CaseHead {
  const { setup, workflow } = a;
  const { application, state, assignee } = theCase;
  const importance = named(setup.importanceLevels, theCase.importance);
  return {
    reference: theCase.reference,
    programme: { code: setup.programme.code, name: setup.programme.name },
    timeZone: setup.programme.timeZone,
    type: surely(setup.types, application.type),
    state: {
      code: state,
      name: workflow.states[state]?.name ?? { en: state, ar: state },
      kind: a.kind,
      since: theCase.stateSince,
    },
    channel: surely(setup.channels, application.channel),
    sector: named(setup.sectors, theCase.sector),
    entity: named(setup.entities, theCase.entity),
    pillar: named(setup.pillars, theCase.pillar),
    importance: importance && { ...importance, rank: setup.importanceLevels.get(importance.code)?.rank ?? 0 },
    service: named(setup.services, application.service),
    governorate: named(setup.governorates, application.governorate),
    category: named(setup.categories, application.category),
    confidential: theCase.confidential,
    imported: application.imported,
    escalationLevel: theCase.escalationLevel,
    reminder: shownReminder(theCase.reminders, a.reader, setup),
    assignee: assignee === null ? null : { userId: assignee, name: a.assigneeName ?? `#${assignee}` },
    receivedAt: application.receivedAt,
    transfers: theCase.transferCount,
    reopened: theCase.reopenCount,
    rating: theCase.rating,
    ratedByPhone: theCase.ratedBy !== null,
    ratingScales: namedScales(workflow, theCase.ratingScales ?? {}),
    closingReason: named(setup.closingReasons, theCase.closingReason),
  };
}

/** What an order carries along; its type asks nothing. */
const orderFields: Readonly<Record<string, Bilingual>> = {
  seen: msg("cases-page.casePage.orderSeen"),
  about: msg("cases-page.casePage.orderAbout"),
  until: msg("cases-page.casePage.orderUntil"),
  page: msg("cases-page.casePage.orderPage"),
  error: msg("cases-page.casePage.orderError"),
};

function textOf({ application }: Case, setup: Setup, speak: Speak, events: readonly CaseEvent[]): CaseText {
  const { subject, description, language, fields, type } = application;
  const questions = setup.types.get(type)?.fields ?? [];
  // As the type asks them; what it asks no more comes last.
  const codes = questions.map(({ code }) => code);
  const placeOf = (code: string): number => (codes.includes(code) ? codes.indexOf(code) : codes.length);
  const labelOf = (code: string): Bilingual =>
    questions.find((question) => question.code === code)?.name ?? orderFields[code] ?? { en: code, ar: code };
  return {
    subject,
    description,
    language,
    fields: Object.entries(fields)
      .sort(([a], [b]) => placeOf(a) - placeOf(b))
      .filter(([, value]) => value !== null && value !== "")
      .map(([code, value]) => {
        const file = fileAnswering(questions, code, value, events);
        if (file !== undefined) return { label: labelOf(code), value: { en: file.name, ar: file.name }, file };
        // What was seen is said in both languages.
        if (isRecord(value) && code === "seen")
          return { label: labelOf(code), value: { ar: String(value.ar), en: String(value.en) } };
        if (code === "until" && dayNumberOf(String(value)) !== null && !codes.includes(code))
          return { label: labelOf(code), value: dateWords(String(value)) };
        return { label: labelOf(code), value: speak((words) => words.value(`field.${code}`, value)) };
      }),
  };
}

function clocksOf(theCase: Case, pinned: PinnedVersions, workflow: WorkflowDefinition, speak: Speak, now: Date) {
  return byNearness(theCase.clocks).map((clock): CaseClock => {
    const state = workflow.states[theCase.state]?.name;
    return {
      ...clockSummary(clock, pinned.calendarOf(clock.calendarVersionId), now),
      target: clock.target,
      name: speak((words) => words.target(clock.target)),
      cycle: clock.cycle,
      budget: clock.budget && speak((words) => (clock.budget === null ? "" : words.budget(clock.budget))),
      startedAt: clock.startedAt,
      metAt: clock.metAt,
      pausedSince: clock.metAt === null && clock.cancelledAt === null ? clock.pausedAt : null,
      pausedBecause: clock.pausedAt === null ? null : (state ?? null),
    };
  });
}

async function decisionsIn({ db, active }: CasePageParts, caseId: number): Promise<CaseDecision[]> {
  const decisions = await decisionsOfCase(db, caseId);
  return Promise.all(
    decisions.map(async ({ at, cycle, ruleSet, version, versionId, ruleIds, faults }) => {
      const { rules } = await active.ruleSetDefinition(versionId);
      const titles = ruleIds.map((id) => rules.find((rule) => rule.id === id)?.title ?? { en: id, ar: id });
      return { at, cycle, ruleSet: setNames[ruleSet], version, rules: titles, faults: faults.length };
    }),
  );
}

/** What another case is to this one. */
function linkOf(
  theCase: Case,
  other: { id: number; splitFrom: number | null; requestedBy: number | null },
): LinkedCase["as"] {
  if (other.requestedBy !== null) return "order";
  if (theCase.requestedBy !== null) return "orderAbout";
  if (other.id === theCase.duplicateOf) return "original";
  if (other.id === theCase.splitFrom) return "splitFrom";
  return other.splitFrom === theCase.id ? "splitInto" : "duplicate";
}

/** Of an order: the case that it asks about. */
const aboutOf = ({ application: { fields } }: Case): string | null =>
  typeof fields.about === "string" ? fields.about : null;

async function linkedTo(parts: CasePageParts, theCase: Case, actor: Actor): Promise<LinkedCase[]> {
  const { id: caseId, duplicateOf, splitFrom } = theCase;
  const rows = await linkedCases(parts.db, {
    caseId,
    duplicateOf,
    splitFrom,
    asked: { programme: theCase.programme, entity: theCase.entity, reference: theCase.reference },
    about: theCase.requestedBy === null ? null : aboutOf(theCase),
    reach: caseReach(actor),
    limit: maxLinked,
  });
  const pinned = await parts.policies.pin(
    rows.map(({ workflowVersionId }) => ({ workflow: { versionId: workflowVersionId }, clocks: [] })),
  );
  const linked = rows.map((row) => {
    const { id, state } = row;
    return {
      id,
      reference: row.reference,
      state: pinned.workflowOf(row.workflowVersionId).states[state]?.name ?? { en: state, ar: state },
      receivedAt: row.receivedAt,
      as: linkOf(theCase, row),
      confidential: row.confidential,
    };
  });
  const same = linked.filter(({ as }) => as === "original" || as === "duplicate").map(({ id }) => id);
  const files = await attachmentsOfCases(parts.db, same);
  return linked.map(({ id, ...one }) => ({ ...one, files: files.get(id) ?? [] }));
}

/** All files, the newest first, whatever of the story is shown. */
const filesOf = (carrying: readonly TimelineEntry[]): CaseFile[] =>
  carrying.flatMap(({ files, who, at }) => files.map((file) => ({ file, who, at }))).reverse();

/** The page of a case, its reference as it was typed. Problem `not-found`, also for a case that is not the actor's. */
export async function casePage(
  parts: CasePageParts,
  a: { reference: string; actor: Actor; now: Date },
): Promise<CasePageView> {
  const { db, policies } = parts;
  const { actor, now } = a;
  const reference = parseReference(a.reference);
  const loaded = reference === null ? null : await caseByReference(db, reference);
  if (loaded === null) throw caseNotShown();
  const { theCase } = loaded;
  const policy = await policies.fresh(theCase.programme);
  const { setup, calendar } = policy;
  const subject = { case: theCase, entities: setup.entities };
  if (!can(actor, "case.read", subject)) throw caseNotShown();

  const [pinned, events, decisions, linked, applicant, duplicates, newFrom, lastFailed, told, standing] =
    await Promise.all([
      policies.pin([theCase]),
      eventsOfCase(db, theCase.id),
      decisionsIn(parts, theCase.id),
      linkedTo(parts, theCase, actor),
      applicantOf(db, undefined, theCase.id),
      theCase.confidential ? 0 : countReachableDuplicates(db, theCase.id),
      actor.kind === "user" ? firstUnseen(db, { caseId: theCase.id, userId: actor.userId }) : null,
      lastLetterFailed(db, theCase.id),
      toldMessages(db, theCase.id),
      contactStanding(db, { caseId: theCase.id, now, offersTexts: parts.offersTexts }),
    ]);
  const newest = newestOf(events);
  const callBacks = await parts.callBacksOf({ theCase, policy, actor, now });
  const [reached, letters, escalation] = await Promise.all([
    reachedReferences(db, { references: casesNamedIn(newest.events), actor }),
    lettersOfEvents(db, { caseId: theCase.id, events: newest.events, setup }),
    escalationFor(parts, { theCase, events, reader: actor, setup }),
  ]);
  const workflow = pinned.workflowOf(theCase.workflow.versionId);
  const facts = caseFacts(theCase, setup, calendar, now, actor);
  const speak = speaker(setup);
  const mine = actor.kind === "user" && theCase.assignee === actor.userId;
  const reach = letterReach({ ...loaded, lastFailed });
  const mayAskCall = callBacks.asking !== null;
  const { calendarOf } = pinned;
  const followsOf = async (action: WorkflowAction): Promise<readonly Bilingual[]> => {
    const foreseen = await foresee({ action, workflow, theCase, policy, calendarOf, facts, actor, now });
    return consequencesOf({ action, workflow, theCase, setup, now, duplicates, mine, reach, mayAskCall, foreseen });
  };
  const composed = async (one: OfferedAction): Promise<ComposedAction> => {
    const action = workflow.actions[one.action] as WorkflowAction;
    const letter = !theCase.application.imported && writesToApplicant(action);
    const letterLeaves = letter && (reach === "letter" || reach === "undelivered");
    const follows = one.allowed ? await followsOf(action) : [];
    return {
      ...one,
      letter,
      letterLeaves,
      follows,
      usual: isUsual(action),
      movesDeadlines: action.effects.includes("reclassify"),
      deed: deskAct(one.action, action, false).deed,
    };
  };
  const describing = { setup, workflow, reached, reader: actor };
  const carrying = events.filter(({ data }) => attachmentsIn(data).length > 0);
  return {
    head: headOf(theCase, {
      setup,
      workflow,
      kind: loaded.stateKind,
      assigneeName: loaded.assigneeName,
      reader: actor,
    }),
    escalation,
    text: textOf(theCase, setup, speak, events),
    told,
    reachable: loaded.applicantWays.length > 0,
    applicant: applicant && maskPersonal(applicant),
    mayUnmask: applicant !== null && can(actor, "personal.read", subject),
    proven: standing.contacts.flatMap(({ way, provenAt }) => (provenAt === null ? [] : [way])),
    openLinks: standing.openLinks,
    mayEndLinks: can(actor, "case.act", subject),
    answered: describeEvents(lastExchange(events), describing),
    timeline: describeEvents(newest.events, { ...describing, letters }),
    earlier: newest.earlier,
    files: filesOf(describeEvents(carrying, describing)),
    clocks: clocksOf(theCase, pinned, workflow, speak, now),
    decisions,
    actions: await Promise.all(
      offeredActions({ theCase, workflow, setup, facts, actor, now, planned: plannedDay(events, workflow) }).map(
        composed,
      ),
    ),
    others: openToOthers({
      ...{ workflow, theCase, facts, entities: setup.entities },
      mine: rolesFor(actor, "case.act", subject),
    }),
    linked,
    callBacks,
    mayOrder:
      theCase.requestedBy === null &&
      theCase.entity !== null &&
      !theCase.confidential &&
      orderTypes(setup, "entities").length > 0 &&
      seatsToAskFrom(actor, setup, theCase.entity).length > 0,
    askedFrom: theCase.requestedBy === null ? null : await titleOfSeat(db, theCase.requestedBy),
    expectedSeq: theCase.lastSeq,
    takeBack: ownWayBack({ theCase, events, actor, setup, workflow, now }),
    newFrom,
  };
}
