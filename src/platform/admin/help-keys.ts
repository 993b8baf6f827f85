/** Which texts of the area `help` belong to an address of the back office. */
import { type RoleCode, roleOf } from "../../engine/access/roles.js";

/** In a form stands what holds for all forms too; a record has a text of its own, or its list's and what holds for all. */
function keysOfResource(resource: string, rest: readonly string[], has: (key: string) => boolean): string[] {
  const action = rest[0] === "records" ? rest[2] : rest[1];
  if (action === "new" || action === "edit") return [resource, "form"];
  if (action !== "show") return [resource];
  return has(`${resource}.show`) ? [`${resource}.show`] : [resource, "record"];
}

/**
 * @param path of the screen: `/admin/resources/cases/records/482-739-1652/show`
 * @param has whether there is a text of that key
 * @returns keys in the order of reading; none for an address that has no help
 */
export function helpKeys(path: string, roles: readonly RoleCode[], has: (key: string) => boolean): string[] {
  const [root, kind, name, ...rest] = path.split("/").filter((part) => part !== "");
  if (root !== "admin") return [];
  const keys =
    kind === undefined
      ? ["home", ...roles.map((role) => `home.${roleOf[role].home}`)]
      : name === undefined
        ? []
        : kind === "resources"
          ? keysOfResource(name, rest, has)
          : kind === "pages"
            ? [name]
            : [];
  return [...new Set(keys)].filter(has);
}
