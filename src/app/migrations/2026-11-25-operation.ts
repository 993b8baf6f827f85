/**
 * What running the office looks things up by, and how long a job took. The indexes on messages are small: of those that
 * failed, of alerts, and of what each official was told.
 */
export const operation = {
  name: "2026-11-25-operation",
  up: `
alter table jobs add column last_duration_ms integer;
create index messages_failed on messages (programme, id) where state = 'failed';
create index messages_alerts on messages (programme, created_at) where template = 'operation-room-alert';
create index messages_receiver on messages (receiver_user, id) where receiver_user is not null;
create index audit_events_at on audit_events (at);
`,
};
