/** What a scope is called: its entity, its sector, or the programme. */

import type { FigureScope } from "../../../engine/measures/figure-scopes.js";
import type { Setup } from "../../../engine/setup/setup.js";
import type { Bilingual } from "../../../engine/text/text.js";

export function placeName({ kind, code }: Pick<FigureScope, "kind" | "code">, setup: Setup): Bilingual {
  if (code === null) return setup.programme.name;
  const records = kind === "sector" ? setup.sectors : setup.entities;
  return records.get(code)?.name ?? { en: code, ar: code };
}
