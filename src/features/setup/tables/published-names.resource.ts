/** Names of what is published, or what an open change-set adds, for other resources to choose from: workflows and calendars. Not in the navigation. */
import { nameFinder } from "../../../engine/search/name-finder.js";
import { msg } from "../../../engine/text/msg.js";
import {
  type Asked,
  defineResource,
  type ListAsked,
  type Row,
  readSource,
} from "../../../platform/admin/define-resource.js";
import { isAsked } from "./readable-programmes.js";
import { codeColumn, nameColumn, setupCommon, titleOf } from "./setup-columns.js";

function sourceOf(kind: "workflow" | "calendar") {
  /** What is in force in the programmes whose configuration the official may read. */
  async function all({ official, services }: Asked): Promise<Row[]> {
    const versions = await services.versions.inForce({ actor: official.actor });
    // What a change-set adds can be named by what else is in it; anywhere else it is refused.
    const drafts = await services.policyDrafts.list({ actor: official.actor });
    const added = drafts.flatMap(({ programme, kind: of, name, title, basedOn, changeSet }) =>
      basedOn !== null || changeSet === null
        ? []
        : {
            programme,
            kind: of,
            name,
            title: msg("setup.publishedNamesResource.inSet", { title, set: changeSet.title }),
          },
    );
    return [...versions, ...added]
      .filter((version) => version.kind === kind)
      .map(({ programme, name, title }) => ({
        id: `${programme}.${name}`,
        programme,
        code: name,
        nameAr: title.ar,
        nameEn: title.en,
      }));
  }
  async function found({ filters, search, ...asked }: ListAsked): Promise<Row[]> {
    const isNamed = nameFinder(search ?? "");
    return (await all(asked)).filter(
      ({ programme, code, nameAr, nameEn }) =>
        isAsked(filters.programme, String(programme)) && isNamed(String(code), String(nameAr), String(nameEn)),
    );
  }
  return readSource({
    find: async ({ offset, limit, ...asked }) => (await found(asked)).slice(offset, offset + limit),
    count: async (asked) => ({ total: (await found(asked)).length, estimated: false }),
    one: async ({ id, ...asked }) => (await all(asked)).find((row) => row.id === id) ?? null,
    names: async ({ codes, ...asked }) => {
      const rows = (await all(asked)).filter(({ code }) => codes.includes(String(code)));
      return new Map(rows.map((row) => [String(row.id), row]));
    },
  });
}

const common = {
  ...setupCommon,
  access: { read: "configuration.read" },
  title: titleOf,
  hidden: true,
  order: 900,
  columns: [nameColumn(), { ...codeColumn(), edit: false }],
  defaultSort: { column: "code", direction: "asc" },
} as const;

export const publishedWorkflows = defineResource({
  ...common,
  id: "published-workflows",
  label: msg("setup.publishedNamesResource.publishedWorkflows"),
  one: msg("setup.publishedNamesResource.one"),
  icon: "flow",
  source: sourceOf("workflow"),
});

export const publishedCalendars = defineResource({
  ...common,
  id: "published-calendars",
  label: msg("setup.publishedNamesResource.publishedCalendars"),
  one: msg("setup.publishedNamesResource.one2"),
  icon: "calendar",
  source: sourceOf("calendar"),
});
