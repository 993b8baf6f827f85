/** Which key figures a role is shown, in what order and with which targets. A database of before has none: each role is shown all. */
export const shownKpis = {
  name: "2026-12-15-shown-kpis",
  up: `
create table shown_kpis (
  id integer generated always as identity primary key,
  programme text not null references programmes(code),
  code text not null, name_ar text not null, name_en text not null,
  kpi text not null,
  audiences jsonb not null,
  headline boolean not null default false,
  -- As people write them: per cent, working days or cases, by the KPI's unit.
  target integer, threshold integer,
  sort_order integer not null default 0, retired_at timestamptz,
  unique (programme, code)
);
create trigger bump_revision after insert or update or delete on shown_kpis for each statement execute function bump_configuration_revision();
`,
};
