/** Orders, what officials ask of each other: who may ask whom, and by which types. */

import { type Actor, can, type HeldSeat, orderingSeats } from "../access/permissions.js";
import type { RoleCode } from "../access/roles.js";
import type { ApplicationType, Setup } from "../setup/setup.js";
import { orderAnswerers } from "../workflow/performers.js";

/** Above an entity anyone whose role is; the committee and the operation room where the programme lets them. */
const byProgramme: ReadonlySet<RoleCode> = new Set(["steering_committee", "operation_room"]);
const letBy = ({ settings }: Setup["programme"], role: RoleCode): boolean =>
  !byProgramme.has(role) || (settings.directing as readonly RoleCode[] | undefined)?.includes(role) === true;

/** Positions from which this entity can be asked. @param entity null: the operation room */
export function seatsToAskFrom(actor: Actor, setup: Setup, entity: string | null): HeldSeat[] {
  if (actor.kind !== "user") return [];
  const programme = setup.programme.code;
  return orderingSeats(actor).filter((seat) => {
    if (seat.programme !== programme || seat.id === undefined) return false;
    const alone: Actor = { ...actor, seats: [seat] };
    if (entity === null) return can(alone, "order.ask", { programme });
    const sector = setup.entities.get(entity)?.sector ?? null;
    return (
      letBy(setup.programme, seat.role) &&
      can(alone, "order.direct", { programme, entity, sector, entities: setup.entities })
    );
  });
}

/** Types of orders in use that go to entities, or to the operation room: whose workflow lets that side answer. */
export function orderTypes(setup: Setup, to: keyof typeof orderAnswerers): ApplicationType[] {
  const isAnswered = ({ workflow }: ApplicationType): boolean =>
    Object.values(setup.workflows.get(workflow)?.definition.actions ?? {}).some(
      ({ by, effects }) => effects.includes("answer") && by.includes(orderAnswerers[to]),
    );
  return [...setup.types.values()]
    .filter((type) => type.internal && !type.retired && isAnswered(type))
    .sort((one, other) => one.order - other.order);
}
