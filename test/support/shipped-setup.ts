/** The shipped set-up of a programme as a Setup value, straight from `seeds/`: no database. Without people and published versions. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CalendarDefinition } from "../../src/engine/calendar/calendar-definition.js";
import type { Labelled, Programme, Setup } from "../../src/engine/setup/setup.js";

const root = process.cwd();

export function shippedJson<Content>(...path: string[]): Content {
  return JSON.parse(readFileSync(join(root, ...path), "utf8")) as Content;
}

function byCode<Kind extends Labelled>(
  programme: string,
  file: string,
  defaults: object = {},
): ReadonlyMap<string, Kind> {
  const records = shippedJson<Kind[]>("seeds", programme, `${file}.json`);
  return new Map(
    records.map((record, i) => [record.code, Object.assign({ retired: false, order: i + 1 }, defaults, record)]),
  );
}

export function shippedSetup(programme: string): Setup {
  return {
    revision: 1,
    programme: Object.assign({ retired: false }, shippedJson<Programme>("seeds", programme, "programme.json")),
    sectors: byCode(programme, "sectors"),
    entities: byCode(programme, "entities", { validTo: null, email: null, phone: null, alsoCalled: [] }),
    services: byCode(programme, "services", { alsoCalled: [] }),
    pillars: byCode(programme, "pillars"),
    importanceLevels: byCode(programme, "importance-levels"),
    types: byCode(programme, "application-types"),
    channels: byCode(programme, "channels"),
    categories: byCode(programme, "applicant-categories"),
    governorates: byCode(programme, "governorates"),
    keywordLists: byCode(programme, "keyword-lists"),
    closingReasons: byCode(programme, "closing-reasons"),
    kpiAlerts: new Map(),
    replyTemplates: byCode(programme, "reply-templates"),
    instructions: new Map(),
    shownKpis: byCode(programme, "shown-kpis", { headline: false, target: null, threshold: null }),
    scheduledDigests: byCode(programme, "digests"),
    seats: [],
    calendar: {
      versionId: 1,
      version: 1,
      definition: shippedJson<CalendarDefinition>("seeds", programme, "calendar.json"),
    },
    ruleSets: new Map(),
    workflows: new Map(),
    messages: new Map(),
    digests: new Map(),
  };
}
