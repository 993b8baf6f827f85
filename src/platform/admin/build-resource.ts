/** A definition as a resource of AdminJS: five actions at most besides its own, each asking the permission table. */

import type { ActionContext, ActionRequest, ActionResponse, BaseRecord, ResourceWithOptions } from "adminjs";
import type { Sequelize } from "sequelize";
import { msg } from "../../engine/text/msg.js";
import { askedOf, isAct, ListFilter } from "./asked.js";
import { readBefore, readFormValues, requireValid } from "./form-values.js";
import { may, mayIn, mayOpen, mayWrite, writableProgrammes } from "./may.js";
import { passedGate } from "./opened.js";
import { ReadResource } from "./read-resource.js";
import { badInput, notAllowed, nothingHere } from "./refusals.js";
import type { ActionDefinition, Call, Column, ResourceDefinition } from "./resource-definition.js";
import type { ActionAnswer, ListAnswer, RecordView } from "./resource-view.js";
import { ScopedResource } from "./scoped-resource.js";
import { type AllBuilt, type Built, programmeOf, rowOf, showRecords } from "./show-records.js";
import type { ListedPage, Row } from "./sources.js";

type Body = Readonly<Record<string, unknown>>;

export function buildSource(db: Sequelize, definition: ResourceDefinition): Built {
  const { source } = definition;
  if (source.kind === "read") return { definition, resource: new ReadResource(definition, source) };
  return { definition, resource: new ScopedResource(source.model(db), definition, source) };
}

/** Throws when a reference leads nowhere, or to something that codes cannot name. */
export function checkReferences(all: AllBuilt): void {
  for (const { definition } of all.values()) {
    for (const { name, reference } of definition.columns) {
      if (reference === undefined) continue;
      const target = all.get(reference)?.definition;
      const place = `Resource “${definition.id}”, column “${name}”`;
      if (target === undefined) throw new Error(`${place}: there is no resource “${reference}”`);
      const { source } = target;
      const named = source.kind === "read" ? source.names !== undefined : target.columns.some((c) => c.name === "code");
      if (!named) throw new Error(`${place}: records of “${reference}” are not named by a code`);
    }
  }
}

const bodyOf = (request: ActionRequest): Body => (request.payload ?? {}) as Body;

/** What AdminJS looks for in an answer, whatever of it our screens need. */
const nothingForAdminJs = {
  params: {},
  populated: {},
  errors: {},
  baseError: null,
  recordActions: [],
  bulkActions: [],
};

/** What AdminJS's own pages look for in a record besides ours. */
function forAdminJs(view: RecordView, record: BaseRecord | null, context: ActionContext) {
  const decorated = context.resource.decorate();
  const actions = Object.values(decorated.actions).filter(
    (action) => action.isRecordType() && action.isAccessible(context.currentAdmin, record ?? undefined),
  );
  return {
    ...view,
    ...nothingForAdminJs,
    recordActions: actions.map((action) => ({ name: action.name, resourceId: decorated.id() })),
  };
}

interface Handling {
  readonly definition: ResourceDefinition;
  readonly all: AllBuilt;
}

function callOf(context: ActionContext, response: unknown, more: Partial<Call>): Call {
  const { official, now, services } = askedOf(context);
  const { query } = passedGate(response);
  return { official, now, services, query, record: null, ids: [], input: {}, before: {}, programme: null, ...more };
}

async function answerRecord(h: Handling, record: BaseRecord, view: unknown, context: ActionContext) {
  const [shown] = await showRecords(h.definition, [rowOf(record)], h.all, context);
  return { record: forAdminJs(shown as RecordView, record, context), view: view ?? null };
}

/** A record of which nothing is told but which one it is. */
const untold = (id: string): RecordView => ({
  id,
  title: { ar: "", en: "" },
  programme: null,
  values: {},
  names: {},
  actions: [],
});

