/** Why a case is where it is and due when it is, in words: what the panel "Why?" and `diwan explain` show. */

import { civilDate } from "../calendar/civil-days.js";
import type { Case } from "../lifecycle/case.js";
import type { CaseEvent } from "../lifecycle/case-event.js";
import { copiesApart } from "../lifecycle/copies-apart.js";
import { type DueThing, whatIsDue } from "../lifecycle/due-moments.js";
import { formatDate } from "../measures/figures.js";
import type { EscalationStep, RoutingOutcome } from "../rules/outcomes.js";
import { citedIn } from "../setup/instructions.js";
import type { Setup } from "../setup/setup.js";
import { classifiedLines } from "./classified-lines.js";
import { explainClock, sinceSplit } from "./explain-deadline.js";
import { type ExplainedDecision, explainDecision } from "./explain-decision.js";
import type { ExplainedSection, ExplainInput } from "./explained-section.js";
import { type Words, wordsOf } from "./words.js";

// What happens next to a case if nobody does anything, in words.

/** Later than anything that can be due. */
const everything = new Date("2099-12-31T00:00:00Z");
const maxUpcoming = 6;

/** Of a rule of the ladder that the case was given; its code where that cannot be told. */
function ruleTitle(decisions: readonly ExplainedDecision[], ruleId: unknown, words: Words): string {
  const rules = decisions
    .filter(({ ruleSet }) => ruleSet === "escalation")
    .flatMap(({ definition }) => definition.rules);
  const rule = rules.find(({ id }) => id === ruleId);
  return rule === undefined ? String(ruleId) : words.quote(words.pick(rule.title));
}

function stepInWords(step: EscalationStep, input: ExplainInput, words: Words): string {
  const told = step.tell.map((reference) => words.receiver(reference, input.theCase)).join(words.say(", ", "، "));
  const rule = ruleTitle(input.decisions, step.ruleId, words);
  const what =
    step.kind === "warning"
      ? words.say("a warning", "إشعار")
      : words.say(`raised to level ${step.level}`, `تُرفع إلى المستوى ${step.level}`);
  const raised = step.raiseImportance ? words.say("; the importance goes up", "، ويرتفع مستوى الأهمية") : "";
  return words.say(`${what}${raised}; told: ${told} (${rule})`, `${what}${raised}؛ يُبلَّغ: ${told} (${rule})`);
}

function dueInWords(due: DueThing, input: ExplainInput, words: Words): string {
  if (due.kind === "breach")
    return words.say(
      `the target ${words.quote(words.target(due.target))} is late`,
      `يفوت موعد ${words.quote(words.target(due.target))}`,
    );
  if (due.kind === "step") return stepInWords(due.step, input, words);
  const action = input.workflow.actions[due.timer.action];
  const name = words.quote(action === undefined ? due.timer.action : words.pick(action.name));
  return words.say(`by itself: ${name}`, `تلقائيًا: ${name}`);
}

function nextSection(input: ExplainInput, words: Words): ExplainedSection {
  const { theCase, workflow, calendarOf } = input;
  const things = whatIsDue({ theCase, workflow, calendarOf, now: everything });
  const lines = things
    .slice(0, maxUpcoming)
    .map((due) => `${words.moment(due.dueAt)}: ${dueInWords(due, input, words)}`);
  const none = words.say("Nothing, until somebody acts.", "لا شيء ما لم يقع إجراء.");
  return {
    title: words.say("If nothing happens, next", "ما يلي إن لم يحدث شيء"),
    lines: lines.length === 0 ? [none] : lines,
  };
}

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);
const last = (events: readonly CaseEvent[], type: CaseEvent["type"]): CaseEvent | undefined =>
  events.filter((event) => event.type === type).at(-1);

function who(event: CaseEvent, words: Words): string {
  const { actor } = event;
  if (actor.kind === "user") return actor.name;
  if (actor.kind === "applicant") return words.say("the applicant", "مقدم الطلب");
  return words.say("the system", "النظام");
}

