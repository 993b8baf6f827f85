/** References inside outcomes: `entity:CODE`, `entity.superior(2)` and what levels mean. */

import { roleNames } from "../access/roles.js";
import { receiverNames, routeNames } from "../differences/outcome-parts.js";
import { isStepLetter } from "../letters/message-kinds.js";
import type { Setup } from "../setup/setup.js";
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";
import type { RuleDefinition } from "./rule-set.js";
import { notAllowed, type SchemaFault } from "./schema-faults.js";

const plainReceivers = Object.keys(receiverNames);
const plainRoutes = Object.keys(routeNames);

const nameIn = (names: Readonly<Record<string, Bilingual>>) => (code: unknown) => names[String(code)] ?? null;

type OutcomeSetup = Pick<Setup, "programme" | "entities" | "messages">;
type Outcome = Readonly<Record<string, unknown>>;

function routeFault(to: string, setup: OutcomeSetup): Bilingual | null {
  if (plainRoutes.includes(to)) return null;
  if (!to.startsWith("entity:")) return notAllowed(to, [...plainRoutes, "entity:CODE"], nameIn(routeNames));
  const code = to.slice("entity:".length);
  const entity = setup.entities.get(code);
  if (entity === undefined)
    return notAllowed(code, [...setup.entities.keys()], (one) => setup.entities.get(String(one))?.name ?? null);
  if (!entity.retired) return null;
  const what = entity.name;
  return msg("rules.checkOutcomes.isRetiredCasesCannotGo", { what });
}

function receiverFault(receiver: string, setup: OutcomeSetup): Bilingual | null {
  if (plainReceivers.includes(receiver)) return null;
  const highest = Math.max(0, ...setup.programme.settings.ladder.map((step) => step.level));
  const superior = /^entity\.superior\((\d{1,3})\)$/.exec(receiver);
  if (superior === null)
    return notAllowed(receiver, [...plainReceivers, `entity.superior(1…${highest})`], nameIn(receiverNames));
  const level = Number(superior[1]);
  if (setup.programme.settings.ladder.some((step) => step.level === level)) return null;
  return msg("rules.checkOutcomes.levelIsBeyondTheProgrammes", { level, highest });
}

function levelFault(step: Outcome, setup: OutcomeSetup): Bilingual | null {
  const level = Number(step.level);
  if (step.kind === "warning" && level !== 0) {
    return msg("rules.checkOutcomes.aWarningHasLevelNot", { level });
  }
  const highest = Math.max(0, ...setup.programme.settings.ladder.map((s) => s.level));
  if (step.kind === "escalation" && (level < 1 || level > highest)) {
    return msg("rules.checkOutcomes.anEscalationRaisesToA", { highest, level });
  }
  return null;
}

/** A step is told of in a letter of its own that is in force, or in that of its kind. */
function templateFault(template: unknown, setup: OutcomeSetup): Bilingual | null {
  if (template === undefined) return null;
  const known = [...setup.messages.keys()].filter(isStepLetter);
  if (known.includes(String(template))) return null;
  if (known.length > 0)
    return notAllowed(template, known, (one) => setup.messages.get(String(one))?.definition.name ?? null);
  return msg("rules.checkOutcomes.noLetterOfAStep");
}

/** Faults of one outcome that has the right shape; `path` is where it stands. */
export function checkOutcome(set: string, outcome: Outcome, path: string, setup: OutcomeSetup): SchemaFault[] {
  const found: { path: string; reason: Bilingual | null }[] = [];
  if (set === "routing") found.push({ path: `${path}/to`, reason: routeFault(String(outcome.to), setup) });
  if (set === "escalation") {
    found.push({ path: `${path}/level`, reason: levelFault(outcome, setup) });
    found.push({ path: `${path}/template`, reason: templateFault(outcome.template, setup) });
    const tell = outcome.tell as readonly string[];
    tell.forEach((receiver, i) => {
      found.push({ path: `${path}/tell/${i}`, reason: receiverFault(receiver, setup) });
    });
  }
  return found.flatMap(({ path: at, reason }) => (reason === null ? [] : [{ path: at, reason }]));
}

/** Steps that raise a case to a level whose seat is not told: it would have the case, and not know of it. */
export function unheardEscalations(rules: readonly RuleDefinition[], setup: OutcomeSetup): SchemaFault[] {
  return rules.flatMap(({ event: { params } }, i): SchemaFault[] => {
    const step = setup.programme.settings.ladder.find(({ level }) => level === params.level);
    const told = params.tell as readonly string[];
    if (params.kind !== "escalation" || step === undefined) return [];
    if (told.includes(`entity.superior(${step.level})`)) return [];
    const what = roleNames[step.role];
    const reason = msg("rules.checkOutcomes.theCaseGoesUpTo", { level: step.level, what });
    return [{ path: `/rules/${i}/event/params/tell`, reason }];
  });
}
