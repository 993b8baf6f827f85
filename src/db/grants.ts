/**
 * What the running role may do, granted anew after every migration. Append-only is a privilege, not a habit: the role
 * that serves requests cannot alter or remove an event, whatever a bug or an intruder has it say.
 */
import type { Sequelize } from "sequelize";

/** Tables that are only ever added to. */
const appendOnly = [
  "applications",
  "case_events",
  "audit_events",
  "seals",
  "seal_entries",
  "decisions",
  "enforcements",
  "instruction_acknowledgements",
  "instruction_reminders",
];

/** All columns but `tx`: who could choose which transaction an event is of could keep it out of every seal. */
const eventColumns = "seq, at, type, actor, data, previous_hash, hash";

/** A staged file is bound to a case, and otherwise stays as it was checked. */
const boundColumns = "case_id, event_seq";

/** Who wrote and approved a version is said once, when it is added. */
const publishedColumns = "status, reason, published_at, published_by, retired_at, warnings_reason";

/** Owner only. `runtimeRole` must exist. */
export async function grantRuntimeRole(owner: Sequelize, runtimeRole: string): Promise<void> {
  const role = `"${runtimeRole.replaceAll('"', '""')}"`;
  await owner.query(`
    grant usage on schema public to ${role};
    revoke all on all tables in schema public from ${role};
    grant select, insert, update, delete on all tables in schema public to ${role};
    grant usage, select on all sequences in schema public to ${role};
    revoke update, delete, truncate on ${appendOnly.join(", ")} from ${role};
    revoke insert on case_events, audit_events from ${role};
    grant insert (case_id, ${eventColumns}) on case_events to ${role};
    grant insert (stream, ${eventColumns}) on audit_events to ${role};
    revoke update, delete, truncate on configuration_versions, schema_migrations from ${role};
    grant update (${publishedColumns}) on configuration_versions to ${role};
    revoke update, truncate on attachments from ${role};
    grant update (${boundColumns}) on attachments to ${role};
    grant usage on schema pgboss to ${role};
    grant select, insert, update, delete on all tables in schema pgboss to ${role};
    grant usage, select on all sequences in schema pgboss to ${role};
    grant execute on all functions in schema pgboss to ${role};
  `);
}
