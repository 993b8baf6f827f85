/** Programmes: one use of the platform, with its settings as fields. New ones come as files. */

import { nameFinder } from "../../../engine/search/name-finder.js";
import { declarationOf } from "../../../engine/setup/tables/setup-registry.js";
import { msg } from "../../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../../engine/text/problems.js";
import {
  type Asked,
  type Call,
  type Column,
  defineResource,
  type ListAsked,
  type Row,
  readSource,
} from "../../../platform/admin/define-resource.js";
import { atSteps, byStep, gathered, ladderChoices, ladderHelp, spread, steps } from "./programme-ladder.js";
import { isAsked, readableProgrammes } from "./readable-programmes.js";
import { codeColumn, nameColumn, setupCommon, titleOf } from "./setup-columns.js";
import { columnsOfTable } from "./setup-resources.js";

/** A column a step. */
const ladder = steps.map(
  ({ column, label }, i): Column => ({
    name: column,
    label,
    type: "choice",
    edit: true,
    choices: ladderChoices,
    ...(i === 0 && { help: ladderHelp }),
  }),
);

const { many, one, icon, order, codeHelp, inChangeSets } = declarationOf("programmes");
const { sort: _sort, search: _search, edit: _edit, required: _required, ...code } = codeColumn(codeHelp);
const columns: readonly Column[] = [nameColumn(), code, ...columnsOfTable("programmes", { ladder })];

const editOf = ({ official, record, input, before }: Call) => {
  const code = String(record?.code);
  const place = { programme: code, table: "programmes", code, by: official.actor } as const;
  return { ...place, values: gathered(input, before), before: gathered(before) };
};

async function faults(call: Call): Promise<readonly FieldFault[]> {
  const found = await call.services.setupEditor.faults(editOf(call));
  return found.map((fault) => atSteps(fault, call.input));
}

async function update(call: Call): Promise<void> {
  const { services, now, input } = call;
  try {
    await services.setupEditor.update({ ...editOf(call), now });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const faults = error.faults.map((fault) => atSteps(fault, input));
    throw new Problem(error.code, error.detail, faults);
  }
}

async function rowOf({ official, services }: Omit<Asked, "now">, code: string): Promise<Row> {
  const place = { programme: code, table: "programmes", code } as const;
  const row = await services.setupEditor.row({ ...place, actor: official.actor });
  return { ...spread(row), id: code, programme: code };
}

async function found({ filters, search, ...asked }: ListAsked): Promise<Row[]> {
  const codes = (await readableProgrammes(asked)).filter((code) => isAsked(filters.programme, code));
  const rows = await Promise.all(codes.map((code) => rowOf(asked, code)));
  const isNamed = nameFinder(search ?? "");
  return rows.filter(({ code, nameAr, nameEn }) => isNamed(String(code), String(nameAr), String(nameEn)));
}

export const programmes = defineResource({
  ...setupCommon,
  id: "programmes",
  collects: inChangeSets !== false,
  label: many,
  one,
  icon,
  order,
  columns,
  title: titleOf,
  source: readSource({
    find: async ({ offset, limit, ...asked }) => (await found(asked)).slice(offset, offset + limit),
    count: async (asked) => ({ total: (await found(asked)).length, estimated: false }),
    one: async ({ id, ...asked }) => ((await readableProgrammes(asked)).includes(id) ? rowOf(asked, id) : null),
    names: async ({ codes, ...asked }) => {
      const readable = (await readableProgrammes(asked)).filter((code) => codes.includes(code));
      return new Map(await Promise.all(readable.map(async (code) => [code, await rowOf(asked, code)] as const)));
    },
  }),
  defaultSort: { column: "code", direction: "asc" },
  update,
  faults,
  actions: {
    history: {
      kind: "record",
      label: msg("setup.programmesResource.actionsHistoryLabel"),
      access: "configuration.read",
      read: async ({ services, record, official }) => {
        const code = String(record?.code);
        const place = { programme: code, table: "programmes", code } as const;
        const events = await services.setupEditor.history({ ...place, actor: official.actor });
        return events.map((event) => ({ ...event, changes: event.changes.flatMap(byStep) }));
      },
    },
  },
});
