/**
 * Whether promises and the ladder of escalation fit each other: a kind of case that climbs nowhere, levels out of order, a step that waits for a
 * promise which is not made, a first reply that may come after the answer.
 */

import type { Budget } from "../calendar/budget.js";
import type { CalendarDefinition } from "../calendar/calendar-definition.js";
import type { TargetName } from "../calendar/clock.js";
import { compileCalendar, type WorkingCalendar } from "../calendar/working-calendar.js";
import type { Setup } from "../setup/setup.js";
import { msg } from "../text/msg.js";
import { type Bilingual, quoted, together } from "../text/text.js";
import { factsOf as askedIn } from "./compile-condition.js";
import { areApart, makeReady, newWork } from "./find-facts.js";
import { namedRule } from "./named-rules.js";
import type { EscalationStep, SlaOutcome } from "./outcomes.js";
import type { RuleDefinition, RuleSetDefinition } from "./rule-set.js";
import type { SchemaFault } from "./schema-faults.js";
import { decideCell, rankedRules } from "./sla-grid.js";

interface Cell {
  readonly type: string;
  readonly importance: string;
}

const inUse = <Row extends { readonly retired: boolean }>(rows: ReadonlyMap<string, Row>): string[] =>
  [...rows].filter(([, { retired }]) => !retired).map(([code]) => code);

const factsOf = (cell: Cell, setup: Setup) => ({ programme: setup.programme.code, ...cell });

/** What may be promised in each cell of types and importance levels; null: the programme has no service levels. */
function promisedIn(setup: Setup): ReadonlyMap<Cell, ReadonlySet<TargetName>> | null {
  const sla = setup.ruleSets.get("sla")?.definition;
  if (sla === undefined) return null;
  const ranked = rankedRules(sla.rules);
  const outcomeOf = (rank: number) =>
    (rank < 0 ? sla.default : ranked[rank]?.rule.event.params) as unknown as SlaOutcome;
  return new Map(
    inUse(setup.types)
      .flatMap((type) => inUse(setup.importanceLevels).map((importance): Cell => ({ type, importance })))
      .map((cell) => {
        const { decider, overrides } = decideCell(ranked, factsOf(cell, setup));
        const targets = [decider, ...overrides].flatMap((rank) =>
          Object.entries(outcomeOf(rank) ?? {}).flatMap(([target, budget]) => (budget ? [target as TargetName] : [])),
        );
        return [cell, new Set(targets)];
      }),
  );
}

interface Step {
  readonly at: number;
  readonly rule: RuleDefinition;
  readonly says: Omit<EscalationStep, "ruleId">;
  readonly mayHold: (cell: Cell) => boolean;
}

function stepsOf(definition: RuleSetDefinition, setup: Setup): Step[] {
  return definition.rules.map((rule, at) => {
    const { verdict } = makeReady(rule.conditions);
    return {
      ...{ at, rule, says: rule.event.params as unknown as Step["says"] },
      mayHold: (cell) => verdict(factsOf(cell, setup)) !== false,
    };
  });
}

const named = (rows: ReadonlyMap<string, { readonly name: Bilingual }>, codes: readonly string[]): Bilingual =>
  together(codes.map((code) => quoted(rows.get(code)?.name ?? { ar: code, en: code })));

/** What the operation room alone answers has no one above to climb to. */
function isOfRoom(type: string, { types, workflows }: Setup): boolean {
  const { internal, workflow } = types.get(type) ?? {};
  const actions = Object.values(workflows.get(workflow ?? "")?.definition.actions ?? {});
  const answering = actions.filter(({ effects }) => effects.includes("answer"));
  return internal === true && answering.every(({ by }) => by.every((one) => one === "operation_room"));
}

/** Types that are promised an answer and, where it is late, climb to no level. */
function withoutLadder(steps: readonly Step[], setup: Setup): SchemaFault[] {
  const cells = [...(promisedIn(setup) ?? [])].filter(([, targets]) => targets.has("resolution")).map(([cell]) => cell);
  const climbs = (cell: Cell) => steps.some(({ says, mayHold }) => says.kind === "escalation" && mayHold(cell));
  const types = [...new Set(cells.map(({ type }) => type))].filter((type) => !isOfRoom(type, setup));
  return types.flatMap((type): SchemaFault[] => {
    const own = cells.filter((cell) => cell.type === type);
    const levels = own.filter((cell) => !climbs(cell)).map(({ importance }) => importance);
    if (levels.length === 0) return [];
    const reason = msg("rules.checkPromises.withoutLadder", {
      type: named(setup.types, [type]),
      some: levels.length < own.length ? "yes" : "no",
      levels: named(setup.importanceLevels, levels),
    });
    return [{ path: "/rules", reason }];
  });
}

const calendars = new WeakMap<CalendarDefinition, WorkingCalendar>();
const aDay = 86_400_000;

/** Whether one time ends after the other on each day of a week that they begin on. */
function isLater(one: Budget, other: Budget, { calendar: { definition } }: Setup): boolean {
  if (one.unit === other.unit) return one.amount > other.amount;
  const calendar = calendars.get(definition) ?? compileCalendar(definition);
  calendars.set(definition, calendar);
  const first = Date.parse(`${definition.covers.from}T07:00:00Z`);
  return Array.from({ length: 7 }, (_, day) => new Date(first + day * aDay)).every(
    (at) => calendar.add(at, one).due > calendar.add(at, other).due,
  );
}