function reasonGiven(event: CaseEvent, words: Words): string {
  const reason = text(event.data.reason);
  if (reason === null) return "";
  return words.say(` Reason given: ${words.quote(reason)}`, ` السبب المذكور: ${words.quote(reason)}`);
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
    ...(theCase.confidential
      ? [say("Confidential: only its handlers see it.", "سرّية: لا يراها إلا المكلفون بها.")]
      : []),
  ];
  lines.push(...classifiedLines(first?.data ?? {}, decision, words));
  if (corrected !== undefined) {
    const because = reasonGiven(corrected, words);
    lines.push(
      say(
        `Corrected by ${who(corrected, words)} on ${words.moment(corrected.at)}.${because}`,
        `صحّحه ${who(corrected, words)} في ${words.moment(corrected.at)}.${because}`,
      ),
    );
  }
  for (const raised of events.filter(({ type, data }) => type === "case.classified" && data.by === "escalation")) {
    const rule = ruleTitle(decisions, raised.data.ruleId, words);
    const level = words.value("importance", raised.data.importance);
    lines.push(
      say(
        `Raised to ${words.quote(level)} on ${words.moment(raised.at)} by the escalation rule ${rule}; the targets stayed.`,
        `رُفع إلى ${words.quote(level)} في ${words.moment(raised.at)} بقاعدة التصعيد ${rule}، وبقيت المواعيد كما هي.`,
      ),
    );
  }
  return { title: say("Why this pillar and this importance", "لماذا هذا المحور ومستوى الأهمية"), lines };
}

function routeInWords(to: string, theCase: Case, words: Words): string {
  const { say } = words;
  if (to === "entity") return say("to the entity that the applicant named", "إلى الجهة التي حدّدها مقدم الطلب");
  if (to === "service.entity") return say("to the entity that delivers the service", "إلى الجهة التي تقدم الخدمة");
  if (to.startsWith("entity:"))
    return say(
      `to ${words.value("entity", to.slice("entity:".length))}`,
      `إلى ${words.value("entity", to.slice("entity:".length))}`,
    );
  return say(
    `to ${words.receiver(to, theCase)}, who places it by hand`,
    `إلى ${words.receiver(to, theCase)} لتحويلها يدويًا`,
  );
}

function placedLine(event: CaseEvent, words: Words): string {
  const { say } = words;
  const entity = words.value("entity", event.data.entity);
  const because = reasonGiven(event, words);
  const by = who(event, words);
  if (typeof event.data.entity !== "string") {
    const from = words.value("entity", event.data.fromEntity);
    return say(
      `Back to triage on ${words.moment(event.at)}: ${from} is no longer in use.${because}`,
      `أُعيدت إلى الفرز في ${words.moment(event.at)}: لم تعد الجهة ${from} قيد الاستخدام.${because}`,
    );
  }
  return event.type === "case.transferred"
    ? say(
        `Transferred to ${entity} by ${by} on ${words.moment(event.at)}.${because}`,
        `حوّلها ${by} إلى ${entity} في ${words.moment(event.at)}.${because}`,
      )
    : say(
        `Assigned to ${entity} by ${by} on ${words.moment(event.at)}.${because}`,
        `أسندها ${by} إلى ${entity} في ${words.moment(event.at)}.${because}`,
      );
}

function entitySection({ theCase, decisions, events }: ExplainInput, words: Words): ExplainedSection {
  const { say } = words;
  const decision = decisions.find(({ ruleSet }) => ruleSet === "routing");
  const routed = events.find((event) => event.type === "case.routed");
  const entity =
    theCase.entity === null
      ? say("none yet: it waits in the triage queue", "لا جهة بعد: في قائمة الفرز")
      : words.value("entity", theCase.entity);
  const lines = [`${words.fact("entity")}: ${entity}`];
  if (decision !== undefined) {
    const { to } = decision.outcome as RoutingOutcome;
    lines.push(
      say(
        `The rules sent it ${routeInWords(to, theCase, words)}.`,
        `وجّهتها القواعد ${routeInWords(to, theCase, words)}.`,
      ),
      ...explainDecision(decision, words),
    );
    const hadNone = routed !== undefined && routed.data.entity === null;
    const suggested = text(routed?.data.suggested);
    if (hadNone && suggested !== null) {
      const name = words.value("entity", suggested);
      lines.push(
        say(
          `This programme forwards by hand, so ${name} was a suggestion.`,
          `هذا البرنامج يحوّل يدويًا، فكانت ${name} اقتراحًا.`,
        ),
      );
    } else if (hadNone && to !== "sector.mainFocalPoint") {
      lines.push(
        say(
          "That led to no entity that receives cases, so a person places it.",
          "لم يؤدِّ ذلك إلى جهة تستقبل المعاملات، فيحوّلها شخص.",
        ),
      );
    }
  }
  const placed = events.filter(
    (event) => event.type === "case.transferred" || (event.type === "case.assigned" && event.data.by === "person"),
  );
  lines.push(...placed.map((event) => placedLine(event, words)));
  return { title: say("Why this entity", "لماذا هذه الجهة"), lines };
}

