/** Cases of an entity that a change-set retired, as a run takes them. */
import type { Transaction } from "sequelize";
import type { Database, Statement } from "../../../platform/db/query.js";
import { type LoadedCase, lockAndLoad } from "../case-queries.js";

const open = "state_kind in ('open', 'waiting')";

const lockNext: Statement = {
  name: "lock-cases-of-entity",
  text: `select id from cases where programme = $1 and entity = $2 and ${open}
    and not exists (select 1 from case_move_failures f where f.run_id = $3 and f.case_id = cases.id) order by id limit $4 for update`,
};

/** The next open cases of the entity by number, locked. What was moved, or cannot be by this run, is not among them any more. */
export const openCasesOf = (
  db: Database,
  tx: Transaction,
  a: { programme: string; entity: string; run: string; limit: number },
): Promise<LoadedCase[]> => lockAndLoad(db, tx, lockNext, [a.programme, a.entity, a.run, a.limit]);
