/** Two people in one case see each other. */

import { type Database, query, type Statement } from "../../../platform/db/query.js";

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

/** $1 case, $2 user, $3 writing, $4 now, $5 since when a sign of life counts. */
const beat: Statement = {
  name: "presence-beat",
  text: `with mine as (
    insert into case_presence as p (case_id, user_id, writing, since, seen_at) values ($1, $2, $3, $4, $4)
    on conflict (case_id, user_id) do update set writing = $3, seen_at = $4, gone = false,
      since = case when p.gone or p.seen_at <= $5 then $4 else p.since end,
      tx = case when p.gone or p.seen_at <= $5 or p.writing <> $3 then pg_current_xact_id() else p.tx end),
  -- Nobody looks at what is an hour old; few rows are.
  old as (delete from case_presence where seen_at < $4::timestamptz - interval '1 hour' and user_id <> $2)
  select u.name, p.writing, p.since from case_presence p join users u on u.id = p.user_id
  where p.case_id = $1 and p.user_id <> $2 and not p.gone and p.seen_at > $5
  order by p.since, p.user_id limit 20`,
};

/** $1 case, $2 user. */
const leave: Statement = {
  name: "presence-leave",
  text: `update case_presence set gone = true, writing = false, tx = pg_current_xact_id()
    where case_id = $1 and user_id = $2 and not gone`,
};

export function createPresence(db: Database): Presence {
  return {
    beat: ({ caseId, userId, writing, now }) =>
      query(db, beat, [caseId, userId, writing, now, new Date(now.getTime() - presentMs)]),
    async leave({ caseId, userId }) {
      await query(db, leave, [caseId, userId]);
    },
  };
}
