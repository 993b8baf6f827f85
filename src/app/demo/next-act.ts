/**
 * How the people of the demo work: what somebody does next with a case, and when. They see what the workflow offers and
 * choose among it, so a changed workflow is lived too. How soon offices answer, and how satisfied people are, the population's file says.
 */
import { civilDate, shiftDate } from "../../engine/calendar/civil-days.js";
import { ordinaryDay } from "../../engine/calendar/ordinary-day.js";
import { inLanguage } from "../../engine/text/text.js";
import type { EffectName } from "../../engine/workflow/effects.js";
import type { ActionField, WorkflowAction, WorkflowDefinition } from "../../engine/workflow/workflow-definition.js";
import { amongOfficials } from "./among-officials.js";
import {
  type Found,
  inTime,
  inTurn,
  type LivedCase,
  type NextAct,
  order,
  someoneFor,
  soon,
  type World,
  withEffect,
} from "./lived-case.js";
import { drawByEntity, reasonsFor } from "./material.js";
import type { SeededRandom } from "./seeded-random.js";
import { falls, mannerOf } from "./stories.js";

const hour = 3600;
const day = 86_400_000;
/** Until an answer that came back is corrected, in hours. */
const toMend = 5;

function entityFor(world: World, lived: LivedCase): string | null {
  const { setup, random, material } = world;
  const inSector = [...setup.entities.values()].filter(
    (e) =>
      e.joining === "live" &&
      !e.retired &&
      e.parent !== null &&
      e.code !== lived.entity &&
      (lived.sector === null || e.sector === lived.sector),
  );
  const others =
    inSector.length > 0
      ? inSector
      : [...setup.entities.values()].filter((e) => e.level === 1 && e.code !== lived.entity);
  return others.length > 0 ? drawByEntity(random, material, others, ({ code }) => code).code : null;
}

function filledIn(
  world: World,
  definition: WorkflowAction,
  name: string,
  field: ActionField,
  lived: LivedCase,
  at: Date,
): unknown {
  const { random, material, setup } = world;
  const said = material.office;
  const { satisfied, answers = said.answers, contacts } = mannerOf(world, lived, at);
  switch (field.type) {
    case "entity":
      return entityFor(world, lived);
    case "rating":
      return falls(random, lived.nth, "satisfied", satisfied) ? random.int(4, 5) : random.int(1, 3);
    case "choice":
      return random.pick(field.choices ?? []).code;
    case "pillar":
      return random.pick([...setup.pillars.keys()]);
    case "importance":
      return random.pick([...setup.importanceLevels.keys()]);
    case "date":
      return shiftDate(civilDate(at, setup.programme.timeZone), random.int(10, 30));
    case "closingReason":
      return random.pick([...setup.closingReasons.values()].filter(({ retired }) => !retired)).code;
    case "reference":
      return lived.reference;
    case "references":
    case "applicantCode":
    case "colleague":
    case "colleagues":
      return null;
    case "text": {
      const texts =
        name === "question"
          ? said.questions
          : name === "reply"
            ? said.replies
            : name === "answer"
              ? answers
              : ((definition.effects.includes("respond") ? contacts : undefined) ??
                reasonsFor(said, definition.effects));
      return inLanguage(random.pick(texts), lived.language);
    }
  }
}

function act(world: World, lived: LivedCase, found: Found | null, at: Date): NextAct | null {
  if (found === null) return null;
  const [action, definition] = found;
  const byApplicant =
    definition.by.includes("applicant") &&
    (lived.entity === null || !order.some((role) => definition.by.includes(role)));
  // Whoever took it answers it; a review, an appeal and everything else is for another than who answered.
  const own = definition.effects.includes("answer") ? lived.taker : null;
  const anybody = byApplicant ? null : (own ?? someoneFor(world, definition, lived, at));
  // Nobody takes a colleague's case away by a question: the one who has it asks.
  const actor = anybody !== null && definition.effects.includes("ask") ? (lived.taker ?? anybody) : anybody;
  if (!byApplicant && actor === null) return null;
  const fields = Object.fromEntries(
    Object.entries(definition.fields)
      // Many who rate do so on the scales as well, on some of them.
      .filter(([, field]) => field.required || (field.type === "rating" && world.random.chance(0.6)))
      .map(([name, field]) => [name, filledIn(world, definition, name, field, lived, at)]),
  );
  return { at, action, fields, actor };
}

/** Acts that end a case without the office having finished its work. */
const noFinish: ReadonlySet<EffectName> = new Set(["withdraw", "reject", "link", "reopen", "rate", "transfer", "ask"]);

/** Whether an action may bring the case to its end, or to a colleague's review on the way there. */
function leadsOut(workflow: WorkflowDefinition, { to }: WorkflowAction): boolean {
  const targets = to === null ? [] : typeof to === "string" ? [to] : to.map((branch) => branch.to);
  return targets.some((state) => {
    const kind = workflow.states[state]?.kind;
    return kind === "resolved" || kind === "final" || withEffect(workflow, state, "return") !== null;
  });
}

/** The action that finishes the office's work in this state: an answer, passing a compliment on, adopting a suggestion. */
function finishing(workflow: WorkflowDefinition, state: string, random: SeededRandom): Found | null {
  const ways = Object.entries(workflow.actions).filter(
    ([, action]) =>
      action.from.includes(state) &&
      action.by.some((role) => role !== "applicant" && role !== "system") &&
      !action.effects.some((effect) => noFinish.has(effect)) &&
      leadsOut(workflow, action),
  );
  return ways.length > 0 ? random.pick(ways) : null;
}

