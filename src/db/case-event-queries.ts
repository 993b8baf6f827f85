/** Events of a case, as they were stored. */
import type { CaseEvent, CaseEventType } from "../domain/case-event.js";
import { type Database, query } from "./query.js";

const ofCase = {
  name: "case-events",
  text: "select case_id, seq, at, type, actor, data from case_events where case_id = $1 order by seq",
};

interface EventRow {
  case_id: number;
  seq: number;
  at: Date;
  type: CaseEventType;
  actor: string;
  data: string;
}

/** All events of a case, first to last. */
export async function eventsOfCase(db: Database, caseId: number): Promise<CaseEvent[]> {
  const rows = await query<EventRow>(db, ofCase, [caseId]);
  return rows.map((row) => ({
    caseId: row.case_id,
    seq: row.seq,
    at: row.at,
    type: row.type,
    actor: JSON.parse(row.actor),
    data: JSON.parse(row.data),
  }));
}
