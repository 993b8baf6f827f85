/** The places that an official may open, as the page brings them to the browser. */
import type { Definitions, Target } from "./addresses.js";
import type { AdminAction, AdminResource, Office } from "./boot-data.js";
import { scriptJson } from "./html.js";
import { may, mayOpen, mayWrite, writableProgrammes } from "./may.js";
import { homePage } from "./navigation.js";
import type { Official } from "./official.js";
import type { ResourceDefinition } from "./resource-definition.js";
import type { ActionView, ResourceView } from "./resource-view.js";
import type { AssetAddresses } from "./serve-assets.js";

/** Screens of resources that have none of their own. */
const stockScreens = { list: "SetupList", show: "SetupShow", form: "SetupForm" } as const;

const screensOf = (resource: ResourceDefinition) => ({ ...stockScreens, ...resource.components });

function actionsFor(definition: ResourceDefinition, official: Official): ActionView[] {
  return Object.entries(definition.actions ?? {})
    .filter(([, action]) => may(official, action.access))
    .map(([name, { kind, label, component }]) => ({ name, kind, label, page: component !== undefined }));
}

/** Null where the resource is closed to this official. */
function resourceView(definition: ResourceDefinition, official: Official): ResourceView | null {
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

function adminResource(definition: ResourceDefinition, view: ResourceView): AdminResource {
  const { list, show, form } = screensOf(definition);
  const actions: AdminAction[] = [
    { name: "list", component: list },
    { name: "show", component: show },
    ...(view.create ? [{ name: "new", component: form }] : []),
    ...(view.update ? [{ name: "edit", component: form }] : []),
    ...view.actions.flatMap(({ name }) => {
      const component = definition.actions?.[name]?.component;
      return component === undefined ? [] : [{ name, component }];
    }),
  ];
  return { id: view.id, view, actions };
}

/** Name of the screen at an address. */
export function screenAt(target: Target, { pages }: Definitions): string | undefined {
  if (target.kind === "home") return pages.get(homePage)?.component;
  if (target.kind === "page") return target.page.component;
  const { list, show, form } = screensOf(target.resource);
  const builtIn: Readonly<Record<string, string>> = { list, show, new: form, edit: form };
  return target.custom === null ? builtIn[target.action] : target.custom.component;
}

/** Descriptions by what they name; few, since officials of a role see the same. */
const maxDescriptions = 200;

/** Gives the JSON of `Office` for an official, fit for the inside of a `<script>`. It names nobody. */
export function describeOffice(
  definitions: Definitions,
  { entry, areas }: Pick<AssetAddresses, "entry" | "areas">,
): (official: Official) => string {
  const made = new Map<string, string>();
  return (official) => {
    const seen = [...definitions.resources.values()].flatMap((definition) => {
      const view = resourceView(definition, official);
      return view === null ? [] : [{ definition, view }];
    });
    const pages = [...definitions.pages.values()].filter((page) => may(official, page.access));
    const key = JSON.stringify([
      seen.map(({ view: v }) => [v.id, v.create, v.update, v.programmes, v.actions.map(({ name }) => name)]),
      pages.map(({ name }) => name),
    ]);
    const before = made.get(key);
    if (before !== undefined) return before;
    const office: Office = {
      resources: seen.map(({ definition, view }) => adminResource(definition, view)),
      pages: pages.map(({ name, component }) => ({ name, component })),
      home: definitions.pages.get(homePage)?.component ?? "",
      words: entry.words,
      areas,
    };
    const text = scriptJson(office);
    if (made.size >= maxDescriptions) made.clear();
    made.set(key, text);
    return text;
  };
}
