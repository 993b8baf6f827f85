/** What AdminJS tells the browser of a resource: ours in place of its own, which names every property five times over. */
import type { BaseResource } from "adminjs";
import { may, mayOpen, mayWrite, writableProgrammes } from "./may.js";
import type { Official } from "./official.js";
import type { ResourceDefinition } from "./resource-definition.js";
import type { ActionView, ResourceView } from "./resource-view.js";

function actionsFor(definition: ResourceDefinition, official: Official): ActionView[] {
  return Object.entries(definition.actions ?? {})
    .filter(([, action]) => may(official, action.access))
    .map(([name, { kind, label, component }]) => ({ name, kind, label, page: component !== undefined }));
}

/** Null where the resource is closed to this official. */
export function resourceView(definition: ResourceDefinition, official: Official): ResourceView | null {
  if (!mayOpen(official, definition)) return null;
  const { id, label, one, group, icon, columns, defaultSort } = definition;
  const programmes = writableProgrammes(official, definition);
  const writes = programmes.length > 0 || mayWrite(official, definition, null);
  return {
    id,
    label,
    one,
    group,
    icon,
    columns,
    defaultSort,
    create: writes && definition.create !== undefined,
    update: writes && definition.update !== undefined,
    collects: definition.collects === true,
    programmes,
    actions: actionsFor(definition, official),
  };
}

/** The parts of AdminJS's own ResourceJSON that its state, its router and our screens read. */
export function resourceJson(resource: BaseResource, view: ResourceView): Record<string, unknown> {
  const { actions } = resource.decorate();
  const ours = new Set(view.actions.map(({ name }) => name));
  const there = Object.values(actions).filter(({ name }) => {
    if (name === "list" || name === "show") return true;
    if (name === "new") return view.create;
    return name === "edit" ? view.update : ours.has(name);
  });
  const json = there.map((action) => {
    const { name, actionType, component, custom } = action.toJSON();
    return { name, actionType, component, custom, resourceId: view.id };
  });
  return {
    id: view.id,
    name: view.id,
    href: `/admin/resources/${view.id}`,
    navigation: null,
    titleProperty: { name: "id" },
    resourceActions: json.filter(({ actionType }) => actionType === "resource"),
    actions: json,
    properties: {},
    listProperties: [],
    showProperties: [],
    editProperties: [],
    filterProperties: [],
    view,
  };
}
