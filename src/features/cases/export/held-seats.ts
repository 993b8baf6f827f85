/** A file belongs to whoever holds the seats by which it was asked for: not to the person who held them once. */
import type { HeldSeat } from "../../../engine/access/permissions.js";

const nameOf = ({ role, programme, entity, sector }: HeldSeat): string =>
  JSON.stringify([role, programme, entity, sector]);

/** Whether all of these seats are still held. */
export function stillHolds(now: readonly HeldSeat[], then: readonly HeldSeat[]): boolean {
  const held = new Set(now.map(nameOf));
  return then.length > 0 && then.every((seat) => held.has(nameOf(seat)));
}
