/** Accounts, seats and who sits on them, for whoever may read or edit users. */

import type { Change } from "../../engine/access/permissions.js";
import { type Actor, can, caseReach } from "../../engine/access/permissions.js";
import { seatReaches } from "../../engine/lifecycle/reassign.js";
import type { Setup } from "../../engine/setup/setup.js";
import { msg } from "../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import { unreadableText } from "../../engine/text/unreadable-text.js";
import type { Database } from "../../platform/db/query.js";
import { listTaken, type TakenCase, type TakenCases, takenCases } from "./hand-over-queries.js";
import {
  type ListedSeat,
  type ListedUser,
  lastSignInOf,
  type SeatTermRow,
  seatRows,
  termsOfSeat,
  userRow,
  userRows,
} from "./people-queries.js";
import {
  mayAdminister,
  mayDisable,
  mayNot,
  requireAccount,
  requireDisabling,
  requireToBeSeated,
} from "./require-account.js";
import {
  createSeat,
  endTerm,
  extendTerm,
  holdSeat,
  renameSeat,
  retireSeat,
  type SeatKey,
  setOffice,
} from "./seat-store.js";
import { checkSeat, checkTitles, freeSeatCode, type SeatInput, seatFaults, titleFaults } from "./seats.js";
import {
  accountProgrammes,
  createAdministrator,
  disableUser,
  editUser,
  enableUser,
  type UserWords,
} from "./user-store.js";

/** What changed hands. */
export interface HandedOver {
  readonly cases: number;
}

export interface People {
  /** An account with a seat of its own in the operation room. Problems: forbidden, invalid-input, conflict, not-found. */
  createAdministrator(
    a: { email: string; name: string; password: string; programme: string } & Change,
  ): Promise<{ userId: number }>;
  /**
   * It acts no more and is told nothing, at once; what it had taken goes back to the entities. Also for whoever edits users in
   * one of the programmes where the person sits now: somebody has to be able to close the door.
   * Problems: forbidden, not-found, not-now (the last one of an operation room).
   */
  disable(a: { email: string } & Change): Promise<HandedOver>;
  /** Problems: forbidden, not-found. */
  enable(a: { email: string } & Change): Promise<void>;
  /** `to` is exclusive, null while nobody knows. Problems: forbidden (also oneself), not-found, conflict (taken then), invalid-input. */
  takeSeat(a: { programme: string; seat: string; email: string; from: Date; to: Date | null } & Change): Promise<void>;
  /**
   * Ends the term of whoever holds it at `at`; then what they had taken from that seat changes hands, to whoever sits there
   * next or back to the entity. Problems: forbidden, not-found, not-now (the last one of an operation room).
   */
  leaveSeat(a: { programme: string; seat: string; at: Date } & Change): Promise<HandedOver>;
}

export interface PeopleParts {
  readonly db: Database;
  setupOf(programme: string): Promise<Setup>;
  programmes(): Promise<readonly string[]>;
  /** Hands over the work of a term that is over at `now`. */
  reassignTerm(a: { term: number; actor: Actor; now: Date }): Promise<HandedOver>;
  /** Hands over what one person took and can no longer work on. */
  reassignUnassignedCases(a: { userId: number; actor: Actor; now: Date }): Promise<{ handedOver: number }>;
}

/** Before a seat is handed over or an account closed: what would change hands. */
export interface HandOverPreview {
  /** Who holds it now; null: nobody. */
  readonly userId: number | null;
  readonly cases: number;
}

/** No number tells of a confidential case, but to those who handle it. */
const maySee = (actor: Actor, group: TakenCases): boolean =>
  !group.confidential || (actor.kind === "user" && can(actor, "case.read", { case: group }));

export interface NamedTakenCase extends TakenCase {
  readonly entityName: Bilingual | null;
}

export interface UserDetail {
  readonly user: ListedUser;
  /** Null: never. */
  readonly lastSignIn: Date | null;
  /** Open cases that they took: how many, confidential ones only where the reader handles them, and the oldest that the reader may see. */
  readonly taken: { readonly count: number; readonly oldest: readonly NamedTakenCase[] };
  /** Whether the reader may change this account: seats in other programmes are for those who edit users there too. */
  readonly mayEdit: boolean;
  readonly mayDisable: boolean;
}

