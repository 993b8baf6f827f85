/** Alerts about figures: what audiences and people want to be told, how far each was judged, and what came of it. */
export const kpiAlerts = {
  name: "2026-12-17-kpi-alerts",
  up: `
-- Set up by the operation room, for roles.
create table kpi_alerts (
  id integer generated always as identity primary key,
  programme text not null references programmes(code),
  code text not null, name_ar text not null, name_en text not null,
  audiences jsonb not null,
  kpi text not null,
  condition text not null,
  value integer,
  unit text not null check (unit in ('week', 'month')),
  periods integer not null default 1,
  least integer not null default 30,
  sort_order integer not null default 0, retired_at timestamptz,
  unique (programme, code)
);
create trigger bump_revision after insert or update or delete on kpi_alerts
  for each statement execute function bump_configuration_revision();

-- Somebody's own, of a scope that their position gives them.
create table own_kpi_alerts (
  id integer generated always as identity primary key,
  user_id integer not null references users(id),
  programme text not null references programmes(code),
  -- As the address of the figures page names it.
  scope text not null,
  kpi text not null,
  condition text not null,
  value integer,
  unit text not null check (unit in ('week', 'month')),
  periods integer not null,
  least integer not null,
  -- When it was set last: what held before is no news.
  set_at timestamptz not null
);
create index own_kpi_alerts_user on own_kpi_alerts (user_id, id);
create index own_kpi_alerts_programme on own_kpi_alerts (programme, id);

-- How far an alert is judged in a scope. Alert: audience/CODE or own/NUMBER.
create table kpi_alert_states (
  programme text not null references programmes(code),
  alert text not null,
  scope text not null,
  own_alert integer references own_kpi_alerts on delete cascade,
  -- What was judged; another condition begins anew.
  asked text not null,
  -- Periods that end by this day are judged.
  judged_to date not null,
  running boolean not null,
  -- Whether confidential cases are counted.
  confidential boolean not null,
  primary key (programme, alert, scope, confidential)
);
create index kpi_alert_states_own on kpi_alert_states (own_alert) where own_alert is not null;

create table kpi_alert_events (
  id bigint generated always as identity primary key,
  programme text not null references programmes(code),
  alert text not null,
  scope text not null,
  own_alert integer references own_kpi_alerts on delete cascade,
  confidential boolean not null,
  -- First day of the first period, and the days of the one with which it began; the last is not of it.
  since date not null,
  began date not null,
  began_to date not null,
  -- First day of the period in which it did not hold any more.
  ended date,
  -- What the letter says.
  said jsonb not null,
  created_at timestamptz not null,
  unique (programme, alert, scope, confidential, began)
);
create index kpi_alert_events_scope on kpi_alert_events (programme, scope, began_to);
create index kpi_alert_events_running on kpi_alert_events (programme, alert, scope) where ended is null;
create index kpi_alert_events_own on kpi_alert_events (own_alert) where own_alert is not null;
`,
};
