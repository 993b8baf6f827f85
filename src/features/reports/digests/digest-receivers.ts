/** Who gets a digest, and of which cases: everybody who holds a position of its audience, each once, of what they read figures of. */

import type { HeldSeat } from "../../../engine/access/permissions.js";
import { wayOf } from "../../../engine/letters/choose-delivery.js";
import { isFigureDigest } from "../../../engine/letters/message-kinds.js";
import type { DigestScope } from "../../../engine/measures/digest-view.js";
import { type FigureScope, figureScopes } from "../../../engine/measures/figure-scopes.js";
import type { Seat, SeatHolder, Setup, SetupRow } from "../../../engine/setup/setup.js";
import { listed } from "../../../engine/text/text.js";

export type Digest = SetupRow<"digests">;

export interface DigestReceiver {
  readonly holder: SeatHolder;
  /** All positions of the audience that the person holds. */
  readonly seats: readonly Seat[];
}

/**
 * The morning's list is part of hearing once a day, and of hearing at once what happens; who hears each hour of what gets late has it in those
 * letters, and who wants none has the desk. Figures come to everybody who did not choose to get nothing.
 */
function wants(seat: Seat, { letter }: Pick<Digest, "letter">, setup: Setup): boolean {
  if (isFigureDigest(letter)) return seat.letters !== "none";
  const way = wayOf(seat, setup);
  return way === "daily" || way === "atOnce";
}

/** Who holds a position of the audience at `now`. */
export function digestReceivers(digest: Digest, setup: Setup, now: Date): DigestReceiver[] {
  const found = new Map<number, { holder: SeatHolder; seats: Seat[] }>();
  for (const seat of setup.seats) {
    if (!digest.audience.includes(seat.role) || !wants(seat, digest, setup)) continue;
    for (const holder of seat.holders) {
      if (holder.disabled || holder.from > now || (holder.to !== null && holder.to <= now)) continue;
      const entry = found.get(holder.userId) ?? { holder, seats: [] };
      entry.seats.push(seat);
      found.set(holder.userId, entry);
    }
  }
  return [...found.values()];
}

/** Of which cases a letter tells somebody. */
export interface ReaderScope {
  /** Null: of all of the programme. */
  readonly entities: readonly string[] | null;
  readonly scope: DigestScope;
}

const nameOf = ({ kind, code }: FigureScope, setup: Setup) =>
  (kind === "sector" ? setup.sectors : setup.entities).get(code ?? "")?.name ?? { ar: code ?? "", en: code ?? "" };

/** Positions of one person in a programme; null: they read no figures, and get none. */
export function readerScope(
  seats: readonly Pick<Seat, "role" | "entity" | "sector">[],
  digest: Pick<Digest, "scope">,
  setup: Setup,
): ReaderScope | null {
  const programme = setup.programme.code;
  const held: HeldSeat[] = seats.map(({ role, entity, sector }) => ({ role, entity, sector, programme }));
  const scopes = figureScopes({ kind: "user", userId: 0, name: "", seats: held }, setup);
  const [first] = scopes;
  if (first === undefined) return null;
  const whole = scopes.find(({ entities }) => entities === null);
  if (digest.scope === "programme" || whole !== undefined) {
    const readsCases = whole?.readsCases ?? false;
    return { entities: null, scope: { place: null, alone: false, figures: whole?.id ?? null, readsCases } };
  }
  const entities = [...new Set(scopes.flatMap((one) => one.entities ?? []))].sort();
  return {
    entities,
    scope: {
      place: { code: scopes.map(({ id }) => id).join("+"), name: listed(scopes.map((one) => nameOf(one, setup))) },
      alone: entities.length === 1,
      figures: first.id,
      readsCases: scopes.every((one) => one.readsCases),
    },
  };
}
