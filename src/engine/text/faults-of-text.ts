/** What a parser takes from a JSON file and nobody meant, or could store: names written twice, broken characters, nesting without end. */
import { doubledNames, doubledNameWords } from "./doubled-names.js";
import type { FieldFault } from "./problems.js";
import { unstorableIn } from "./storable-value.js";

export interface FaultsOfText {
  readonly faults: readonly FieldFault[];
  /** Whether what it says can be looked through; else it would exhaust whoever tries. */
  readonly sound: boolean;
}

/** @param value what the text says */
export function faultsOfText(text: string, value: unknown): FaultsOfText {
  const doubled = doubledNames(text).map((one) => ({ field: one.path, reason: doubledNameWords(one) }));
  // A file may be as large as the set-up is: only its form is bounded here.
  const { whole, faults } = unstorableIn(value, Number.POSITIVE_INFINITY);
  return { faults: [...doubled, ...(whole === null ? faults : [whole])], sound: whole === null };
}
