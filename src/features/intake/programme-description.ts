/** What a channel needs to know of a programme to build its form. Set-up only; nothing of anybody's person. */
import { acceptedEndings, attachmentLimits } from "../../engine/files/attachment-types.js";
import type { Labelled, Setup } from "../../engine/setup/setup.js";
import { ratingScalesOf } from "../../engine/workflow/rating-scales.js";

function choices<Record extends Labelled, More extends object>(
  records: ReadonlyMap<string, Record>,
  more: (record: Record) => More,
) {
  return [...records.values()]
    .filter((record) => !record.retired)
    .sort((a, b) => a.order - b.order)
    .map((record) => ({ code: record.code, name: record.name, ...more(record) }));
}

/** Everything that may be chosen now, in the order in which it is shown; names in both languages. */
export function describeProgramme(setup: Setup) {
  const none = () => ({});
  const entities = new Map([...setup.entities].filter(([, entity]) => entity.joining === "live"));
  const { most, mostBytes, kinds } = attachmentLimits(setup.programme.settings);
  return {
    code: setup.programme.code,
    name: setup.programme.name,
    timeZone: setup.programme.timeZone,
    defaultLanguage: setup.programme.defaultLanguage,
    reopenWindowDays: setup.programme.settings.reopenWindowDays,
    revision: setup.revision,
    attachments: { most, mostBytes, endings: acceptedEndings(kinds) },
    types: choices(setup.types, (type) => ({
      anonymousAllowed: type.anonymousAllowed,
      confidential: type.confidential,
      fields: type.fields,
      ratingScales: ratingScalesOf(setup.workflows.get(type.workflow)?.definition ?? { actions: {} }),
    })),
    sectors: choices(setup.sectors, none),
    entities: choices(entities, (entity) => ({
      kind: entity.kind,
      sector: entity.sector,
      parent: entity.parent,
      level: entity.level,
    })),
    services: choices(setup.services, (service) => ({ entity: service.entity })).filter((service) =>
      entities.has(service.entity),
    ),
    governorates: choices(setup.governorates, none),
    pillars: choices(setup.pillars, none),
    importanceLevels: choices(setup.importanceLevels, (level) => ({ rank: level.rank })),
    applicantCategories: choices(setup.categories, none),
  };
}
