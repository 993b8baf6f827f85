/**
 * What the office is: set-up data, people on seats, versions of configuration; and the revision that counts their changes.
 *
 * Set-up data is named by `code`, unique in its programme and immutable; cases refer to codes, so that a row reads like
 * the office speaks and events stay readable for ever. The numeric `id` beside it is for screens.
 */
export const setUpAndPeople = {
  name: "2026-11-25-set-up-and-people",
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
  kind text not null check (kind in ('web','mobile','contactCentre','chatbot','social','email','api','import')),
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

create table users (
  id integer generated always as identity primary key,
  email text not null check (email = lower(email)),
  name text not null,
  language text not null default 'ar' check (language in ('ar','en')),
  password_hash text,
  disabled_at timestamptz,
  created_at timestamptz not null,
  unique (email)
);

create table seats (
  id integer generated always as identity primary key,
  programme text not null references programmes(code),
  code text not null,
  role text not null,
  title_ar text not null, title_en text not null,
  entity text, sector text,
  retired_at timestamptz,
  unique (programme, code),
  foreign key (programme, entity) references entities(programme, code),
  foreign key (programme, sector) references sectors(programme, code)
);
create index on seats (programme, entity);

create table seat_holders (
  id integer generated always as identity primary key,
  seat_id integer not null references seats,
  user_id integer not null references users,
  held_from timestamptz not null,
  held_to timestamptz check (held_to > held_from)
);
create index on seat_holders (user_id);
create index on seat_holders (seat_id);

-- Rule sets, workflows and calendars, a row a version. A published definition is never altered: the running role may
-- update only the columns that tell its status.
create table configuration_versions (
  id integer generated always as identity primary key,
  programme text not null references programmes(code),
  kind text not null check (kind in ('rules','workflow','calendar')),
  name text not null,
  version integer not null check (version > 0),
  status text not null check (status in ('draft','published','retired')),
  definition jsonb not null,
  checksum text not null,
  reason text,
  created_at timestamptz not null,
  published_at timestamptz,
  published_by text,
  retired_at timestamptz,
  unique (programme, kind, name, version)
);
create unique index one_published_version on configuration_versions (programme, kind, name) where status = 'published';

do $$
declare t text;
begin
  foreach t in array array['programmes','sectors','entities','services','pillars','importance_levels','application_types',
    'channels','applicant_categories','governorates','keyword_lists','users','seats','seat_holders','configuration_versions']
  loop
    execute format('create trigger bump_revision after insert or update or delete on %I for each statement execute function bump_configuration_revision()', t);
  end loop;
end $$;
`,
};
