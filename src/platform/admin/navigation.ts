/** What an official finds in the back office, as the browser is told with the page. */

import type { HeldSeat } from "../../engine/access/permissions.js";
import { roleNames } from "../../engine/access/roles.js";
import type { Setup } from "../../engine/setup/setup.js";
import { msg } from "../../engine/text/msg.js";
import type { Bilingual, Language } from "../../engine/text/text.js";
import type { Definitions } from "./addresses.js";
import type { Boot, BootRole, NavigationGroup, NavigationItem } from "./boot-data.js";
import { may, mayOpen } from "./may.js";
import type { Official } from "./official.js";

/** In the order of the work: what waits, who, with what, by which policy, and whether it runs. */
const groups = [
  { group: "home", label: msg("admin.navigation.overview") },
  { group: "cases", label: msg("admin.navigation.cases") },
  { group: "policy", label: msg("admin.navigation.policy") },
  { group: "setup", label: msg("admin.navigation.setUp") },
  { group: "people", label: msg("admin.navigation.people") },
  { group: "operation", label: msg("admin.navigation.operation") },
  { group: "account", label: msg("admin.navigation.myAccount") },
] as const;

type Placed = NavigationItem & { readonly group: string; readonly order: number };

/** The name of the page that stands at `/admin` itself. */
export const homePage = "home";

function navigationOf(official: Official, { resources, pages }: Definitions): readonly NavigationGroup[] {
  const items: Placed[] = [
    ...[...resources.values()]
      .filter(
        (resource) =>
          !resource.hidden && mayOpen(official, resource) && may(official, resource.access.listed ?? (() => true)),
      )
      .map(({ id, label, icon, group, order, collects }) => ({
        label,
        icon,
        group,
        order,
        href: `/admin/resources/${id}`,
        ...(collects && { collects }),
      })),
    ...[...pages.values()]
      .filter((page) => !page.hidden && may(official, page.access))
      .map(({ name, label, icon, group, order, leadsTo }) => ({
        label,
        icon,
        group,
        order,
        href: name === homePage ? "/admin" : `/admin/pages/${name}`,
        ...(leadsTo && { leadsTo: { path: `/admin/pages/${leadsTo.page}`, query: leadsTo.query } }),
      })),
  ];
  return groups.flatMap(({ group, label }) => {
    const own = items.filter((item) => item.group === group).sort((a, b) => a.order - b.order);
    if (own.length === 0) return [];
    return [{ id: group, group: label, items: own.map(({ group: _, order: __, ...item }) => item) }];
  });
}

function placeOf(seat: HeldSeat, setups: ReadonlyMap<string, Setup>): Bilingual | null {
  const setup = setups.get(seat.programme);
  if (seat.entity !== null) return setup?.entities.get(seat.entity)?.name ?? null;
  return seat.sector === null ? null : (setup?.sectors.get(seat.sector)?.name ?? null);
}

function rolesOf(official: Official, setups: ReadonlyMap<string, Setup>): readonly BootRole[] {
  return official.actor.seats.map((seat) => ({
    role: seat.role,
    name: roleNames[seat.role],
    place: placeOf(seat, setups),
  }));
}

/** `setups`: of the programmes in which the official holds seats. */
export function bootOf(
  official: Official,
  language: Language,
  definitions: Definitions,
  setups: ReadonlyMap<string, Setup>,
): Boot {
  const [first] = setups.values();
  return {
    language,
    ...(first && { timeZone: first.programme.timeZone }),
    official: { id: official.userId, name: official.name, roles: rolesOf(official, setups) },
    navigation: navigationOf(official, definitions),
    programmes: [...setups.values()].map(({ programme: { code, name, settings } }) => ({
      code,
      name,
      secondPerson: settings.secondPerson === true,
    })),
  };
}
