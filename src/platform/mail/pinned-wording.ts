import sql from "sql-template-tag";

/**
 * SQL that finds, for a row `r` of messages to be stored, the version whose words it will be written in: of the step that
 * named a letter of its own (`data.wording`), else of its kind; null where the programme has published neither.
 */
export const pinnedWording = sql`(select v.id from configuration_versions v
    where v.programme = r.programme and v.status = 'published' and v.kind in ('message', 'digest')
      and v.name in (r.template, r.data->>'wording')
    order by (v.name = r.template), v.id limit 1)`;
