/**
 * No open case is placed with an entity that is being retired at that very moment. Whoever places one holds the entity's row by
 * the foreign key, and whoever retires it locks the row first: so one of them waits for the other. The trigger's name makes it
 * run behind the key's, and it looks by what was committed while it waited. An import tells where cases were: it is let in.
 */
export const noCaseToRetired = {
  name: "2026-11-29-no-case-to-a-retired-entity",
  up: `
create function refuse_retired_entity() returns trigger language plpgsql as $$
begin
  if exists (select 1 from entities where programme = new.programme and code = new.entity and retired_at is not null) then
    raise exception 'entity % was retired meanwhile', new.entity using errcode = 'check_violation', constraint = 'cases_entity_in_use';
  end if;
  return null;
end $$;
create trigger stays_with_entities_in_use after insert on cases
  for each row when (new.entity is not null and new.state_kind in ('open', 'waiting') and not new.imported) execute function refuse_retired_entity();
create trigger goes_to_entities_in_use after update of entity on cases
  for each row when (new.entity is distinct from old.entity and new.entity is not null and new.state_kind in ('open', 'waiting'))
  execute function refuse_retired_entity();
`,
};