/** After an act the record is read anew; it may have left the official's reach by it. */
async function answerAnew(h: Handling, id: string, view: unknown, context: ActionContext) {
  const built = h.all.get(h.definition.id) as Built;
  const [record] = await built.resource.findMany([id], context);
  if (record !== undefined) return answerRecord(h, record, view, context);
  return { record: forAdminJs({ ...untold(id), gone: true }, null, context), view: view ?? null };
}

/** Of an action that does not read the whole record. */
function answerUntold({ leaves }: ActionDefinition, id: string, view: unknown) {
  const gone = leaves?.(view) === true;
  return {
    record: { ...untold(id), ...(gone && { gone: true as const }), ...nothingForAdminJs },
    view: view ?? null,
  };
}

async function list(h: Handling, response: unknown, context: ActionContext): Promise<ListAnswer> {
  const { list: asked } = passedGate(response);
  if (asked === null) throw nothingHere();
  const { resource } = h.all.get(h.definition.id) as Built;
  const filter = new ListFilter(asked.filters, asked.search);
  const { page, perPage, sort } = asked;
  const options = {
    limit: perPage,
    offset: (page - 1) * perPage,
    sort: { sortBy: sort.column, direction: sort.direction },
  };
  const { rows, sortedBy, ...counted }: ListedPage =
    resource instanceof ReadResource
      ? await resource.listed(filter, options, context)
      : {
          rows: (await resource.find(filter, options, context)).map(rowOf),
          total: await resource.count(filter, context),
          estimated: false,
        };
  return {
    meta: { ...counted, page, perPage, sortBy: sortedBy ?? sort.column, direction: sort.direction },
    records: await showRecords(h.definition, rows, h.all, context),
  };
}

const whenNew = ({ edit }: Column): boolean => edit === true || edit === "new";
const whenEdited = ({ edit }: Column): boolean => edit === true;

/** In which programme something is created: the only one, or the one that the form names. */
function programmeOfNew(definition: ResourceDefinition, context: ActionContext, named: unknown): string | null {
  const { official } = askedOf(context);
  const { source } = definition;
  if (source.kind === "model" && source.programme === null) {
    if (!mayWrite(official, definition, null)) throw notAllowed();
    return null;
  }
  const programmes = writableProgrammes(official, definition);
  if (programmes.length === 0) throw notAllowed();
  if (named === undefined || named === null) {
    if (programmes.length === 1) return programmes[0] as string;
    throw badInput([{ field: "/programme", reason: msg("admin.buildResource.chooseTheProgramme") }]);
  }
  if (typeof named !== "string" || !programmes.includes(named)) {
    throw badInput([{ field: "/programme", reason: msg("admin.buildResource.thisIsNoneOfYours") }]);
  }
  return named;
}

async function create(h: Handling, request: ActionRequest, response: unknown, context: ActionContext) {
  const { definition } = h;
  if (definition.create === undefined) throw nothingHere();
  const body = bodyOf(request);
  const programme = programmeOfNew(definition, context, body.programme);
  const form = readFormValues(definition, body.values, whenNew, { complete: true });
  const call = callOf(context, response, { input: form.values, programme });
  await requireValid(form, definition, call);
  const { id } = await definition.create(call);
  return answerAnew(h, id, null, context);
}

async function edit(h: Handling, request: ActionRequest, response: unknown, context: ActionContext) {
  const { definition } = h;
  const record = context.record as BaseRecord;
  const row = rowOf(record);
  const programme = programmeOf(definition, row);
  if (definition.update === undefined) throw nothingHere();
  if (!mayWrite(askedOf(context).official, definition, programme)) throw notAllowed();
  if (!isAct(request)) return answerRecord(h, record, null, context);
  const body = bodyOf(request);
  const form = readFormValues(definition, body.values, whenEdited, { complete: false });
  const before = readBefore(definition, body.before);
  const call = callOf(context, response, { record: row, input: form.values, before, programme });
  await requireValid(form, definition, call);
  await definition.update(call);
  return answerAnew(h, String(row.id), null, context);
}

