/** On one day one position of an entity is on duty, and the database holds it. */
export const dutyRota = {
  name: "2026-12-12-duty-rota",
  up: `
create extension if not exists btree_gist;

-- Whose rota a line is of: the place of its position, which can move only once its days are gone.
alter table seats add constraint seats_place unique (id, programme, entity);
alter table duty_days add column programme text, add column entity text;
-- A position that was retired, or has no entity, is on nobody's rota.
delete from duty_days d using seats s where s.id = d.seat_id and (s.retired_at is not null or s.entity is null);
update duty_days d set programme = s.programme, entity = s.entity from seats s where s.id = d.seat_id;

-- Where lines overlap, the days stay with the line that was added first; of the others what is left of them is kept.
with
  cut as (
    select d.id, d.seat_id, d.programme, d.entity, d.added_by, d.added_at,
      datemultirange(daterange(d.first_day, d.last_day, '[]')) - coalesce((
        select range_agg(daterange(o.first_day, o.last_day, '[]')) from duty_days o
        where o.programme = d.programme and o.entity = d.entity and o.id < d.id), '{}'::datemultirange) as days
    from duty_days d
  ),
  overlapping as (
    delete from duty_days d using cut c
    where c.id = d.id and c.days <> datemultirange(daterange(d.first_day, d.last_day, '[]')) returning d.id
  )
insert into duty_days (seat_id, programme, entity, first_day, last_day, added_by, added_at)
select c.seat_id, c.programme, c.entity, lower(part), upper(part) - 1, c.added_by, c.added_at
from cut c join overlapping using (id) cross join unnest(c.days) as part;

alter table duty_days
  alter column programme set not null,
  alter column entity set not null,
  add constraint duty_days_place foreign key (seat_id, programme, entity) references seats (id, programme, entity),
  add constraint duty_days_one_at_a_time
    exclude using gist (programme with =, entity with =, daterange(first_day, last_day, '[]') with &&);
`,
};
