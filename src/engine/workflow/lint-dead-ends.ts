/** Dead ends in words: which cases would stay where, who may not do what leads on, who could, and what to change. */

import type { CasePlace } from "../access/reached-by.js";
import { type RoleCode, roleOf } from "../access/roles.js";
import { namedRule } from "../rules/named-rules.js";
import type { Setup } from "../setup/setup.js";
import { msg } from "../text/msg.js";
import { type Bilingual, quoted, together } from "../text/text.js";
import { pointerPart } from "./action-fields.js";
import { type DeadEnd, deadEnds } from "./dead-ends.js";
import type { Secrecy } from "./kinds-of-case.js";
import type { Finding } from "./lint-effects.js";
import { actionWords, performerWords, stateWords } from "./part-words.js";
import type { WorkflowDefinition } from "./workflow-definition.js";

/** Dead ends that one change takes away. */
interface Stranded extends Pick<DeadEnd, "actions" | "guard"> {
  readonly states: ReadonlySet<string>;
  readonly secrecy: Secrecy | null;
  readonly types: ReadonlySet<string>;
  /** Levels of importance; empty: whichever it is. */
  readonly levels: ReadonlySet<string>;
  readonly places: ReadonlySet<CasePlace>;
  /** Who reaches the case in all of these places. */
  readonly reach: readonly RoleCode[];
}

const secretKey = (secrecy: Secrecy | null): unknown =>
  secrecy === null ? null : secrecy.by === "rule" ? secrecy.rule.id : [secrecy.by];

const joined = (one: Stranded, other: Stranded): Stranded => ({
  ...one,
  states: new Set([...one.states, ...other.states]),
  types: new Set([...one.types, ...other.types]),
  levels: new Set([...one.levels, ...other.levels]),
  places: new Set([...one.places, ...other.places]),
  reach: one.reach.filter((role) => other.reach.includes(role)),
});

const single = ({ kind, place, state, actions, guard, reach }: DeadEnd): Stranded => ({
  ...{ actions, guard, reach, secrecy: kind.secrecy },
  states: new Set([state]),
  types: new Set(kind.type === null ? [] : [kind.type]),
  levels: new Set(kind.importance === null ? [] : [kind.importance]),
  places: new Set([place]),
});

/** Those that one change takes away are told once. */
export function strandedBy(found: readonly DeadEnd[]): Stranded[] {
  const groups = new Map<string, Stranded[]>();
  for (const one of found) {
    const where = one.actions.length === 0 ? one.state : null;
    const key = JSON.stringify([where, one.actions, one.guard, secretKey(one.kind.secrecy)]);
    const alike = groups.get(key) ?? [];
    groups.set(key, alike);
    const next = single(one);
    // Cases in two places that no role reaches both need two changes.
    const at = alike.findIndex((other) => joined(other, next).reach.length > 0);
    if (at < 0) alike.push(next);
    else alike[at] = joined(alike[at] as Stranded, next);
  }
  return [...groups.values()].flat();
}

type Named = ReadonlyMap<string, { readonly name: Bilingual }>;
const namesIn = (rows: Named, codes: ReadonlySet<string>): Bilingual =>
  together([...codes].map((code) => quoted(rows.get(code)?.name ?? { ar: code, en: code })));

/** “A case of the type “Complaint” with the importance “High””. */
function whichCases({ types, levels }: Stranded, setup: Setup): Bilingual {
  const inUse = [...setup.importanceLevels.values()].filter(({ retired }) => !retired);
  const some = levels.size > 0 && levels.size < inUse.length;
  return msg("workflow.deadEnds.which", {
    types: types.size,
    named: namesIn(setup.types, types),
    some: some ? "yes" : "no",
    levels: namesIn(setup.importanceLevels, levels),
  });
}

/** Where the case is, and why it is confidential. */
function whereItIs({ places, secrecy }: Stranded): Bilingual {
  const [only = "other"] = places.size === 1 ? places : places.has("entity") ? [] : (["unplaced"] as const);
  return msg("workflow.deadEnds.where", {
    place: only,
    secret: secrecy === null ? "no" : secrecy.by === "default" ? "other" : secrecy.by,
    rule: secrecy?.by === "rule" ? namedRule(secrecy.rule) : "",
  });
}

const nearestFirst = (roles: readonly RoleCode[]): RoleCode[] =>
  [...roles].sort((one, other) => roleOf[one].nearness - roleOf[other].nearness);

/** One of them as a sentence with the cure. */
export function strandedWords(one: Stranded, workflow: WorkflowDefinition, setup: Setup): Bilingual {
  const { actions, guard, states } = one;
  const which = whichCases(one, setup);
  const state = together([...states].map((code) => stateWords(workflow, code)));
  const what = together(actions.map((name) => actionWords(workflow, name)));
  if (guard !== null) return msg("workflow.deadEnds.neverHolds", { which, state, what });
  const who = together(nearestFirst(one.reach).map(performerWords));
  const where = whereItIs(one);
  if (actions.length === 0) return msg("workflow.deadEnds.noWayOn", { which, state, where, who });
  const by = new Set(actions.flatMap((name) => workflow.actions[name]?.by ?? []));
  return msg("workflow.deadEnds.isForOthers", {
    ...{ which, state, where, who, what },
    by: together([...by].map(performerWords)),
  });
}

function placeOf({
  states: [state = ""],
  actions: [action],
  guard,
}: Omit<Stranded, "states"> & { states: string[] }): string {
  if (action === undefined) return `/states/${pointerPart(state)}`;
  return `/actions/${pointerPart(action)}/${guard === null ? "by" : `guards/${guard}`}`;
}

/** A case that none of those who see it can carry on is never answered: it must not come to that. */
export const someoneCarriesOn = (workflow: WorkflowDefinition, setup: Setup): Finding[] =>
  strandedBy(deadEnds(workflow, setup)).map((one) => ({
    path: placeOf({ ...one, states: [...one.states] }),
    reason: strandedWords(one, workflow, setup),
  }));
