/** Accounts and seats, for whoever may edit users. */
import type { Database } from "../db/query.js";
import {
  createAdministrator,
  disableUser,
  enableUser,
  holdSeat,
  leaveSeat,
  programmesOfUser,
} from "../db/user-store.js";
import { type Actor, can } from "../domain/permissions.js";
import { Problem } from "../domain/problems.js";
import type { Change, People } from "../services.js";

function mayNot(): Problem {
  return new Problem("forbidden", {
    en: "Only the operation room may change accounts and seats.",
    ar: "لا يعدّل الحسابات والمقاعد إلا غرفة العمليات.",
  });
}

function demand(actor: Actor, programme: string): void {
  if (!can(actor, "users.edit", { programme })) throw mayNot();
}

export function createPeople(db: Database): People {
  /** An account with seats in several programmes is for whoever may edit users in all of them. */
  async function demandAccount({ email, by }: { email: string; by: Actor }): Promise<void> {
    const own = by.kind === "user" ? by.seats.map((seat) => seat.programme) : [""];
    if (!own.some((programme) => can(by, "users.edit", { programme }))) throw mayNot();
    for (const programme of await programmesOfUser(db, email)) demand(by, programme);
  }
  const changed =
    (change: (a: { email: string } & Change) => Promise<void>) =>
    async (a: { email: string } & Change): Promise<void> => {
      await demandAccount(a);
      await change(a);
    };
  return {
    async createAdministrator(a) {
      demand(a.by, a.programme);
      return { userId: await createAdministrator(db, a) };
    },
    disable: changed((a) => disableUser(db, a)),
    enable: changed((a) => enableUser(db, a)),
    async takeSeat({ by, now, ...term }) {
      demand(by, term.programme);
      await holdSeat(db, term, { by, now });
    },
    async leaveSeat({ by, now, ...end }) {
      demand(by, end.programme);
      await leaveSeat(db, end, { by, now });
    },
  };
}
