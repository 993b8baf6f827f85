/** Random lives of cases as rows. */
import type { Sequelize } from "sequelize";
import { appendEvents, type CaseColumns, insertCase } from "./case-rows.js";
import type { Told } from "./random-histories.js";

export interface StoredWith {
  /** Versions. */
  readonly workflow: number;
  readonly calendar: number;
  /** Who withdrew it for its applicant, where somebody did. */
  readonly official: number;
  /** Columns beside those of its life. */
  readonly columns?: CaseColumns;
}

/** Puts a case into the database as it was lived: its row, its events, its clocks, its escalations. */
export async function storeLife(db: Sequelize, told: Told, a: StoredWith): Promise<void> {
  const { life } = told;
  const rated = told.ratings.at(-1);
  const columns = {
    type: life.type,
    channel: life.channel,
    entity: told.entity,
    pillar: told.pillar,
    state: told.state,
    state_kind: told.state,
    cycle: told.cycle,
    first_resolved_at: told.resolutions[0] ?? null,
    resolved_at: told.resolvedAt,
    resolution_working_seconds: told.resolutionSeconds,
    closed_at: told.closedAt,
    withdrawn_at: told.withdrawnAt,
    withdrawn_by: told.withdrawnFor ? a.official : null,
    rejected_at: told.rejectedAt,
    answer_written_at: told.writtenAt,
    closing_reason: told.rejectedAt && "abusive",
    duplicate_of: told.linkedAt === null ? null : life.id,
    transfer_count: told.transfers,
    reopen_count: told.reopenings.length,
    first_reopened_at: told.reopenings[0] ?? null,
    rating: rated?.n ?? null,
    rated_at: rated?.at ?? null,
    rating_invited_at: told.invitedAt,
    ...a.columns,
  };
  await insertCase(db, { id: life.id, workflow: a.workflow, receivedAt: life.receivedAt, columns });
  await appendEvents(db, life.id, null, told.events);
  for (const c of told.clocks) {
    await db.query(
      `insert into clocks (case_id, cycle, target, calendar_version_id, budget, started_at, consumed_seconds, running_since, paused_at, due_at, paused_seconds, met_at, cancelled_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      {
        bind: [
          life.id,
          c.cycle,
          c.target,
          a.calendar,
          JSON.stringify(c.budget),
          c.startedAt,
          Math.round(c.consumedSeconds),
          c.runningSince,
          c.pausedAt,
          c.dueAt,
          Math.round(c.pausedSeconds),
          c.metAt,
          c.cancelledAt,
        ],
      },
    );
  }
  for (const { at, level, cycle } of told.escalations) {
    await db.query(
      "insert into enforcements (case_id, cycle, rule_id, level, kind, due_at, at) values ($1, $2, 'r', $3, 'escalation', $4, $4)",
      { bind: [life.id, cycle, level, at] },
    );
  }
}