function deadlineSection(input: ExplainInput, words: Words): ExplainedSection {
  const { theCase, decisions, events, calendarOf, now } = input;
  const { say } = words;
  const title = say("Why this deadline", "لماذا هذا الموعد");
  const clocks = theCase.clocks
    .filter((clock) => clock.cycle === theCase.cycle && clock.target !== "acknowledgement")
    .sort((a, b) => a.startedAt.getTime() - b.startedAt.getTime() || (a.target < b.target ? -1 : 1));
  const decision = decisions.filter(({ ruleSet, cycle }) => ruleSet === "sla" && cycle === theCase.cycle).at(-1);
  const lines: string[] = [];
  if (theCase.cycle === 1) lines.push(...sinceSplit(events, words));
  if (theCase.cycle > 1) {
    const begun = last(events, "case.reopened") ?? last(events, "case.appealed");
    const since =
      begun === undefined ? "" : say(`, since ${words.moment(begun.at)}`, `، منذ ${words.moment(begun.at)}`);
    lines.push(
      say(
        `This is cycle ${theCase.cycle} of the case${since}: it has targets of its own.`,
        `هذه الدورة ${theCase.cycle} للمعاملة${since}: لها مواعيدها.`,
      ),
    );
  }
  if (decision !== undefined) lines.push(...explainDecision(decision, words));
  if (clocks.length === 0) lines.push(say("Nothing is promised for this case.", "لا موعد محدد لهذه المعاملة."));
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
  return named.length === 0 ? words.say("nobody", "لا أحد") : named.join(words.say(", ", "، "));
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
      ? say(`Raised to level ${level}`, `رُفعت إلى المستوى ${level}`)
      : say("Warned", "إشعار");
  const when =
    due === null ? "" : say(`, due ${words.moment(new Date(due))}`, `، استُحق في ${words.moment(new Date(due))}`);
  const empty = (Array.isArray(emptySeats) ? emptySeats : []).map(
    ({ level: of, seat: id }: { level: number; seat: number | null }) => {
      const seat = setup.seats.find((one) => one.id === id);
      return seat === undefined
        ? say(
            `  There is no seat at level ${of}: the next level was told, and the operation room.`,
            `  لا مقعد في المستوى ${of}: أُبلغ المستوى التالي وغرفة العمليات.`,
          )
        : say(
            `  The seat ${words.quote(words.pick(seat.title))} was empty: the next level was told, and the operation room.`,
            `  المقعد ${words.quote(words.pick(seat.title))} شاغر: أُبلغ المستوى التالي وغرفة العمليات.`,
          );
    },
  );
  return [
    say(`${step} on ${words.moment(event.at)}: ${told}.`, `${step} في ${words.moment(event.at)}: ${told}.`),
    ...(copies.length === 0 ? [] : [say(`  Copy to: ${others}.`, `  نسخة للعلم إلى: ${others}.`)]),
    say(`  Because: ${rule}${when}.`, `  السبب: ${rule}${when}.`),
    ...empty,
  ];
}

function escalationSection(input: ExplainInput, words: Words): ExplainedSection {
  const steps = input.events.filter((event) => event.type === "case.escalated" || event.type === "deadline.warned");
  const lines = steps.flatMap((event) => escalationLines(event, input, words));
  const none = words.say("Nobody was warned and it was not raised.", "لم يُرسل إشعار ولم تُصعَّد.");
  return {
    title: words.say("Warnings and escalations so far", "الإشعارات والتصعيد حتى الآن"),
    lines: lines.length === 0 ? [none] : lines,
  };
}

/** The explanation in sections, in the language asked for; all times in the programme's zone. */
export function explainCase(input: ExplainInput): ExplainedSection[] {
  const { theCase, setup, workflow, language } = input;
  const words = wordsOf(setup, language);
  const { receivedAt, type, channel } = theCase.application;
  const state = workflow.states[theCase.state]?.name;
  const day = formatDate(civilDate(receivedAt, setup.programme.timeZone), language);
  const head: ExplainedSection = {
    title: words.say(`Case ${theCase.reference}`, `المعاملة ${theCase.reference}`),
    lines: [
      words.say(
        `${words.value("type", type)}, received on ${day} (${words.moment(receivedAt)}) through ${words.value("channel", channel)}.`,
        `${words.value("type", type)}، استُلم في ${day} (${words.moment(receivedAt)}) عبر ${words.value("channel", channel)}.`,
      ),
      ...(state === undefined ? [] : [words.say(`State: ${words.pick(state)}.`, `الحالة: ${words.pick(state)}.`)]),
      ...(theCase.application.imported
        ? [
            words.say(
              "It was imported from another system: it sends and escalates nothing.",
              "استوردت من نظام آخر: لا ترسل ولا تُصعَّد.",
            ),
          ]
        : []),
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
