/** Two people in one case see each other. */

import type { Database } from "../../../platform/db/query.js";
import { noteBeat, noteLeave } from "./presence-store.js";

/** Whoever gave no sign of life for so long is not there any more. */
export const presentMs = 30_000;

/** Somebody else who has the case open. */
export interface PresentOther {
  readonly name: string;
  readonly writing: boolean;
  readonly since: Date;
}

export interface Presence {
  /** A sign of life in a case that the door has found to be in this person's reach; who else is there. */
  beat(a: { caseId: number; userId: number; writing: boolean; now: Date }): Promise<readonly PresentOther[]>;
  leave(a: { caseId: number; userId: number }): Promise<void>;
}

export function createPresence(db: Database): Presence {
  return {
    beat: (a) => noteBeat(db, { ...a, seenSince: new Date(a.now.getTime() - presentMs) }),
    leave: (a) => noteLeave(db, a),
  };
}