export interface PeopleService extends People {
  /** All that is wrong with a seat as `createSeat` would refuse it, for a form that cannot be stored anyway. Problem forbidden. */
  seatFaults(a: SeatInput & { programme: string; by: Actor }): Promise<readonly FieldFault[]>;
  /** Problems: forbidden, invalid-input with a fault a field, conflict (the code is taken). */
  createSeat(a: SeatInput & { programme: string } & Change): Promise<{ id: number; seat: string }>;
  /** What is wrong with other titles, as `renameSeat` would refuse them. */
  titleFaults(a: { titleAr: string; titleEn: string }): readonly FieldFault[];
  /** `before`: the words that the editor saw. Problems: forbidden, invalid-input, not-found, conflict (changed meanwhile). */
  renameSeat(
    a: SeatKey & { titleAr: string; titleEn: string; before: { titleAr: string; titleEn: string } } & Change,
  ): Promise<void>;
  /** Whose office a position is. Problems: forbidden, not-found, invalid-input, conflict. */
  setOffice(a: SeatKey & { of: string | null; before: string | null } & Change): Promise<void>;
  /** Problems: forbidden, not-found, not-now while somebody holds it or will. */
  retireSeat(a: SeatKey & Change): Promise<void>;
  /** Another end of the running term; null: while nobody knows. Problems: forbidden, not-found, invalid-input, conflict, not-now. */
  extendTerm(a: SeatKey & { to: Date | null } & Change): Promise<void>;
  /**
   * Ends the running term at `at`, seats the successor (`to`, an e-mail address) from then on, and hands the work over: at
   * once, or by the sweep when `at` lies ahead. Problems: forbidden, not-found, invalid-input, conflict, not-now.
   */
  handOver(a: SeatKey & { at: Date; to: string | null; reason: string } & Change): Promise<HandedOver>;
  /** Problems: forbidden, not-found. */
  previewHandOver(a: SeatKey & { actor: Actor; now: Date }): Promise<HandOverPreview>;
  /** Name and language. `before`: what the editor saw. Problems: forbidden, invalid-input, not-found, conflict. */
  edit(a: { email: string; to: UserWords; before: UserWords } & Change): Promise<void>;
  /** Seats of the programmes in which the actor may read users, also retired ones. */
  seats(a: { actor: Actor; now: Date }): Promise<readonly ListedSeat[]>;
  /** The line of holders, the latest first. Problems: forbidden. */
  termsOf(a: SeatKey & { actor: Actor }): Promise<readonly SeatTermRow[]>;
  /** Accounts with a seat in those programmes, and accounts that were made by them. */
  users(a: { actor: Actor; now: Date }): Promise<readonly ListedUser[]>;
  /** Null: there is none, or it is not the actor's to see. */
  user(a: { id: number; actor: Actor; now: Date }): Promise<UserDetail | null>;
}

const longestReason = 500;
const maxListed = 50;

const mayNotRead = (): Problem => new Problem("forbidden", msg("people.people.accountsAndSeatsAreShown"));

function demand(actor: Actor, programme: string): void {
  if (!can(actor, "users.edit", { programme })) throw mayNot();
}

/** A reason as it is kept. Problem invalid-input at `/reason`. */
function reasonOf(written: string): string {
  const reason = written.trim().normalize("NFC");
  const fault = (words: Bilingual): Problem =>
    new Problem("invalid-input", words, [{ field: "/reason", reason: words }]);
  if (reason === "") throw fault(msg("people.people.sayWhyItStandsOn"));
  if (reason.length > longestReason) {
    throw fault(msg("people.people.atMostCharacters", { longestReason }));
  }
  const unreadable = unreadableText(reason, { lines: false });
  if (unreadable !== null) throw fault(unreadable);
  return reason;
}

