/**
 * The register of instructions, who acknowledged them and who was reminded. What was issued keeps its words: the database
 * itself takes no other. Files stand on disk beside those of cases, and are known by their hash.
 */
export const instructions = {
  name: "2026-11-28-instructions",
  up: `
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
  -- As it is told everywhere: ISO in UTC.
  issued_at text,
  file jsonb,
  sort_order integer not null default 0, retired_at timestamptz,
  unique (programme, code),
  foreign key (programme, replaces) references instructions (programme, code)
);
create trigger bump_revision after insert or update or delete on instructions
  for each statement execute function bump_configuration_revision();

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

create table instruction_files (
  id text primary key check (id ~ '^[0-9a-f]{32}$'),
  programme text not null references programmes(code),
  sha256 text not null,
  unique (programme, sha256)
);

create table instruction_acknowledgements (
  instruction_id integer not null references instructions,
  entity text not null,
  user_id integer not null references users,
  at timestamptz not null,
  primary key (instruction_id, entity)
);

create table instruction_reminders (
  id integer generated always as identity primary key,
  instruction_id integer not null references instructions,
  entity text not null,
  at timestamptz not null,
  user_id integer not null references users
);
create index reminders_of_instruction on instruction_reminders (instruction_id, entity, at);
`,
};
