/** Cases put into a database as rows, for tests of what reads them: no rules and no workflow take part. */
import type { Sequelize, Transaction } from "sequelize";
import { canonicalText, chainHash, emptyHash } from "../../src/engine/audit/chain.js";

/** A programme `test` with two types, channels, pillars and four entities; the ids of its calendar and workflow versions. */
export async function insertProgramme(db: Sequelize): Promise<{ calendar: number; workflow: number }> {
  await db.query(`
    insert into programmes (code, name_ar, name_en, time_zone, calendar, settings) values ('test', 'اختبار', 'Test', 'Asia/Amman', 'test',
      '{"triage":"rules","reopenWindowDays":14,"reviewSamplePercent":10,"ladder":[{"level":1,"role":"entity_manager"},{"level":2,"role":"minister"}]}');
    insert into sectors (programme, code, name_ar, name_en) values ('test', 'water', 'المياه', 'Water');
    insert into entities (programme, code, name_ar, name_en, kind, sector, level) select 'test', code, code, code, 'body', 'water', 1
      from unnest(array['A','B','C','D']) code;
    insert into closing_reasons (programme, code, name_ar, name_en, text_ar, text_en) values ('test', 'abusive', 'a', 'a', 'a', 'a');
    insert into pillars (programme, code, name_ar, name_en) select 'test', code, code, code from unnest(array['quality','time']) code;
    insert into importance_levels (programme, code, name_ar, name_en, rank) values ('test', 'normal', 'عادي', 'Normal', 1);
    insert into application_types (programme, code, name_ar, name_en, workflow) select 'test', code, code, code, 'w'
      from unnest(array['complaint','inquiry']) code;
    insert into channels (programme, code, name_ar, name_en, kind) select 'test', code, code, code, 'web' from unnest(array['web','mobile']) code;
  `);
  const [rows] = (await db.query(`
    insert into configuration_versions (programme, kind, name, version, status, definition, checksum, created_at)
    values ('test', 'calendar', 'test', 1, 'published', '{}', '', now()), ('test', 'workflow', 'w', 1, 'published', '{}', '', now())
    returning id`)) as [{ id: number }[], unknown];
  return { calendar: rows[0]?.id ?? 0, workflow: rows[1]?.id ?? 0 };
}

export interface EventRow {
  readonly type: string;
  readonly at: Date;
  readonly data?: Record<string, unknown>;
}

export interface ChainState {
  readonly seq: number;
  readonly hash: string;
}

/** Columns of `cases` beside those that every row needs. */
export type CaseColumns = Readonly<Record<string, unknown>>;

/** A case with its application. `columns` go over the defaults: received, open, entity A. */
export async function insertCase(
  db: Sequelize,
  a: { id: number; workflow: number; receivedAt: Date; columns?: CaseColumns; transaction?: Transaction },
): Promise<void> {
  const row: Record<string, unknown> = {
    id: a.id,
    programme: "test",
    reference: `T-${a.id}`,
    type: "complaint",
    channel: "web",
    workflow_version_id: a.workflow,
    state: "working",
    state_kind: "open",
    state_since: a.receivedAt,
    pillar: "quality",
    importance: "normal",
    sector: "water",
    entity: "A",
    confidential: false,
    last_seq: 0,
    last_hash: "",
    received_at: a.receivedAt,
    ...a.columns,
  };
  const transaction = a.transaction ?? null;
  await db.query(
    `insert into applications (id, programme, type, channel, language, subject, description, anonymous, received_at, imported)
     values ($1, 'test', $2, $3, 'ar', 's', 'd', false, $4, $5)`,
    { bind: [a.id, row.type, row.channel, a.receivedAt, row.imported ?? false], transaction },
  );
  const names = Object.keys(row);
  await db.query(`insert into cases (${names.join(", ")}) values (${names.map((_, i) => `$${i + 1}`).join(", ")})`, {
    bind: Object.values(row),
    transaction,
  });
}

/** Appends events to a case's chain and moves its head. */
export async function appendEvents(
  db: Sequelize,
  caseId: number,
  from: ChainState | null,
  events: readonly EventRow[],
  transaction?: Transaction,
): Promise<ChainState> {
  let { seq, hash } = from ?? { seq: 0, hash: emptyHash };
  const actor = canonicalText({ kind: "system", job: "test" });
  for (const event of events) {
    seq += 1;
    const data = canonicalText(event.data ?? {});
    const next = chainHash(hash, { chain: `case/${caseId}`, seq, at: event.at, type: event.type, actor, data });
    await db.query(
      `insert into case_events (case_id, seq, at, type, actor, data, previous_hash, hash) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      { bind: [caseId, seq, event.at, event.type, actor, data, hash, next], transaction: transaction ?? null },
    );
    hash = next;
  }
  await db.query("update cases set last_seq = $2, last_hash = $3 where id = $1", {
    bind: [caseId, seq, hash],
    transaction: transaction ?? null,
  });
  return { seq, hash };
}
