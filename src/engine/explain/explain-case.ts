/** Why a case is where it is and due when it is, in words: what the panel "Why?" and `diwan explain` show. */

import { civilDate } from "../calendar/civil-days.js";
import { formatDate } from "../formatting/moments.js";
import type { Case } from "../lifecycle/case.js";
import type { CaseEvent } from "../lifecycle/case-event.js";
import { copiesApart } from "../lifecycle/copies-apart.js";
import { type DueThing, pendingThings } from "../lifecycle/due-moments.js";
import type { EscalationStep, RoutingOutcome } from "../rules/outcomes.js";
import { citedIn } from "../setup/instructions.js";
import type { Setup } from "../setup/setup.js";
import { msg } from "../text/msg.js";
import { apart } from "../text/text.js";
import { classifiedLines } from "./classified-lines.js";
import { overtaken } from "./describe-moves.js";
import { explainClock, sinceSplit } from "./explain-deadline.js";
import { type ExplainedDecision, explainDecision, ruleOf } from "./explain-decision.js";
import type { ExplainedSection, ExplainInput } from "./explained-section.js";
import { whyNoDeadline, whyNotEscalated, whyNothingNext, whyUndecided } from "./why-nothing.js";
import { type Words, wordsOf } from "./words.js";

// What happens next to a case if nobody does anything, in words.

const maxUpcoming = 6;

/** Of a rule of the ladder that the case was given. */
function ruleTitle(decisions: readonly ExplainedDecision[], ruleId: unknown, words: Words): string {
  const rules = decisions
    .filter(({ ruleSet }) => ruleSet === "escalation")
    .flatMap(({ definition }) => definition.rules);
  return words.rule(ruleOf({ rules }, String(ruleId)));
}

function stepInWords(step: EscalationStep, input: ExplainInput, words: Words): string {
  const told = step.tell
    .map((reference) => words.receiver(reference, input.theCase))
    .join(words.say(msg("explain.explainCase.text")));
  const rule = ruleTitle(input.decisions, step.ruleId, words);
  const what =
    step.kind === "warning"
      ? words.say(msg("explain.explainCase.what"))
      : words.say(msg("explain.explainCase.what2", { level: step.level }));
  const raised = step.raiseImportance ? words.say(msg("explain.explainCase.raised")) : "";
  return words.say(msg("explain.explainCase.told", { what, raised, told, rule }));
}

function dueInWords(due: DueThing, input: ExplainInput, words: Words): string {
  if (due.kind === "breach")
    return words.say(msg("explain.explainCase.theTargetIsLate", { target: words.quote(words.target(due.target)) }));
  if (due.kind === "step") return stepInWords(due.step, input, words);
  if (due.kind === "invitation") {
    const asked = due.reminder ? msg("explain.explainCase.reminder") : msg("explain.explainCase.invitation");
    return words.say(asked);
  }
  const action = input.workflow.actions[due.timer.action];
  const name = words.quote(action === undefined ? due.timer.action : words.pick(action.name));
  return words.say(msg("explain.explainCase.byItself", { name }));
}

function nextSection(input: ExplainInput, words: Words): ExplainedSection {
  const { theCase, workflow, calendarOf } = input;
  const things = pendingThings({ theCase, workflow, calendarOf });
  const lines = things
    .slice(0, maxUpcoming)
    .map((due) => `${words.moment(due.dueAt)}: ${dueInWords(due, input, words)}`);
  const none = words.say(msg("explain.explainCase.none"));
  return {
    title: words.say(msg("explain.explainCase.ifNothingHappensNext")),
    lines: lines.length === 0 ? [none, ...whyNothingNext(input, words)] : lines,
  };
}

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);
const last = (events: readonly CaseEvent[], type: CaseEvent["type"]): CaseEvent | undefined =>
  events.filter((event) => event.type === type).at(-1);

