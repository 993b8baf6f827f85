/** Whether an official may open something: the permission table asked for the places where seats are held. */
import { can, type HeldSeat } from "../../engine/access/permissions.js";
import type { Official } from "./official.js";
import type { Access, PermissionAction, ResourceDefinition } from "./resource-definition.js";

const seatsOf = (official: Official): readonly HeldSeat[] => official.actor.seats;

/** Codes of programmes in which the official may do this to all of the programme. */
export function programmesWhere(official: Official, action: PermissionAction): readonly string[] {
  const programmes = [...new Set(seatsOf(official).map(({ programme }) => programme))];
  return programmes.filter((programme) => can(official.actor, action, { programme }));
}

/** Whether one of the seats may do it where it reaches: at its own entity, in its own sector, in its programme. */
function somewhere(official: Official, action: PermissionAction, programme?: string): boolean {
  return seatsOf(official).some((seat) => {
    if (programme !== undefined && seat.programme !== programme) return false;
    const place = { programme: seat.programme, entity: seat.entity, sector: seat.sector };
    return can({ ...official.actor, seats: [seat] }, action, place);
  });
}

/** Whether the official may at all, anywhere. */
export function may(official: Official, access: Access): boolean {
  return typeof access === "function" ? access(official) === true : somewhere(official, access);
}

/** Who reads cases, and who holds a position from which they may have asked for one: each is asked of the case itself. */
export const readsCases = (official: Official): boolean =>
  somewhere(official, "case.read") || seatsOf(official).some(({ id }) => id !== undefined);

/** Whether the official may in this programme; null where there is none to ask for. */
export function mayIn(official: Official, access: Access, programme: string | null): boolean {
  if (typeof access === "function") return access(official) === true;
  return programme === null ? somewhere(official, access) : somewhere(official, access, programme);
}

const isTableOfProgrammes = ({ source }: ResourceDefinition): boolean =>
  source.kind === "model" && source.programme !== null;

/** Whether the resource is there for this official. */
export function mayOpen(official: Official, resource: ResourceDefinition): boolean {
  const { read } = resource.access;
  if (isTableOfProgrammes(resource) && typeof read !== "function") return programmesWhere(official, read).length > 0;
  return may(official, read);
}

/** Programmes in which the official may create and change records of this resource. */
export function writableProgrammes(official: Official, resource: ResourceDefinition): readonly string[] {
  const { write } = resource.access;
  if (write === undefined) return [];
  if (typeof write !== "function") return programmesWhere(official, write);
  return write(official) === true ? [...new Set(seatsOf(official).map(({ programme }) => programme))] : [];
}

/** Whether the official may write a record of this programme (null: it belongs to none). */
export function mayWrite(official: Official, resource: ResourceDefinition, programme: string | null): boolean {
  const { write } = resource.access;
  if (write === undefined) return false;
  return programme === null ? may(official, write) : writableProgrammes(official, resource).includes(programme);
}
