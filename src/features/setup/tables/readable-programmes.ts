/** Which programmes an official may look into, and which of them a list is narrowed down to. */
import { can } from "../../../engine/access/permissions.js";
import type { Asked, FilterValue } from "../../../platform/admin/define-resource.js";

export async function readableProgrammes({ official, services }: Omit<Asked, "now">): Promise<string[]> {
  const all = await services.setup.programmes();
  return all.filter((programme) => can(official.actor, "configuration.read", { programme }));
}

export const isAsked = (filter: FilterValue | undefined, programme: string): boolean =>
  filter?.kind !== "oneOf" || filter.values.includes(programme);