function who(event: CaseEvent, words: Words): string {
  const { actor } = event;
  if (actor.kind === "user") return actor.name;
  if (actor.kind === "applicant") return words.say(msg("explain.explainCase.theApplicant"));
  return words.say(msg("explain.explainCase.theSystem"));
}

function reasonGiven(event: CaseEvent, words: Words): string {
  const reason = text(event.data.reason);
  if (reason === null) return "";
  return words.say(msg("explain.explainCase.reasonGiven", { reason: words.quote(reason) }));
}

/** Who gave a pillar or an importance: the applicant, a person, or rules. */
function classificationSection({ theCase, decisions, events }: ExplainInput, words: Words): ExplainedSection {
  const { say } = words;
  const first = events.find((event) => event.type === "case.classified");
  const corrected = events.filter((event) => event.type === "case.classified" && event.data.by === "person").at(-1);
  const decision = decisions.find(({ ruleSet }) => ruleSet === "classification");
  const lines = [
    `${words.fact("pillar")}: ${words.value("pillar", theCase.pillar)}`,
    `${words.fact("importance")}: ${words.value("importance", theCase.importance)}`,
    ...(theCase.confidential ? [say(msg("explain.explainCase.confidentialOnlyItsHandlersSee"))] : []),
  ];
  const classified = classifiedLines(first?.data ?? {}, decision, words);
  lines.push(...classified);
  if (decision === undefined && classified.length === 0 && corrected === undefined)
    lines.push(whyUndecided({ theCase }, "classification", words));
  if (corrected !== undefined) {
    const because = reasonGiven(corrected, words);
    lines.push(
      say(
        msg("explain.explainCase.correctedByOn", {
          corrected: who(corrected, words),
          at: words.moment(corrected.at),
          because,
        }),
      ),
    );
  }
  for (const raised of events.filter(({ type, data }) => type === "case.classified" && data.by === "escalation")) {
    const rule = ruleTitle(decisions, raised.data.ruleId, words);
    const level = words.value("importance", raised.data.importance);
    lines.push(
      say(msg("explain.explainCase.raisedToOnByThe", { level: words.quote(level), at: words.moment(raised.at), rule })),
    );
  }
  return { title: say(msg("explain.explainCase.whyThisPillarAndThis")), lines };
}

function routeInWords(to: string, theCase: Case, words: Words): string {
  const { say } = words;
  if (to === "entity") return say(msg("explain.explainCase.toTheEntityThatThe"));
  if (to === "service.entity") return say(msg("explain.explainCase.toTheEntityThatDelivers"));
  if (to.startsWith("entity:"))
    return say(msg("explain.explainCase.to", { valueCount: words.value("entity", to.slice("entity:".length)) }));
  return say(msg("explain.explainCase.toWhoPlacesItBy", { to: words.receiver(to, theCase) }));
}

function placedLine(event: CaseEvent, words: Words): string {
  const { say } = words;
  const entity = words.value("entity", event.data.entity);
  const because = reasonGiven(event, words);
  const by = who(event, words);
  if (typeof event.data.entity !== "string") {
    const from = words.value("entity", event.data.fromEntity);
    return say(msg("explain.explainCase.backToTriageOnIs", { at: words.moment(event.at), from, because }));
  }
  return event.type === "case.transferred"
    ? say(msg("explain.explainCase.transferredToByOn", { entity, by, at: words.moment(event.at), because }))
    : say(msg("explain.explainCase.assignedToByOn", { entity, by, at: words.moment(event.at), because }));
}

