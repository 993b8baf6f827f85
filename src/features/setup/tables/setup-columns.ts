/** What all set-up tables have in common on the screen: code, name, order, whether in use; and what one may do with a row. */

import type { RowTable } from "../../../engine/setup/tables/setup-registry.js";
import { msg } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import type {
  ActionDefinition,
  Call,
  Column,
  ResourceDefinition,
  Row,
} from "../../../platform/admin/define-resource.js";

type Label = Readonly<Partial<Record<"code" | "name" | "sortOrder", Bilingual>>>;

const codeHelp: Bilingual = msg("setup.setupColumns.codeHelp");
const orderHelp: Bilingual = msg("setup.setupColumns.orderHelp");

export const codeColumn = (help: Bilingual = codeHelp): Column => ({
  name: "code",
  label: msg("setup.setupColumns.code"),
  type: "text",
  list: true,
  sort: true,
  search: true,
  edit: "new",
  required: true,
  ltr: true,
  help,
});

export const nameColumn = (help?: Bilingual): Column => ({
  name: "name",
  label: msg("setup.setupColumns.name"),
  type: "bilingual",
  list: true,
  sort: true,
  search: true,
  edit: true,
  required: true,
  ...(help && { help }),
});

/** Code and name first, order and state last, and what a table has besides between them. */
export function setupColumns(own: readonly Column[] = [], help: Label = {}): readonly Column[] {
  return [
    nameColumn(help.name),
    codeColumn(help.code),
    ...own,
    {
      name: "sortOrder",
      label: msg("setup.setupColumns.orderInLists"),
      type: "number",
      sort: true,
      edit: true,
      help: help.sortOrder ?? orderHelp,
    },
    { name: "retiredAt", label: msg("setup.setupColumns.retired"), type: "boolean", filter: true },
  ];
}

export const titleOf = (row: Row): Bilingual => ({ en: String(row.nameEn), ar: String(row.nameAr) });

const programmeOf = ({ programme }: Call): string => programme ?? "";
const codeOf = ({ record }: Call): string => String(record?.code ?? "");

const inUse = (row: Row): boolean => row.retiredAt === null;

/** Everything one may do with a row of `table`: all of it is done, checked and recorded by the set-up's editor. */
export function setupActs(table: RowTable): Pick<ResourceDefinition, "create" | "update" | "faults"> & {
  readonly actions: Readonly<Record<string, ActionDefinition>>;
} {
  const place = (call: Call) => ({ programme: programmeOf(call), table, code: codeOf(call) });
  const change = (call: Call) => ({ ...place(call), by: call.official.actor, now: call.now });
  return {
    create: async (call) => {
      const { official, now, services, input: values } = call;
      const programme = programmeOf(call);
      const { id } = await services.setupEditor.create({ programme, table, values, by: official.actor, now });
      return { id: String(id) };
    },
    update: (call) => call.services.setupEditor.update({ ...change(call), values: call.input, before: call.before }),
    faults: (call) => {
      const { record, input: values, before, services, official } = call;
      const code = record === null ? null : codeOf(call);
      return services.setupEditor.faults({ ...place(call), code, values, before, by: official.actor });
    },
    actions: {
      uses: {
        kind: "record",
        label: msg("setup.setupColumns.actionsUsesLabel"),
        access: "configuration.read",
        read: (call) => call.services.setupEditor.uses({ ...place(call), actor: call.official.actor }),
      },
      history: {
        kind: "record",
        label: msg("setup.setupColumns.actionsHistoryLabel"),
        access: "configuration.read",
        read: (call) => call.services.setupEditor.history({ ...place(call), actor: call.official.actor }),
      },
      retire: {
        kind: "record",
        label: msg("setup.setupColumns.actionsRetireLabel"),
        access: "setup.edit",
        when: inUse,
        run: (call) => call.services.setupEditor.retire(change(call)),
      },
      restore: {
        kind: "record",
        label: msg("setup.setupColumns.actionsRestoreLabel"),
        access: "setup.edit",
        when: (row) => !inUse(row),
        run: (call) => call.services.setupEditor.restore(change(call)),
      },
      remove: {
        kind: "record",
        label: msg("setup.setupColumns.actionsRemoveLabel"),
        access: "setup.edit",
        run: (call) => call.services.setupEditor.remove(change(call)),
      },
    },
  };
}

/** The part of a definition that is the same for every set-up table. */
export const setupCommon = {
  group: "setup",
  access: { read: "configuration.read", write: "setup.edit" },
  title: titleOf,
  defaultSort: { column: "sortOrder", direction: "asc" },
} as const satisfies Partial<ResourceDefinition>;
