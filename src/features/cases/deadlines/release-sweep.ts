/** The operation room's side of a sweep that holds: why it does, and letting it go on. */

import { type Actor, can } from "../../../engine/access/permissions.js";
import { type HeldSweepView, longestReleaseReason } from "../../../engine/lifecycle/held-sweep.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { appendAudit } from "../../../platform/audit/audit-store.js";
import type { Database } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { heldSweeps, lockHeldSweep, releaseHeldSweep } from "./held-sweep-store.js";

export interface HeldSweepService {
  /** For programmes whose operation room the actor sits in, or that they audit. */
  list(a: { actor: Actor }): Promise<readonly HeldSweepView[]>;
  /**
   * Lets the sweep go on with what was due at `asOf`, the moment that the page showed; what falls due later is counted
   * anew. It ends with the first sweep that comes to its end, at the latest after a day.
   * Problems: not-found (also for another programme's), forbidden, invalid-input, conflict (released already).
   */
  release(a: { id: number; asOf: Date; reason: string; actor: Actor; now: Date }): Promise<void>;
}

const notHeld = (): Problem => new Problem("not-found", msg("cases-deadlines.releaseSweep.thisSweepDoesNotHold"));

function reasonOf(typed: string): string {
  const reason = typed.trim();
  if (reason !== "" && reason.length <= longestReleaseReason) return reason;
  const fault = msg("cases-deadlines.releaseSweep.fault", { longestReleaseReason });
  throw new Problem("invalid-input", fault, [{ field: "/reason", reason: fault }]);
}

export function createHeldSweepService(d: {
  db: Database;
  setupOf: (programme: string) => Promise<Setup>;
}): HeldSweepService {
  return {
    async list({ actor }) {
      const views: HeldSweepView[] = [];
      for (const held of await heldSweeps(d.db)) {
        const { programme: code, releasedAt, releasedBy, reason } = held;
        if (!can(actor, "sweep.read", { programme: code })) continue;
        const { programme } = await d.setupOf(code);
        views.push({
          id: held.id,
          programme: { code, name: programme.name },
          since: held.since.toISOString(),
          asOf: held.asOf.toISOString(),
          databaseAt: held.databaseAt.toISOString(),
          cases: held.cases,
          openCases: held.openCases,
          most: held.most,
          letters: held.letters,
          escalated: held.escalated,
          oldestDueAt: held.oldestDueAt.toISOString(),
          released: releasedAt && { at: releasedAt.toISOString(), by: releasedBy ?? "", reason: reason ?? "" },
          mayRelease: releasedAt === null && can(actor, "sweep.release", { programme: code }),
        });
      }
      return views;
    },
    async release({ id, asOf, reason: typed, actor, now }) {
      await inTransaction(d.db, async (tx) => {
        const held = await lockHeldSweep(d.db, tx, id);
        if (held === null || !can(actor, "sweep.read", { programme: held.programme })) throw notHeld();
        const { programme, cases } = held;
        if (actor.kind !== "user" || !can(actor, "sweep.release", { programme })) {
          throw new Problem("forbidden", msg("cases-deadlines.releaseSweep.onlyTheOperationRoomOf"));
        }
        if (held.releasedAt !== null) {
          throw new Problem(
            "conflict",
            msg("cases-deadlines.releaseSweep.releasedItAlreadyTheNext", { releasedBy: String(held.releasedBy) }),
          );
        }
        const reason = reasonOf(typed);
        // Never more than a sweep looked at, whatever was sent.
        const until = new Date(Math.min(asOf.getTime(), held.asOf.getTime()));
        await releaseHeldSweep(d.db, tx, { id, at: now, userId: actor.userId, reason, until });
        const data = { programme, cases, reason, until: until.toISOString() };
        await appendAudit(tx, d.db, { stream: "operation", type: "sweep.released", actor, data, at: now });
      });
    },
  };
}