function entitySection({ theCase, decisions, events }: ExplainInput, words: Words): ExplainedSection {
  const { say } = words;
  const decision = decisions.find(({ ruleSet }) => ruleSet === "routing");
  const routed = events.find((event) => event.type === "case.routed");
  const entity =
    theCase.entity === null ? say(msg("explain.explainCase.entity")) : words.value("entity", theCase.entity);
  const received = events.find((event) => event.type === "application.received");
  const over = [received, routed].map((event) => overtaken(event?.data ?? {}, words)).filter((line) => line !== "");
  const lines = [`${words.fact("entity")}: ${entity}`, ...over];
  if (decision !== undefined) {
    const { to } = decision.outcome as RoutingOutcome;
    lines.push(
      say(msg("explain.explainCase.theRulesSentIt", { to: routeInWords(to, theCase, words) })),
      ...explainDecision(decision, words),
    );
    const hadNone = routed !== undefined && routed.data.entity === null;
    const suggested = text(routed?.data.suggested);
    if (hadNone && suggested !== null) {
      const name = words.value("entity", suggested);
      lines.push(say(msg("explain.explainCase.thisProgrammeForwardsByHand", { name })));
    } else if (hadNone && to !== "sector.mainFocalPoint") {
      lines.push(say(msg("explain.explainCase.thatLedToNoEntity")));
    }
  }
  const takenBack = new Set(events.flatMap(({ type, data }) => (type === "case.taken-back" ? [data.of] : [])));
  const placed = events.filter(
    ({ type, data, seq }) =>
      !takenBack.has(seq) && (type === "case.transferred" || (type === "case.assigned" && data.by === "person")),
  );
  lines.push(...placed.map((event) => placedLine(event, words)));
  if (decision === undefined && placed.length === 0) lines.push(whyUndecided({ theCase }, "routing", words));
  return { title: say(msg("explain.explainCase.whyThisEntity")), lines };
}

function deadlineSection(input: ExplainInput, words: Words): ExplainedSection {
  const { theCase, decisions, events, calendarOf, now } = input;
  const { say } = words;
  const title = say(msg("explain.explainCase.whyThisDeadline"));
  const clocks = theCase.clocks
    .filter((clock) => clock.cycle === theCase.cycle && clock.target !== "acknowledgement")
    .sort((a, b) => a.startedAt.getTime() - b.startedAt.getTime() || (a.target < b.target ? -1 : 1));
  const decision = decisions.filter(({ ruleSet, cycle }) => ruleSet === "sla" && cycle === theCase.cycle).at(-1);
  const lines: string[] = [];
  if (theCase.cycle === 1) lines.push(...sinceSplit(events, words));
  if (theCase.cycle > 1) {
    const begun = last(events, "case.reopened") ?? last(events, "case.appealed");
    const since = begun === undefined ? "" : say(msg("explain.explainCase.since", { at: words.moment(begun.at) }));
    lines.push(say(msg("explain.explainCase.thisIsCycleOfThe", { cycle: theCase.cycle, since })));
  }
  if (decision !== undefined) lines.push(...explainDecision(decision, words));
  if (clocks.length === 0)
    lines.push(say(msg("explain.explainCase.nothingIsPromisedForThis")), whyNoDeadline(input, words));
  for (const clock of clocks)
    lines.push(...explainClock({ clock, calendar: calendarOf(clock.calendarVersionId), events, now, words }));
  return { title, lines };
}

/** Names of the people that an event told, each with the seat. */
function toldInWords(ids: unknown, setup: Setup, words: Words): string {
  const list = Array.isArray(ids) ? ids : [];
  const named = list.map((id) => {
    const seat = setup.seats.find(({ holders }) => holders.some(({ userId }) => userId === id));
    const holder = seat?.holders.find(({ userId }) => userId === id);
    return seat === undefined || holder === undefined ? `#${String(id)}` : `${holder.name} (${words.pick(seat.title)})`;
  });
  return named.length === 0
    ? words.say(msg("explain.explainCase.nobody"))
    : named.join(words.say(msg("explain.explainCase.text")));
}

