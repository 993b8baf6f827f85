/** What kind of institution an entity is: for people to read. It decides nothing. */
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";

export const entityKinds = {
  government: msg("setup.entityKinds.entityKindsGovernment"),
  ministry: msg("setup.entityKinds.entityKindsMinistry"),
  authority: msg("setup.entityKinds.entityKindsAuthority"),
  commission: msg("setup.entityKinds.entityKindsCommission"),
  council: msg("setup.entityKinds.entityKindsCouncil"),
  department: msg("setup.entityKinds.entityKindsDepartment"),
  directorate: msg("setup.entityKinds.entityKindsDirectorate"),
  corporation: msg("setup.entityKinds.entityKindsCorporation"),
  company: msg("setup.entityKinds.entityKindsCompany"),
  fund: msg("setup.entityKinds.entityKindsFund"),
  centre: msg("setup.entityKinds.entityKindsCentre"),
  governorate: msg("setup.entityKinds.entityKindsGovernorate"),
  city: msg("setup.entityKinds.entityKindsCity"),
  municipality: msg("setup.entityKinds.entityKindsMunicipality"),
  university: msg("setup.entityKinds.entityKindsUniversity"),
  hospital: msg("setup.entityKinds.entityKindsHospital"),
  unit: msg("setup.entityKinds.entityKindsUnit"),
  other: msg("setup.entityKinds.entityKindsOther"),
} as const satisfies Readonly<Record<string, Bilingual>>;

export type EntityKind = keyof typeof entityKinds;
export const entityKindCodes = Object.keys(entityKinds) as [EntityKind, ...EntityKind[]];

/** The institution that a unit belongs to, through units of units; anything else belongs to itself. */
export function bodyOf(
  entity: string,
  entities: ReadonlyMap<string, { readonly kind: string; readonly parent: string | null }>,
): string {
  const seen = new Set<string>();
  let code = entity;
  for (;;) {
    const found = entities.get(code);
    if (found?.kind !== "unit" || found.parent === null || seen.has(code)) return code;
    seen.add(code);
    code = found.parent;
  }
}
