/** Where somebody hears of figures: the scopes of positions with those who hold them, as the figures page has them. */

import type { Actor } from "../access/permissions.js";
import type { Seat, SeatHolder, Setup } from "../setup/setup.js";
import { holds } from "../setup/setup-references.js";
import { type FigureScope, figureScopes } from "./figure-scopes.js";

/** Somebody with the positions by which they hear. */
interface AlertReceiver {
  readonly holder: SeatHolder;
  readonly seats: readonly Seat[];
}

export interface AlertPlace {
  readonly scope: FigureScope;
  readonly receivers: readonly AlertReceiver[];
}

const actorOf = (userId: number, seats: readonly Seat[], { programme }: Setup): Actor => ({
  kind: "user",
  userId,
  name: "",
  seats: seats.map(({ role, entity, sector }) => ({ role, programme: programme.code, entity, sector })),
});

/** What identifies a place: confidential cases make other figures of it. */
export const placeKey = ({ id, confidential }: Pick<FigureScope, "id" | "confidential">): string =>
  `${id}${confidential ? "!" : ""}`;

/** The places of an audience: each with everybody who holds such a position now; a position that nobody holds has none. */
export function audiencePlaces(roles: readonly string[], setup: Setup, now: Date): AlertPlace[] {
  const places = new Map<
    string,
    { scope: FigureScope; receivers: Map<number, { holder: SeatHolder; seats: Seat[] }> }
  >();
  for (const seat of setup.seats) {
    const holders = seat.holders.filter((holder) => holds(holder, now));
    if (holders.length === 0 || !roles.includes(seat.role)) continue;
    for (const scope of figureScopes(actorOf(0, [seat], setup), setup)) {
      // What somebody handles themselves is no place of an audience.
      if (scope.kind === "own") continue;
      const place = places.get(placeKey(scope)) ?? { scope, receivers: new Map() };
      places.set(placeKey(scope), place);
      for (const holder of holders) {
        const receiver = place.receivers.get(holder.userId) ?? { holder, seats: [] };
        place.receivers.set(holder.userId, receiver);
        receiver.seats.push(seat);
      }
    }
  }
  return [...places.values()].map(({ scope, receivers }) => ({ scope, receivers: [...receivers.values()] }));
}

/** A scope of somebody's own positions; null: none of those that they hold now has it. */
export function ownPlace(userId: number, scopeId: string, setup: Setup, now: Date): AlertPlace | null {
  const isTheirs = (one: SeatHolder): boolean => one.userId === userId && holds(one, now);
  const held = setup.seats.filter(({ holders }) => holders.some(isTheirs));
  const scopeOf = (seats: readonly Seat[]) =>
    figureScopes(actorOf(userId, seats, setup), setup).find(({ id }) => id === scopeId);
  const scope = scopeOf(held);
  const seats = held.filter((seat) => scopeOf([seat]) !== undefined);
  const holder = seats[0]?.holders.find(isTheirs);
  return scope === undefined || holder === undefined ? null : { scope, receivers: [{ holder, seats }] };
}
