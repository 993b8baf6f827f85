/**
 * What the office is: set-up data, and the revision that counts its changes.
 *
 * Rows are named by `code`, unique in its programme and immutable; cases refer to codes, so that a row reads like the office
 * speaks and events stay readable for ever. The numeric `id` beside it is for screens. Closed lists (kinds of channels, of
 * entities, roles) are declared in the program alone, and files and forms are checked by it.
 */
export const setUp = {
  name: "2026-12-04-set-up",
  up: `
create table configuration_revision (
  only_row boolean primary key default true check (only_row),
  revision bigint not null default 1
);
insert into configuration_revision default values;

create function bump_configuration_revision() returns trigger language plpgsql as $$
begin
  update configuration_revision set revision = revision + 1;
  return null;
end $$;

create table programmes (
  id integer generated always as identity primary key,
  code text not null unique check (code ~ '^[a-z][a-z0-9_-]{1,39}$'),
  name_ar text not null, name_en text not null,
  time_zone text not null,
  default_language text not null default 'ar' check (default_language in ('ar','en')),
  calendar text not null,
  settings jsonb not null,
  sort_order integer not null default 0,
  retired_at timestamptz
);

create table sectors (
  id integer generated always as identity primary key,
  programme text not null references programmes(code),
  code text not null, name_ar text not null, name_en text not null,
  sort_order integer not null default 0, retired_at timestamptz,
  unique (programme, code)
);

create table entities (
  id integer generated always as identity primary key,
  programme text not null references programmes(code),
  code text not null, name_ar text not null, name_en text not null,
  kind text not null,
  sector text not null,
  parent text,
  level integer not null check (level >= 0),
  valid_from date not null default '2000-01-01',
  valid_to date check (valid_to > valid_from),
  joining text not null default 'live' check (joining in ('inScope','instructed','trained','live')),
  email text, phone text,
  sort_order integer not null default 0, retired_at timestamptz,
  unique (programme, code),
  foreign key (programme, sector) references sectors(programme, code),
  foreign key (programme, parent) references entities(programme, code),
  check (parent is distinct from code)
);

create table services (
  id integer generated always as identity primary key,
  programme text not null,
  code text not null, name_ar text not null, name_en text not null,
  entity text not null,
  sort_order integer not null default 0, retired_at timestamptz,
  unique (programme, code),
  foreign key (programme, entity) references entities(programme, code)
);

create table pillars (
  id integer generated always as identity primary key,
  programme text not null references programmes(code),
  code text not null, name_ar text not null, name_en text not null,
  sort_order integer not null default 0, retired_at timestamptz,
  unique (programme, code)
);

create table importance_levels (
  id integer generated always as identity primary key,
  programme text not null references programmes(code),
  code text not null, name_ar text not null, name_en text not null,
  rank integer not null check (rank > 0),
  sort_order integer not null default 0, retired_at timestamptz,
  unique (programme, code), unique (programme, rank)
);

create table application_types (
  id integer generated always as identity primary key,
  programme text not null references programmes(code),
  code text not null, name_ar text not null, name_en text not null,
  purpose_ar text, purpose_en text,
  workflow text not null,
  fields jsonb not null default '[]',
  anonymous_allowed boolean not null default false,
  confidential boolean not null default false,
  sort_order integer not null default 0, retired_at timestamptz,
  unique (programme, code)
);

create table channels (
  id integer generated always as identity primary key,
  programme text not null references programmes(code),
  code text not null, name_ar text not null, name_en text not null,
  kind text not null,
  sort_order integer not null default 0, retired_at timestamptz,
  unique (programme, code)
);

create table applicant_categories (
  id integer generated always as identity primary key,
  programme text not null references programmes(code),
  code text not null, name_ar text not null, name_en text not null,
  sort_order integer not null default 0, retired_at timestamptz,
  unique (programme, code)
);

create table governorates (
  id integer generated always as identity primary key,
  programme text not null references programmes(code),
  code text not null, name_ar text not null, name_en text not null,
  sort_order integer not null default 0, retired_at timestamptz,
  unique (programme, code)
);

create table keyword_lists (
  id integer generated always as identity primary key,
  programme text not null references programmes(code),
  code text not null, name_ar text not null, name_en text not null,
  words jsonb not null default '[]',
  sort_order integer not null default 0, retired_at timestamptz,
  unique (programme, code)
);

-- Reasons for which a case is closed without an answer.
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

-- The register of instructions. What was issued keeps its words: the trigger below takes no others.
create table instructions (
  id integer generated always as identity primary key,
  programme text not null references programmes(code),
  code text not null, name_ar text not null, name_en text not null,
  number text not null,
  issued_on date not null,
  in_force_from date not null,
  text_ar text not null, text_en text not null,
  to_all boolean not null default false,
  to_sectors jsonb not null default '[]',
  to_subtrees jsonb not null default '[]',
  to_entities jsonb not null default '[]',
  replaces text,
  -- ISO in UTC.
  issued_at text,
  file jsonb,
  sort_order integer not null default 0, retired_at timestamptz,
  unique (programme, code),
  foreign key (programme, replaces) references instructions (programme, code)
);

create function keep_issued_instructions() returns trigger language plpgsql as $$
begin
  raise exception 'instruction % was issued: its words stay', old.code using errcode = 'integrity_constraint_violation';
end $$;
create trigger issued_instructions_kept before update on instructions for each row
  when (old.issued_at is not null and
    (old.programme, old.code, old.name_ar, old.name_en, old.number, old.issued_on, old.in_force_from, old.text_ar, old.text_en,
     old.to_all, old.to_sectors, old.to_subtrees, old.to_entities, old.replaces, old.issued_at, old.file)
    is distinct from
    (new.programme, new.code, new.name_ar, new.name_en, new.number, new.issued_on, new.in_force_from, new.text_ar, new.text_en,
     new.to_all, new.to_sectors, new.to_subtrees, new.to_entities, new.replaces, new.issued_at, new.file))
  execute function keep_issued_instructions();
create trigger issued_instructions_stay before delete on instructions for each row
  when (old.issued_at is not null) execute function keep_issued_instructions();

do $$
declare t text;
begin
  foreach t in array array['programmes','sectors','entities','services','pillars','importance_levels','application_types',
    'channels','applicant_categories','governorates','keyword_lists','closing_reasons','reply_templates','instructions']
  loop
    execute format('create trigger bump_revision after insert or update or delete on %I for each statement execute function bump_configuration_revision()', t);
  end loop;
end $$;
`,
};