function escalationLines(event: CaseEvent, { setup, decisions }: ExplainInput, words: Words): string[] {
  const { say } = words;
  const { level, emptySeats, ruleId, dueAt } = event.data;
  const rule = ruleTitle(decisions, ruleId, words);
  const due = text(dueAt);
  const { to, copies } = copiesApart(event.data);
  const told = toldInWords(to, setup, words);
  const others = toldInWords(copies, setup, words);
  const step =
    event.type === "case.escalated"
      ? say(msg("explain.explainCase.step", { level: String(level) }))
      : say(msg("explain.explainCase.step2"));
  const when = due === null ? "" : say(msg("explain.explainCase.when", { moment: words.moment(new Date(due)) }));
  const empty = (Array.isArray(emptySeats) ? emptySeats : []).map(
    ({ level: of, seat: id }: { level: number; seat: number | null }) => {
      const seat = setup.seats.find((one) => one.id === id);
      return seat === undefined
        ? say(msg("explain.explainCase.thereIsNoSeatAt", { of }))
        : say(msg("explain.explainCase.theSeatWasEmptyThe", { title: words.quote(words.pick(seat.title)) }));
    },
  );
  return [
    say(msg("explain.explainCase.on", { step, at: words.moment(event.at), told })),
    ...(copies.length === 0 ? [] : [say(msg("explain.explainCase.copyTo", { others }))]),
    say(msg("explain.explainCase.because", { rule, when })),
    ...empty,
  ];
}

function escalationSection(input: ExplainInput, words: Words): ExplainedSection {
  const steps = input.events.filter((event) => event.type === "case.escalated" || event.type === "deadline.warned");
  const lines = steps.flatMap((event) => escalationLines(event, input, words));
  const none = words.say(msg("explain.explainCase.none2"));
  return {
    title: words.say(msg("explain.explainCase.warningsAndEscalationsSoFar")),
    lines: lines.length === 0 ? [none, whyNotEscalated(input, words)] : lines,
  };
}

/** The explanation in sections, in the language asked for; all times in the programme's zone. */
export function explainCase(input: ExplainInput): ExplainedSection[] {
  const { theCase, setup, workflow, language } = input;
  const words = wordsOf(setup, language, { ruleCodes: input.ruleCodes });
  const { receivedAt, type, channel } = theCase.application;
  const state = workflow.states[theCase.state]?.name;
  const day = formatDate(civilDate(receivedAt, setup.programme.timeZone), language);
  const head: ExplainedSection = {
    title: words.say(msg("explain.explainCase.headTitle", { reference: apart(theCase.reference) })),
    lines: [
      words.say(
        msg("explain.explainCase.receivedOnThrough", {
          type: words.value("type", type),
          day,
          receivedAt: words.moment(receivedAt),
          channel: words.value("channel", channel),
        }),
      ),
      ...(state === undefined ? [] : [words.say(msg("explain.explainCase.state", { state: words.pick(state) }))]),
      ...(theCase.application.imported ? [words.say(msg("explain.explainCase.itWasImportedFromAnother"))] : []),
    ],
  };
  const sections = [
    head,
    classificationSection(input, words),
    entitySection(input, words),
    deadlineSection(input, words),
    escalationSection(input, words),
    nextSection(input, words),
  ];
  const cited = citedBy(input.decisions, setup, words);
  return sections.map((section) => {
    const named = cited.filter((one) => section.lines.some((line) => line.includes(one.words)));
    return named.length === 0 ? section : { ...section, cited: named };
  });
}

function citedBy(
  decisions: readonly ExplainedDecision[],
  setup: Setup,
  words: Words,
): NonNullable<ExplainedSection["cited"]> {
  const codes = decisions.flatMap(({ definition }) => definition.rules.flatMap(({ basis }) => citedIn(basis)));
  const { code: programme } = setup.programme;
  return [...new Set(codes)]
    .filter((code) => setup.instructions.has(code))
    .map((code) => ({ words: words.instruction(code), programme, code }));
}

/** Sections as lines of plain text: a title, then its lines set in. */
export function explanationLines(sections: readonly ExplainedSection[]): string[] {
  return sections.flatMap(({ title, lines }, i) => [
    ...(i === 0 ? [] : [""]),
    title,
    ...lines.map((line) => `  ${line}`),
  ]);
}
