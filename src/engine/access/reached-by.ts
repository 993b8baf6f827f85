/** Which roles reach a case by where it is, whichever people hold them: so a policy can be held against the one matrix of permissions. */

import { type Actor, type CaseSubject, rolesFor } from "./permissions.js";
import { placeOfRole, type RoleCode, roleCodes } from "./roles.js";

/** Where a case can be: with an entity, waiting in a sector, or with neither. */
export const casePlaces = ["entity", "sector", "nowhere"] as const;
export type CasePlace = (typeof casePlaces)[number];

const programme = "p";
const entity = "e";
const sector = "s";

/** A person with a position of every role, each where the case is or would be. */
const everyone: Actor = {
  kind: "user",
  userId: 0,
  name: "",
  seats: roleCodes.map((role) => ({
    role,
    programme,
    entity: placeOfRole[role] === "entity" ? entity : null,
    sector: placeOfRole[role] === "sector" ? sector : null,
  })),
};

const tree = new Map([[entity, { parent: null }]]);

function reachAt(place: CasePlace, confidential: boolean): ReadonlySet<RoleCode> {
  const subject: CaseSubject = {
    programme,
    entity: place === "entity" ? entity : null,
    sector: place === "nowhere" ? null : sector,
    confidential,
  };
  const about = { case: subject, entities: tree };
  const reads = rolesFor(everyone, "case.read", about);
  return new Set([...rolesFor(everyone, "case.act", about)].filter((role) => reads.has(role)));
}

const known = new Map<string, ReadonlySet<RoleCode>>();

/**
 * The roles that see such a case and may act on it where a workflow lets them. The contact centre is not among them: it acts for an
 * applicant who calls, and sees no case.
 */
export function rolesThatReach(place: CasePlace, confidential: boolean): ReadonlySet<RoleCode> {
  const key = `${place} ${confidential}`;
  const found = known.get(key) ?? reachAt(place, confidential);
  known.set(key, found);
  return found;
}
