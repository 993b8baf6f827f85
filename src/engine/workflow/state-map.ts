/**
 * From the states of older versions of a workflow to those of the one in force. A case that still waits for the office or
 * its applicant goes on doing so, and an answered one stays answered: moving cases to another version answers and ends none.
 */

import { shown } from "../rules/schema-faults.js";
import { msg } from "../text/msg.js";
import { type Bilingual, quoted } from "../text/text.js";
import type { StateKind, WorkflowDefinition } from "./workflow-definition.js";

/** Old state → new state, by their codes. */
export type StateMap = Readonly<Record<string, string>>;

/** A state in which cases stand, by what it means in the version that they follow. */
export interface OccupiedState {
  readonly state: string;
  readonly kind: StateKind;
  /** As people call it; left out: its code is shown. */
  readonly name?: Bilingual;
}

/** Whether a case may be carried over from a state of one kind to one of another. */
function mayCarryOver(from: StateKind, to: StateKind): boolean {
  const unfinished = (kind: StateKind) => kind === "open" || kind === "waiting";
  return (unfinished(from) && unfinished(to)) || (from === "resolved" && to === "resolved");
}

/** The state of the same code where it fits; null: a person has to say. */
export function proposedState({ state, kind }: OccupiedState, to: WorkflowDefinition): string | null {
  const same = Object.hasOwn(to.states, state) ? to.states[state] : undefined;
  return same !== undefined && mayCarryOver(kind, same.kind) ? state : null;
}

/** Where a case of this state goes: as the map says, else to the same state; null: it stays with its version. */
export function mappedState(occupied: OccupiedState, map: StateMap, to: WorkflowDefinition): string | null {
  const chosen = Object.hasOwn(map, occupied.state) ? map[occupied.state] : undefined;
  if (chosen === undefined) return proposedState(occupied, to);
  const target = Object.hasOwn(to.states, chosen) ? to.states[chosen] : undefined;
  return target !== undefined && mayCarryOver(occupied.kind, target.kind) ? chosen : null;
}

/** What is wrong with a map, at `/map/STATE`: states without a place, places that are none or do not fit. */
export function mapFaults(
  occupied: readonly OccupiedState[],
  map: StateMap,
  to: WorkflowDefinition,
): { field: string; reason: Bilingual }[] {
  const found = new Map<string, Bilingual>();
  for (const { state, kind, name } of occupied) {
    const chosen = Object.hasOwn(map, state) ? map[state] : undefined;
    const target = chosen !== undefined && Object.hasOwn(to.states, chosen) ? to.states[chosen] : undefined;
    if (mappedState({ state, kind }, map, to) !== null) continue;
    if (chosen === undefined) {
      const called = name === undefined ? { en: shown(state), ar: shown(state) } : quoted(name);
      found.set(state, msg("workflow.stateMap.casesAreInWhichThe", { called }));
    } else if (target === undefined) {
      found.set(state, msg("workflow.stateMap.theNewVersionHasNo", { chosen: shown(chosen) }));
    } else {
      found.set(state, msg("workflow.stateMap.anUnfinishedCaseStaysUnfinished"));
    }
  }
  return [...found].map(([state, reason]) => ({ field: `/map/${state}`, reason }));
}
