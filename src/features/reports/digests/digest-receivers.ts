/** Who gets a digest, and of which cases: everybody who holds a position of its audience, each once, of what they read figures of. */

import type { HeldSeat } from "../../../engine/access/permissions.js";
import type { RoleCode } from "../../../engine/access/roles.js";
import { wayOf } from "../../../engine/letters/choose-delivery.js";
import { isFigureDigest } from "../../../engine/letters/message-kinds.js";
import type { AnswersForIt } from "../../../engine/measures/digest-asked.js";
import type { DigestScope } from "../../../engine/measures/digest-view.js";
import { type FigureScope, figureScopes } from "../../../engine/measures/figure-scopes.js";
import type { Seat, SeatHolder, Setup, SetupRow } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
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

/** Who holds a position of the audience at `now` and is sent the digest. */
export const digestReceivers = (digest: Digest, setup: Setup, now: Date): DigestReceiver[] =>
  holdersOf(digest, setup, now, (seat) => wants(seat, digest, setup));

/** Who holds a position of the audience at `now`, however they want to hear. */
export const digestHolders = (digest: Digest, setup: Setup, now: Date): DigestReceiver[] =>
  holdersOf(digest, setup, now, () => true);

function holdersOf(digest: Digest, setup: Setup, now: Date, isFor: (seat: Seat) => boolean): DigestReceiver[] {
  const found = new Map<number, { holder: SeatHolder; seats: Seat[] }>();
  for (const seat of setup.seats) {
    if (!digest.audience.includes(seat.role) || !isFor(seat)) continue;
    for (const holder of seat.holders) {
      if (holder.disabled || holder.from > now || (holder.to !== null && holder.to <= now)) continue;
      const entry = found.get(holder.userId) ?? { holder, seats: [] };
      entry.seats.push(seat);
      found.set(holder.userId, entry);
    }
  }
  return [...found.values()];
}

/** Who answers for an entity, the nearest first. */
const answering: readonly RoleCode[] = ["entity_manager", "secretary_general", "minister"];

/**
 * The position that answers for an entity, and who holds it: there, else above it. Null: none is held.
 * @param a.roles of the reader: what is asked is asked of those below, not of the same position
 * @param a.own it is the reader's own entity: where they are the nearest, they answer themselves
 */
export function answersFor(
  entity: string,
  a: { setup: Setup; now: Date; roles: readonly RoleCode[]; own?: boolean },
): AnswersForIt | null {
  const below = answering.slice(0, Math.max(a.own === true ? 0 : 1, ...a.roles.map((role) => answering.indexOf(role))));
  const asked = a.roles.some((role) => answering.includes(role)) ? below : answering;
  for (let at: string | null = entity, steps = 0; at !== null && steps < 20; steps++) {
    for (const role of asked) {
      const seat = a.setup.seats.find((one) => one.role === role && one.entity === at);
      const holder = seat?.holders.find(
        (one) => !one.disabled && one.from <= a.now && (one.to === null || a.now < one.to),
      );
      if (seat !== undefined && holder !== undefined) return { title: seat.title, holder: holder.name };
    }
    at = a.setup.entities.get(at)?.parent ?? null;
  }
  return null;
}

/** The position for which a digest is shown. */
export interface ShownFor {
  readonly role: RoleCode;
  readonly entity: string | null;
}

/**
 * For whom a digest is shown: the first position of its audience, in the order of roles there, that somebody holds who gets it; else one
 * that nobody holds.
 * @param a.role of the audience; null, or none of it: of all of its roles
 * @param a.entity null: anywhere
 */
export function shownSeat(
  digest: Digest,
  a: { setup: Setup; now: Date; role: string | null; entity: string | null },
): { seat: Pick<Seat, "role" | "entity" | "sector">; receiver: DigestReceiver | null } {
  const audience = digest.audience as readonly RoleCode[];
  const chosen = audience.filter((role) => role === a.role);
  const roles = chosen.length > 0 ? chosen : audience;
  const isAsked = (seat: Seat) => a.entity === null || seat.entity === a.entity;
  const receivers = digestReceivers(digest, a.setup, a.now);
  for (const role of roles)
    for (const receiver of receivers) {
      const seat = receiver.seats.find((one) => one.role === role && isAsked(one));
      if (seat !== undefined) return { seat, receiver };
    }
  const empty = a.setup.seats.find((one) => roles.includes(one.role) && isAsked(one));
  const [role = "steering_committee"] = roles;
  return { seat: empty ?? { role, entity: a.entity, sector: null }, receiver: null };
}

/** Which cases a letter tells its reader of. */
export interface ReaderScope {
  /** Null: of all of the programme. */
  readonly entities: readonly string[] | null;
  readonly scope: DigestScope;
}

const nameOf = ({ kind, code }: FigureScope, setup: Setup) =>
  (kind === "sector" ? setup.sectors : setup.entities).get(code ?? "")?.name ?? { ar: code ?? "", en: code ?? "" };

/** A branch by its top, so that what joins it later is in the list as well; all else by its entities. */
function withinOf(scopes: readonly FigureScope[], entities: readonly string[]): NonNullable<DigestScope["within"]> {
  const [only] = scopes;
  if (scopes.length === 1 && only?.kind === "subtree" && only.code !== null) return { under: only.code };
  return { entity: entities.join(",") };
}

/** Refuses a digest of cases that its viewer may not read. */
export const notTheirs = (): Problem => new Problem("not-found", msg("reports.digests.notTheirs"));

/** What somebody may look at of the letters of others. Problem not-found: it is of cases of some entities, and they read none of them. */
export function lookedAt(told: ReaderScope, readsCases: boolean): ReaderScope {
  if (readsCases) return told;
  if (told.entities !== null) throw notTheirs();
  return told.scope.readsCases ? { ...told, scope: { ...told.scope, readsCases } } : told;
}

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
  const readsSome = scopes.some(({ readsOf }) => readsOf.length > 0);
  if (digest.scope === "programme" || whole !== undefined) {
    const readsCases = whole?.readsCases ?? false;
    const reading = { readsCases, ...(!readsCases && readsSome && { insider: true }) };
    return { entities: null, scope: { place: null, alone: false, figures: whole?.id ?? null, ...reading, within: {} } };
  }
  const entities = [...new Set(scopes.flatMap((one) => one.entities ?? []))].sort();
  const readsCases = scopes.every((one) => one.readsCases);
  return {
    entities,
    scope: {
      place: { code: scopes.map(({ id }) => id).join("+"), name: listed(scopes.map((one) => nameOf(one, setup))) },
      alone: entities.length === 1,
      figures: first.id,
      readsCases,
      ...(!readsCases && readsSome && { insider: true }),
      within: withinOf(scopes, entities),
    },
  };
}
