/** Whether somebody may see a case at all: for doors that ask before an act, without reading the case. */

import { type Actor, can } from "../../engine/access/permissions.js";
import { parseReference } from "../../engine/lifecycle/case-reference.js";
import type { CaseParts } from "./case-parts.js";
import { placeOfCase } from "./case-queries.js";

/** The number and the programme of a case that the actor may see; null where there is none, and where it is not theirs. */
export async function caseInReach(
  { db, policies }: Pick<CaseParts, "db" | "policies">,
  a: { reference: string; actor: Actor },
): Promise<{ readonly caseId: number; readonly programme: string } | null> {
  const reference = parseReference(a.reference);
  const place = reference === null ? null : await placeOfCase(db, reference);
  if (place === null) return null;
  const { id: caseId, programme, revision } = place;
  const { entities } = await policies.loaded(async () => policies.at(programme, revision).setup);
  return can(a.actor, "case.read", { case: place, entities }) ? { caseId, programme } : null;
}
