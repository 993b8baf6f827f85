import type { Policies } from "../configuration/policies.js";
import type { CaseReach } from "../domain/permissions.js";
import type { Setup } from "../domain/setup.js";

export interface SetupSource {
  readonly policies: Policies;
}

/** The set-ups of all programmes in which the reach lies, by programme. */
export async function setupsIn(parts: SetupSource, reach: CaseReach): Promise<Map<string, Setup>> {
  const named = new Set([
    ...reach.all,
    ...reach.confidentialUnplaced,
    ...[
      ...reach.subtreeOf,
      ...reach.entities,
      ...reach.sectorsTriage,
      ...reach.confidentialEntities,
      ...reach.confidentialTriage,
    ].map(({ programme }) => programme),
  ]);
  const policies = await parts.policies.freshOf((inUse) =>
    reach.everything ? inUse : inUse.filter((code) => named.has(code)),
  );
  return new Map(policies.map(({ setup }) => [setup.programme.code, setup]));
}
