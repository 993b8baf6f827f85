import type { CaseReach } from "../../../engine/access/permissions.js";
import type { Policy } from "../../../engine/setup/policy.js";
import type { Setup } from "../../../engine/setup/setup.js";
import type { Policies } from "../../setup/policies.js";

export interface SetupSource {
  readonly policies: Policies;
}

/** What is published in all programmes in which the reach lies, by programme. */
export async function policiesIn(parts: SetupSource, reach: CaseReach): Promise<Map<string, Policy>> {
  const named = new Set([
    ...reach.all,
    ...reach.confidentialUnplaced,
    ...[
      ...reach.subtreeOf,
      ...reach.entities,
      ...reach.sectorsTriage,
      ...reach.confidentialEntities,
      ...reach.confidentialTriage,
      ...reach.requestedBy,
    ].map(({ programme }) => programme),
  ]);
  const policies = await parts.policies.freshOf((inUse) =>
    reach.everything ? inUse : inUse.filter((code) => named.has(code)),
  );
  return new Map(policies.map((policy) => [policy.setup.programme.code, policy]));
}

/** Their set-ups. */
export async function setupsIn(parts: SetupSource, reach: CaseReach): Promise<Map<string, Setup>> {
  return new Map([...(await policiesIn(parts, reach))].map(([code, { setup }]) => [code, setup]));
}
