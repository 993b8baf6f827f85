/** Faults of a check at the places that they are about. */

import type { Bilingual } from "../../../engine/text/text.js";
import type { PolicyFault } from "../policy-part.js";

const isAt = (field: string, pointer: string): boolean => field === pointer || field.startsWith(`${pointer}/`);

/** Those of a place and of what stands below it. */
export const faultsUnder = (faults: readonly PolicyFault[], pointer: string): PolicyFault[] =>
  faults.filter(({ field }) => isAt(field, pointer));

/** The first error of a place and of what stands below it. */
export const faultAt = (faults: readonly PolicyFault[], pointer: string): Bilingual | null =>
  faults.find(({ field, severity }) => severity === "error" && isAt(field, pointer))?.reason ?? null;

/** Those of a rule that no field of its editor shows: of the rule as a whole, and warnings. */
export function faultsWithoutField(
  faults: readonly PolicyFault[],
  pointer: string,
  fields: readonly string[],
): PolicyFault[] {
  return faultsUnder(faults, pointer).filter(
    ({ field, severity }) => severity === "warning" || !fields.some((name) => isAt(field, `${pointer}/${name}`)),
  );
}