/** When the answer is written: inside the time that is left, or late, as the office does; soon where it is late already. */
function answerAt(world: World, lived: LivedCase, now: Date): Date {
  const { calendar, random } = world;
  const { onTime, takes, lateDays } = mannerOf(world, lived, now);
  const left = lived.dueAt === null ? 14 * hour : calendar.between(now, lived.dueAt);
  if (left <= 0 && lived.answerer !== null) return soon(world, now, toMend);
  if (!falls(random, lived.answerer === null ? lived.nth : null, "onTime", onTime)) {
    const from = lived.dueAt !== null && left > 0 ? lived.dueAt : now;
    const [least, most] = lateDays;
    const days = least + random.next() * (most - least);
    return calendar.addSeconds(from, Math.round(days * ordinaryDay(calendar, now)) + hour);
  }
  if (left <= 0) return soon(world, now, toMend);
  // So that a review fits in.
  const takesSeconds = Math.min(random.around((left * takes) / 100, 0.5), 0.75 * left);
  return calendar.addSeconds(now, Math.max(600, takesSeconds));
}

/** Review of an answer: mostly approved, sometimes sent back; by somebody else than who wrote it. */
function review(
  world: World,
  workflow: WorkflowDefinition,
  lived: LivedCase,
  returning: Found,
  now: Date,
): NextAct | null {
  const { random } = world;
  const at = inTurn(world, lived, now, 4);
  if (random.chance(mannerOf(world, lived, now).returned / 100)) {
    lived.answerAt = null;
    return act(world, lived, returning, at);
  }
  return act(world, lived, finishing(workflow, lived.state, random), at);
}

/** Most offices say something within a day or two while the answer takes longer. */
function signOfLife(
  world: World,
  workflow: WorkflowDefinition,
  lived: LivedCase,
  until: Date,
  now: Date,
): NextAct | null {
  const { random } = world;
  const at = inTurn(world, lived, now, 2);
  if (at >= until || !random.chance(0.7)) return null;
  const far = until.getTime() - now.getTime() > day / 2;
  return far
    ? act(world, lived, withEffect(workflow, lived.state, "respond") ?? withEffect(workflow, lived.state, "note"), at)
    : null;
}

function inOffice(world: World, workflow: WorkflowDefinition, lived: LivedCase, now: Date): NextAct | null {
  const { random, setup } = world;
  const { state } = lived;
  const offer = (effect: EffectName, at: Date): NextAct | null =>
    act(world, lived, withEffect(workflow, state, effect), at);
  const returning = withEffect(workflow, state, "return");
  if (returning !== null) return review(world, workflow, lived, returning, now);
  const hours = now < world.newestFrom ? 1.5 : world.material.newest.hoursToPlace;
  if (lived.entity === null) return offer("assign", inTime(world, lived, now, hours));
  if (lived.takenIn !== state) {
    const taking = withEffect(workflow, state, "take");
    if (taking !== null) {
      lived.takenIn = typeof taking[1].to === "string" ? taking[1].to : state;
      lived.answerAt = null;
      return act(world, lived, taking, inTurn(world, lived, now, 1.2));
    }
  }
  if (lived.story?.kind === "stuck" && lived.takenIn === state) return null;
  if (!lived.transferred && random.chance(0.05)) {
    lived.transferred = true;
    const transfer = offer("transfer", inTurn(world, lived, now, 2));
    if (transfer !== null) return transfer;
  }
  if (!lived.asked && random.chance(0.16)) {
    lived.asked = true;
    const ask = offer("ask", inTurn(world, lived, now, 2));
    if (ask !== null) return ask;
  }
  if (setup.closingReasons.size > 0 && random.chance(0.012)) {
    const rejection = offer("reject", soon(world, now, 6));
    if (rejection !== null) return rejection;
  }
  const among = amongOfficials(world, workflow, lived, now);
  if (among !== null) return among;
  lived.answerAt ??= answerAt(world, lived, now);
  const until = lived.answerAt < now ? soon(world, now, 1) : lived.answerAt;
  return signOfLife(world, workflow, lived, until, now) ?? act(world, lived, finishing(workflow, state, random), until);
}

/** What somebody does next with this case; null when nobody does anything (a timer may, or the case is over). */
export function nextAct(world: World, lived: LivedCase, now: Date): NextAct | null {
  const { setup, random } = world;
  const workflow = setup.workflows.get(setup.types.get(lived.type)?.workflow ?? "")?.definition;
  const kind = workflow?.states[lived.state]?.kind;
  if (workflow === undefined || kind === undefined || kind === "final") return null;
  const later = (days: number): Date => new Date(now.getTime() + random.around(days * day, 0.7));
  const offer = (effect: EffectName, at: Date): NextAct | null =>
    act(world, lived, withEffect(workflow, lived.state, effect), at);
  if (kind === "waiting") return random.chance(0.8) ? offer("reply", later(1.5)) : null;
  if (kind === "resolved") {
    const { rated, satisfied } = mannerOf(world, lived, now);
    // Some at once, most when they are invited to.
    if (falls(random, lived.nth, "rated", rated)) return offer("rate", later(2));
    return random.chance((100 - satisfied) / 1000) ? offer("reopen", later(2)) : null;
  }
  if (lived.story?.kind !== "stuck" && random.chance(0.015)) {
    const withdraw = offer("withdraw", later(1));
    if (withdraw !== null) return withdraw;
  }
  return inOffice(world, workflow, lived, now);
}
