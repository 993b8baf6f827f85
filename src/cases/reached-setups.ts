import type { Policies } from "../configuration/policies.js";
import type { CaseReach } from "../domain/permissions.js";
import type { Setup } from "../domain/setup.js";

export interface SetupSource {
  readonly policies: Policies;
  readonly programmes: () => Promise<readonly string[]>;
}

/** The set-ups of all programmes in which the reach lies, by programme. */
export async function setupsIn(parts: SetupSource, reach: CaseReach): Promise<Map<string, Setup>> {
  const named = [
    ...reach.all,
    ...reach.confidentialUnplaced,
    ...[
      ...reach.subtreeOf,
      ...reach.entities,
      ...reach.sectorsTriage,
      ...reach.confidentialEntities,
      ...reach.confidentialTriage,
    ].map(({ programme }) => programme),
  ];
  const known = await parts.programmes();
  const codes = reach.everything ? known : known.filter((code) => named.includes(code));
  const setups = await Promise.all(codes.map(async (code) => (await parts.policies.fresh(code)).setup));
  return new Map(setups.map((setup) => [setup.programme.code, setup]));
}
