/**
 * The register of instructions: what the Cabinet and others in authority ordered, to whom, and whether it still holds.
 *
 * What was issued is never reworded: a correction is a new instruction that replaces it. An addressed entity acknowledges
 * by somebody of its own; rules cite instructions as their legal basis.
 */

import { type Actor, can, type HeldSeat, isWithin, rolesGranted } from "../access/permissions.js";
import type { RoleCode } from "../access/roles.js";
import type { Instruction, Setup } from "./setup.js";

/** Characters of its text, in each language. */
export const maxInInstruction = 20_000;

export type InstructionState = "draft" | "issued" | "replaced" | "withdrawn";

type Register = Pick<Setup, "instructions">;
type Places = Pick<Setup, "instructions" | "entities" | "programme">;

/** The issued instruction that came in its place; null where none did. */
export function replacementOf({ code }: Pick<Instruction, "code">, { instructions }: Register): Instruction | null {
  for (const other of instructions.values()) {
    if (other.replaces === code && other.issuedAt !== null && !other.retired) return other;
  }
  return null;
}

/** Whether it holds: only one that is `issued` does. */
export function stateOfInstruction(instruction: Instruction, register: Register): InstructionState {
  if (instruction.retired) return "withdrawn";
  if (instruction.issuedAt === null) return "draft";
  return replacementOf(instruction, register) === null ? "issued" : "replaced";
}

/** Codes of the entities in use that it is addressed to, in the order of the set-up. */
export function addresseesOf(instruction: Instruction, { entities }: Pick<Setup, "entities">): string[] {
  const { toAll, toSectors, toSubtrees, toEntities } = instruction;
  return [...entities.values()]
    .filter(({ retired }) => !retired)
    .filter(
      ({ code, sector }) =>
        toAll ||
        toEntities.includes(code) ||
        toSectors.includes(sector) ||
        toSubtrees.some((top) => isWithin(code, top, entities)),
    )
    .map(({ code }) => code);
}

/** Whether what is addressed to these entities concerns whoever sits there: the own one, those below, those of the sector. */
function concerns(seat: HeldSeat, instruction: Instruction, { entities }: Pick<Setup, "entities">): boolean {
  if (instruction.toAll) return true;
  const addressed = addresseesOf(instruction, { entities });
  if (seat.sector !== null) return addressed.some((code) => entities.get(code)?.sector === seat.sector);
  const { entity } = seat;
  if (entity === null) return false;
  if (seat.role === "focal_point") return addressed.includes(entity);
  return addressed.some((code) => isWithin(code, entity, entities));
}

/** The room and the auditors read all of the register; everybody else what was issued and concerns their seats. */
export function mayReadInstruction(actor: Actor, instruction: Instruction, setup: Places): boolean {
  const programme = setup.programme.code;
  if (can(actor, "configuration.read", { programme })) return true;
  if (actor.kind !== "user" || instruction.issuedAt === null) return false;
  return actor.seats.some((seat) => seat.programme === programme && concerns(seat, instruction, setup));
}

/** Whoever answers for an entity's daily work; `can()` says where. */
export const acknowledgeableRoles: ReadonlySet<RoleCode> = rolesGranted("instruction.acknowledge");

/** Entities for which this person may acknowledge it, whether or not somebody has already. */
export function acknowledgeableBy(actor: Actor, instruction: Instruction, setup: Places): string[] {
  if (actor.kind !== "user" || stateOfInstruction(instruction, setup) !== "issued") return [];
  const programme = setup.programme.code;
  const own = new Set(
    actor.seats.flatMap((seat) => (seat.programme === programme && seat.entity ? [seat.entity] : [])),
  );
  return addresseesOf(instruction, setup).filter(
    (entity) => own.has(entity) && can(actor, "instruction.acknowledge", { programme, entity }),
  );
}

/** The codes that a rule cites, however it was written. */
export function citedIn(basis: unknown): string[] {
  const codes = Array.isArray(basis) ? basis : [basis];
  return codes.filter((code): code is string => typeof code === "string");
}
