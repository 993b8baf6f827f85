/** Two people in one case see each other. */

import sql from "sql-template-tag";
import { type Database, query } from "../../../platform/db/query.js";

/** Somebody who gave no sign of life for so long is not there any more. */
export const presentMs = 30_000;

/** Somebody else who has the case open. */
export interface PresentOther {
  readonly name: string;
  readonly writing: boolean;
  readonly since: Date;
}

export interface Presence {
  /** A sign of life in a case that the door has found to be in this person's reach; who else is there, the first to come first. */
  beat(a: { caseId: number; userId: number; writing: boolean; now: Date }): Promise<readonly PresentOther[]>;
  leave(a: { caseId: number; userId: number }): Promise<void>;
}

export function createPresence(db: Database): Presence {
  return {
    beat({ caseId, userId, writing, now }) {
      const counts = new Date(now.getTime() - presentMs);
      const statement = sql`with mine as (
          insert into case_presence as p (case_id, user_id, writing, since, seen_at)
          values (${caseId}, ${userId}, ${writing}, ${now}, ${now})
          on conflict (case_id, user_id) do update set
            writing = excluded.writing, seen_at = excluded.seen_at, gone = false,
            since = case when p.gone or p.seen_at <= ${counts} then excluded.since else p.since end,
            tx = case when p.gone or p.seen_at <= ${counts} or p.writing <> excluded.writing
              then pg_current_xact_id() else p.tx end),
        -- Nobody looks at what is an hour old; few rows are.
        old as (delete from case_presence where seen_at < ${now}::timestamptz - interval '1 hour' and user_id <> ${userId})
        select u.name, p.writing, p.since from case_presence p join users u on u.id = p.user_id
        where p.case_id = ${caseId} and p.user_id <> ${userId} and not p.gone and p.seen_at > ${counts}
        order by p.since, p.user_id limit 20`;
      return query(db, statement);
    },
    async leave({ caseId, userId }) {
      const statement = sql`update case_presence set gone = true, writing = false, tx = pg_current_xact_id()
        where case_id = ${caseId} and user_id = ${userId} and not gone`;
      await query(db, statement);
    },
  };
}
