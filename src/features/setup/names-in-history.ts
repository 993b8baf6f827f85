/** What the codes in a history of changes are called, so that nobody reads codes there. */

import type { Setup } from "../../engine/setup/setup.js";
import type { SetupTableName } from "../../engine/setup/tables/setup-registry.js";
import type { Bilingual } from "../../engine/text/text.js";
import type { SetupChange } from "./setup-history.js";
import { referred, rowsOf } from "./tables/setup-tables.js";

function nameOf(setup: Setup, field: string, code: string): Bilingual | undefined {
  if (field === "workflow") return setup.workflows.get(code)?.definition.name;
  const table = referred[field];
  if (table === undefined) return undefined;
  return rowsOf(setup, table as SetupTableName).get(code)?.name as Bilingual | undefined;
}

/** Names of rows that the values of these changes refer to, as `field.CODE`; of what is not there any more there is none. */
export function namesInHistory(changes: readonly SetupChange[], setup: Setup): Readonly<Record<string, Bilingual>> {
  const named = changes.flatMap(({ field, from, to }) =>
    [from, to]
      .flat()
      .filter((code) => typeof code === "string")
      .flatMap((code): [string, Bilingual][] => {
        const name = nameOf(setup, field, code);
        return name === undefined ? [] : [[`${field}.${code}`, name]];
      }),
  );
  return Object.fromEntries(named);
}