function customHandler(h: Handling, action: ActionDefinition) {
  return async (request: ActionRequest, response: unknown, context: ActionContext): Promise<ActionResponse> => {
    const { official } = askedOf(context);
    const get = !isAct(request);
    const work = get ? action.read : action.run;
    const input = get ? {} : bodyOf(request);
    const records = action.kind === "record" ? [context.record as BaseRecord] : (context.records ?? []);
    for (const record of records) {
      if (!mayIn(official, action.access, programmeOf(h.definition, rowOf(record)))) throw notAllowed();
    }
    if (records.length === 0 && !may(official, action.access)) throw notAllowed();
    if (action.kind !== "record") {
      const view = await work?.(callOf(context, response, { input, ids: records.map((r) => String(rowOf(r).id)) }));
      // AdminJS wants to see records in the answer of a bulk action.
      return { view: view ?? null, ...(action.kind === "bulk" && { records: [] }) } satisfies ActionAnswer;
    }
    const row: Row = rowOf(records[0] as BaseRecord);
    const programme = programmeOf(h.definition, row);
    const view = await work?.(callOf(context, response, { input, record: row, programme }));
    if (action.needs !== undefined) return answerUntold(action, String(row.id), view);
    return get
      ? answerRecord(h, records[0] as BaseRecord, view, context)
      : answerAnew(h, String(row.id), view, context);
  };
}

const closed = { isAccessible: false, isVisible: false } as const;

type Rule = (context: ActionContext) => boolean;

/** AdminJS answers what is not accessible with 200 and a notice; a refusal has to be one, before anything else happens. */
const guarded = (isAccessible: Rule) => ({
  isAccessible,
  before: [
    (request: ActionRequest, context: ActionContext) => {
      if (!isAccessible(context)) throw notAllowed();
      return request;
    },
  ],
});
const never: Rule = () => false;

/** The resource with its options for AdminJS. Every handler and every rule of access is ours. */
export function buildResource(built: Built, all: AllBuilt): ResourceWithOptions {
  const { definition, resource } = built;
  const h: Handling = { definition, all };
  const opens: Rule = ({ currentAdmin }) => mayOpen(askedOf({ currentAdmin }).official, definition);
  const writes: Rule = ({ currentAdmin, record }) => {
    const { official } = askedOf({ currentAdmin });
    const programme = record ? programmeOf(definition, rowOf(record)) : null;
    return record && programme !== null
      ? mayWrite(official, definition, programme)
      : writableProgrammes(official, definition).length > 0 || mayWrite(official, definition, null);
  };
  const custom = Object.entries(definition.actions ?? {}).map(([name, action]) => [
    name,
    {
      name,
      actionType: action.kind,
      ...guarded(({ currentAdmin, record }) =>
        mayIn(
          askedOf({ currentAdmin }).official,
          action.access,
          record ? programmeOf(definition, rowOf(record)) : null,
        ),
      ),
      handler: customHandler(h, action),
    },
  ]);
  return {
    resource,
    options: {
      id: definition.id,
      navigation: false,
      actions: {
        list: {
          ...guarded(opens),
          handler: (_request: ActionRequest, response: unknown, context: ActionContext) => list(h, response, context),
        },
        show: {
          ...guarded(opens),
          handler: (_request: ActionRequest, _response: unknown, context: ActionContext) =>
            answerRecord(h, context.record as BaseRecord, null, context),
        },
        new: {
          ...guarded(definition.create === undefined ? never : writes),
          handler: (request: ActionRequest, response: unknown, context: ActionContext) =>
            create(h, request, response, context),
        },
        edit: {
          ...guarded(definition.update === undefined ? never : writes),
          handler: (request: ActionRequest, response: unknown, context: ActionContext) =>
            edit(h, request, response, context),
        },
        delete: closed,
        bulkDelete: closed,
        search: closed,
        ...Object.fromEntries(custom),
      },
    },
  } as unknown as ResourceWithOptions;
}