/** Whether a step of one clock comes surely after another of the same clock. */
function comesAfter(one: EscalationStep["when"], other: EscalationStep["when"], setup: Setup): boolean {
  if ("idle" in one || "idle" in other) return "idle" in one && "idle" in other && isLater(one.idle, other.idle, setup);
  if (one.clock !== other.clock) return false;
  if ("percent" in one) return "percent" in other && one.percent > other.percent;
  return "percent" in other ? other.percent <= 100 : isLater(one.after, other.after, setup);
}

const plainFacts: ReadonlySet<string> = new Set(["type", "importance"]);

/** A rule for fewer cases than another may send them up sooner: that is what it is for. */
const asksForMore = (one: Step, other: Step): boolean => {
  const known = askedIn(other.rule.conditions);
  return [...askedIn(one.rule.conditions)].some((fact) => !plainFacts.has(fact) && !known.has(fact));
};

/** A level that is reached before a lower one of the same case. */
function outOfOrder(steps: readonly Step[], setup: Setup): SchemaFault[] {
  const climbing = steps.filter(({ says }) => says.kind === "escalation");
  const cells = inUse(setup.types).flatMap((type) =>
    inUse(setup.importanceLevels).map((importance): Cell => ({ type, importance })),
  );
  const work = newWork();
  return climbing.flatMap((high): SchemaFault[] => {
    const low = climbing.find(
      (one) =>
        one.says.level < high.says.level &&
        !asksForMore(high, one) &&
        comesAfter(one.says.when, high.says.when, setup) &&
        !areApart(makeReady(one.rule.conditions), makeReady(high.rule.conditions), work) &&
        cells.some((cell) => one.mayHold(cell) && high.mayHold(cell)),
    );
    if (low === undefined) return [];
    const reason = msg("rules.checkPromises.outOfOrder", {
      ...{ high: String(high.says.level), low: String(low.says.level) },
      ...{ rule: namedRule(high.rule), other: namedRule(low.rule) },
    });
    return [{ path: `/rules/${high.at}/event/params/when`, reason }];
  });
}

/** Steps that wait for a promise which no case that they are for is made. */
function withoutPromise(steps: readonly Step[], setup: Setup): SchemaFault[] {
  const promised = promisedIn(setup);
  if (promised === null) return [];
  return steps.flatMap(({ at, rule, says: { when }, mayHold }): SchemaFault[] => {
    if ("idle" in when) return [];
    const own = [...promised].filter(([cell]) => mayHold(cell));
    if (own.length === 0 || own.some(([, targets]) => targets.has(when.clock))) return [];
    const reason = msg("rules.checkPromises.withoutPromise", {
      rule: namedRule(rule),
      clock: when.clock === "resolution" ? "other" : when.clock,
    });
    return [{ path: `/rules/${at}/event/params/when/clock`, reason }];
  });
}

/** A first reply that is promised for after the answer: its deadline would never count. */
function repliesAfterAnswers({ rules, default: otherwise }: RuleSetDefinition, setup: Setup): SchemaFault[] {
  const places = [
    ...rules.map(({ event: { params } }, i) => ({ says: params, path: `/rules/${i}/event/params` })),
    { says: otherwise, path: "/default" },
  ] as unknown as { says: SlaOutcome; path: string }[];
  return places.flatMap(({ says: { firstResponse, resolution }, path }): SchemaFault[] => {
    if (!firstResponse || !resolution || !isLater(firstResponse, resolution, setup)) return [];
    return [{ path: `${path}/firstResponse`, reason: msg("rules.checkPromises.replyAfterAnswer") }];
  });
}

/** What the ladder in force would lose by service levels that are written, and has with those in force. */
function ladderBeside(definition: RuleSetDefinition, setup: Setup): SchemaFault[] {
  const ladder = setup.ruleSets.get("escalation")?.definition;
  if (ladder === undefined) return [];
  const sla = { ...(setup.ruleSets.get("sla") ?? { versionId: 0, version: 0 }), definition };
  const beside: Setup = { ...setup, ruleSets: new Map(setup.ruleSets).set("sla", sla) };
  const found = (given: Setup): Bilingual[] => {
    const steps = stepsOf(ladder, given);
    return [...withoutLadder(steps, given), ...withoutPromise(steps, given)].map(({ reason }) => reason);
  };
  const before = new Set(found(setup).map(({ en }) => en));
  return found(beside)
    .filter(({ en }) => !before.has(en))
    .map((reason) => ({ path: "/rules", reason: msg("rules.checkPromises.ofLadder", { reason }) }));
}

/** What is suspicious about service levels beside the ladder in force, or about the ladder beside the service levels in force. */
export function promiseFindings(definition: RuleSetDefinition, setup: Setup): SchemaFault[] {
  if (definition.set === "sla") return [...repliesAfterAnswers(definition, setup), ...ladderBeside(definition, setup)];
  if (definition.set !== "escalation") return [];
  const steps = stepsOf(definition, setup);
  return [...withoutLadder(steps, setup), ...outOfOrder(steps, setup), ...withoutPromise(steps, setup)];
}