export function createPeople(parts: PeopleParts): PeopleService {
  const { db } = parts;

  async function readable(actor: Actor): Promise<readonly string[]> {
    const all = await parts.programmes();
    return all.filter((programme) => can(actor, "users.read", { programme }));
  }

  async function leave(a: SeatKey & { at: Date; successor: string | null; reason: string | null } & Change) {
    demand(a.by, a.programme);
    const { by, now, ...end } = a;
    if (a.successor !== null) await requireToBeSeated(db, { email: a.successor, field: "/to", by, now });
    const { term } = await endTerm(db, end, { by, now });
    // A term that ends later is handed over by the sweep when its time has come.
    return parts.reassignTerm({ term, actor: by, now });
  }

  return {
    async createAdministrator(a) {
      demand(a.by, a.programme);
      return { userId: await createAdministrator(db, a) };
    },
    async disable(a) {
      await requireDisabling(db, a);
      const userId = await disableUser(db, a);
      const { handedOver } = await parts.reassignUnassignedCases({ userId, actor: a.by, now: a.now });
      return { cases: handedOver };
    },
    async enable(a) {
      await requireAccount(db, a);
      await enableUser(db, a);
    },
    async edit(a) {
      await requireAccount(db, a);
      await editUser(db, a);
    },
    async takeSeat({ by, now, ...term }) {
      demand(by, term.programme);
      await requireToBeSeated(db, { email: term.email, field: "/email", by, now });
      await holdSeat(db, term, { by, now });
    },
    leaveSeat: (a) => leave({ ...a, successor: null, reason: null }),
    handOver: async ({ to, reason, ...a }) => leave({ ...a, successor: to, reason: reasonOf(reason) }),
    async extendTerm({ by, now, ...a }) {
      demand(by, a.programme);
      await extendTerm(db, a, { by, now });
    },
    async seatFaults({ by, ...input }) {
      demand(by, input.programme);
      return seatFaults(input, await parts.setupOf(input.programme));
    },
    titleFaults,
    async createSeat({ by, now, ...input }) {
      demand(by, input.programme);
      const seat = checkSeat(input, await parts.setupOf(input.programme));
      const taken = new Set((await seatRows(db, [input.programme], now)).map(({ code }) => code));
      const code = seat.code ?? freeSeatCode(seat, taken);
      const id = await createSeat(db, { ...seat, code, programme: input.programme }, { by, now });
      return { id, seat: code };
    },
    async renameSeat({ by, now, before, ...a }) {
      demand(by, a.programme);
      const title = checkTitles(a);
      const seen = { ar: before.titleAr, en: before.titleEn };
      await renameSeat(db, { programme: a.programme, seat: a.seat, title, before: seen }, { by, now });
    },
    async setOffice({ by, now, ...a }) {
      demand(by, a.programme);
      await setOffice(db, a, { by, now });
    },
    async retireSeat({ by, now, ...a }) {
      demand(by, a.programme);
      await retireSeat(db, a, { by, now });
    },
    async previewHandOver({ programme, seat, actor, now }) {
      demand(actor, programme);
      const setup = await parts.setupOf(programme);
      const row = (await seatRows(db, [programme], now)).find(({ code }) => code === seat);
      const holder = row?.holder ?? null;
      const own = setup.seats.find(({ id }) => id === row?.id);
      if (holder === null || own === undefined) return { userId: null, cases: 0 };
      const groups = await takenCases(db, holder.userId);
      const moving = groups.filter(
        (group) => group.programme === programme && seatReaches(own, group, setup) && maySee(actor, group),
      );
      return { userId: holder.userId, cases: moving.reduce((sum, { cases }) => sum + cases, 0) };
    },
    async seats({ actor, now }) {
      return seatRows(db, await readable(actor), now);
    },
    async termsOf({ actor, ...key }) {
      if (!can(actor, "users.read", { programme: key.programme })) throw mayNotRead();
      return termsOfSeat(db, key);
    },
    async users({ actor, now }) {
      return userRows(db, { programmes: await readable(actor), now });
    },
    async user({ id, actor, now }) {
      const programmes = await readable(actor);
      const user = programmes.length === 0 ? null : await userRow(db, { programmes, now }, id);
      const whose = user === null ? null : await accountProgrammes(db, { email: user.email, now });
      if (user === null || whose === null) return null;
      const groups = await takenCases(db, id);
      const oldest = await listTaken(db, { userId: id, reach: caseReach(actor), limit: maxListed });
      const named = oldest.map(async (one) => {
        const { entities } = await parts.setupOf(one.programme);
        return { ...one, entityName: entities.get(one.entity ?? "")?.name ?? null };
      });
      return {
        user,
        // Nobody signs in without a password: the record need not be looked through.
        lastSignIn: user.signsIn ? await lastSignInOf(db, id) : null,
        taken: {
          count: groups.filter((group) => maySee(actor, group)).reduce((sum, { cases }) => sum + cases, 0),
          oldest: await Promise.all(named),
        },
        mayEdit: mayAdminister(actor, whose),
        mayDisable: mayDisable(actor, whose),
      };
    },
  };
}
