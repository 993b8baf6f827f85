/**
 * Digests as settings, and which of them went out when. What two jobs sent so far is a digest each, of the programmes that are there, at the moment
 * that it shipped with; where its job was switched off, it is out of use.
 */
export const digests = {
  name: "2026-12-16-digests",
  up: `
create table digests (
  id integer generated always as identity primary key,
  programme text not null references programmes(code),
  code text not null, name_ar text not null, name_en text not null,
  audience jsonb not null,
  scope text not null check (scope in ('own', 'programme')),
  letter text not null,
  period text not null check (period in ('day', 'week', 'month')),
  weekday text not null default 'sun',
  month_day integer not null default 1,
  hour integer not null default 8,
  least_change integer not null default 5,
  least_cases integer not null default 30,
  sort_order integer not null default 0, retired_at timestamptz,
  unique (programme, code)
);
create trigger bump_revision after insert or update or delete on digests for each statement execute function bump_configuration_revision();

-- Each moment of a digest that was dealt with, late or not; how many cases were overdue then, by entity: no later count knows it as fast.
create table digest_runs (
  programme text not null references programmes(code),
  digest text not null,
  due_at timestamptz not null,
  ran_at timestamptz not null,
  queued integer not null,
  overdue jsonb,
  primary key (programme, digest, due_at)
);

-- What somebody got of a digest, the newest first.
create index messages_digests on messages (programme, (split_part(key, '/', 2)), id) where key like 'digest/%';

insert into digests (programme, code, name_ar, name_en, audience, scope, letter, period, weekday, sort_order, retired_at)
select p.code, d.code, d.name_ar, d.name_en, d.audience, d.scope, d.letter, d.period, 'sun', d.place,
  case when j.enabled is false then now() end
from programmes p cross join (values
  ('focal-point', 10, U&'\\0645\\0648\\062C\\0632 \\0636\\0627\\0628\\0637 \\0627\\0644\\0627\\0631\\062A\\0628\\0627\\0637 \\0627\\0644\\064A\\0648\\0645\\064A',
    'Daily digest of the focal point', '["focal_point"]'::jsonb, 'own', 'digest-focal-point', 'day', 'digest-focal-points'),
  ('committee', 30, U&'\\0645\\0648\\062C\\0632 \\0627\\0644\\0644\\062C\\0646\\0629 \\0627\\0644\\0623\\0633\\0628\\0648\\0639\\064A',
    'Weekly digest of the committee', '["steering_committee"]'::jsonb, 'programme', 'digest-committee', 'week', 'digest-committee')
) as d(code, place, name_ar, name_en, audience, scope, letter, period, job)
left join jobs j on j.name = d.job;

-- What fell due since yesterday is still owed: its letters have the keys that they always had, so that none comes twice.
insert into digest_runs (programme, digest, due_at, ran_at, queued) select programme, code, now() - interval '1 day', now(), 0 from digests;
delete from jobs where name in ('digest-committee', 'digest-focal-points');
`,
};
