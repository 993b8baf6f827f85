/** The rows behind `sampleSetup()` that messages and digests need: officials, cases, applicants. Written by plain SQL. */
import type { Sequelize } from "sequelize";

const at = "2026-11-01T06:00:00Z";

export async function openSmallOffice(db: Sequelize): Promise<void> {
  await db.query(`
    insert into programmes (code, name_ar, name_en, time_zone, calendar, settings)
      values ('jordan', 'الخدمات الحكومية', 'Government services', 'Asia/Amman', 'jordan', '{}');
    insert into sectors (programme, code, name_ar, name_en) values ('jordan', 'health', 'الصحة', 'Health');
    insert into entities (programme, code, name_ar, name_en, kind, sector, level) values
      ('jordan', 'MOH', 'وزارة الصحة', 'Ministry of Health', 'ministry', 'health', 1),
      ('jordan', 'MWI', 'وزارة المياه', 'Ministry of Water', 'ministry', 'health', 1);
    insert into importance_levels (programme, code, name_ar, name_en, rank) values ('jordan', 'high', 'مرتفع', 'High', 2);
    insert into application_types (programme, code, name_ar, name_en, workflow)
      values ('jordan', 'complaint', 'شكوى', 'Complaint', 'complaint');
    insert into channels (programme, code, name_ar, name_en, kind) values ('jordan', 'web', 'الموقع', 'Web', 'web');
    insert into configuration_versions (programme, kind, name, version, status, definition, checksum, created_at)
      values ('jordan', 'calendar', 'jordan', 1, 'published', '{}', 'c', '${at}');
    insert into users (email, name, language, created_at) values
      ('huda@example.jo', 'هدى', 'ar', '${at}'), ('omar@example.jo', 'عمر', 'en', '${at}'), ('gone@example.jo', 'غائب', 'ar', '${at}');
    update users set disabled_at = '${at}' where email = 'gone@example.jo';
  `);
}

export interface SmallCase {
  readonly id: number;
  readonly reference: string;
  readonly entity?: string;
  readonly subject?: string;
  readonly email?: string | null;
  readonly confidential?: boolean;
  readonly imported?: boolean;
  readonly cycle?: number;
  readonly stateKind?: "open" | "waiting" | "resolved" | "final";
  /** Of the resolution clock; none without it. */
  readonly dueAt?: string | null;
  readonly metAt?: string | null;
}

export async function addCase(db: Sequelize, c: SmallCase): Promise<void> {
  const {
    id,
    reference,
    entity = "MOH",
    subject = `Subject ${id}`,
    confidential = false,
    imported = false,
    cycle = 1,
  } = c;
  await db.query(
    `insert into applications (id, programme, type, channel, language, subject, description, anonymous, received_at, imported)
     values ($1, 'jordan', 'complaint', 'web', 'ar', $2, 'd', $3, '${at}', $4)`,
    { bind: [id, subject, c.email == null, imported] },
  );
  if (c.email) await db.query("insert into applicants (case_id, email) values ($1, $2)", { bind: [id, c.email] });
  await db.query(
    `insert into cases (id, programme, reference, type, channel, workflow_version_id, state, state_kind, state_since, entity,
       importance, confidential, imported, cycle, last_seq, last_hash, received_at,
       due_at, promise_due_at)
     values ($1, 'jordan', $2, 'complaint', 'web', 1, 's', $3, '${at}', $4, 'high', $5, $6, $7, 1, 'h', '${at}', $8, $8)`,
    { bind: [id, reference, c.stateKind ?? "open", entity, confidential, imported, cycle, c.dueAt ?? null] },
  );
  if (c.dueAt !== undefined) {
    await db.query(
      `insert into clocks (case_id, cycle, target, calendar_version_id, started_at, due_at, met_at)
       values ($1, $2, 'resolution', 1, '${at}', $3, $4)`,
      { bind: [id, cycle, c.dueAt, c.metAt ?? null] },
    );
  }
}
