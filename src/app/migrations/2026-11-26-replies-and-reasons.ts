/**
 * What officials write with, as data: reasons for which a case is closed without an answer, and templates of replies. A case
 * keeps the reason it was rejected for and the scales it was rated on.
 */
export const repliesAndReasons = {
  name: "2026-11-26-replies-and-reasons",
  up: `
create table closing_reasons (
  id integer generated always as identity primary key,
  programme text not null references programmes(code),
  code text not null, name_ar text not null, name_en text not null,
  text_ar text not null, text_en text not null,
  sort_order integer not null default 0, retired_at timestamptz,
  unique (programme, code)
);

create table reply_templates (
  id integer generated always as identity primary key,
  programme text not null references programmes(code),
  code text not null, name_ar text not null, name_en text not null,
  types jsonb not null default '[]',
  field text not null,
  body_ar text not null, body_en text not null,
  sort_order integer not null default 0, retired_at timestamptz,
  unique (programme, code)
);

create trigger bump_revision after insert or update or delete on closing_reasons
  for each statement execute function bump_configuration_revision();
create trigger bump_revision after insert or update or delete on reply_templates
  for each statement execute function bump_configuration_revision();

alter table cases
  add column closing_reason text,
  add column rejected_at timestamptz,
  add column rating_scales jsonb,
  add foreign key (programme, closing_reason) references closing_reasons(programme, code),
  add check ((closing_reason is null) = (rejected_at is null));
create index cases_closing_reason on cases (programme, closing_reason) where closing_reason is not null;
`,
};
