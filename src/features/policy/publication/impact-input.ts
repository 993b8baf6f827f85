/** What the impact of a change-set is worked out from, and what is found. */

import type { Setup } from "../../../engine/setup/setup.js";
import type { RowTable, SetupTableName } from "../../../engine/setup/tables/setup-registry.js";
import { type Bilingual, quoted } from "../../../engine/text/text.js";
import type { StoredDefinition } from "../../setup/named-in-definitions.js";
import { type FileRow, rowsOf } from "../../setup/tables/setup-tables.js";
import type { Steps } from "./plan-steps.js";
import type { ChangedPolicy } from "./project-setup.js";

export interface Finding {
  readonly severity: "error" | "warning" | "info";
  readonly words: Bilingual;
  /** Where it is seen or corrected in the back office. */
  readonly link: string | null;
  /** Where the checks of policy find it: in a draft of the set, or in what is in force, at that place of the text. */
  readonly policy?: { readonly kind: string; readonly name: string; readonly field: string } | undefined;
  /** A row that the set adds and that it is about: there is none of it anywhere else yet. */
  readonly adds?: { readonly table: string; readonly code: string } | undefined;
}

/** What the database says of rows that go away. */
export interface CountedUse {
  readonly table: RowTable;
  readonly code: string;
  readonly open: number;
  /** Whether there are any, confidential ones among them, which `open` does not count. */
  readonly any: boolean;
  /** What would stand in the way as things are, of kinds that no set-up tells. */
  readonly blocking: readonly { readonly words: Bilingual; readonly link: string | null }[];
  /** What is good to know. */
  readonly told: readonly { readonly words: Bilingual; readonly link: string | null }[];
}

export interface ImpactInput {
  readonly before: Setup;
  readonly after: Setup;
  readonly steps: Steps;
  readonly policies: readonly ChangedPolicy[];
  readonly calendars: ReadonlySet<string>;
  /** Rules and workflows as they would be, and drafts outside the set: what they ask for stays. */
  readonly definitions: readonly StoredDefinition[];
  readonly counted: readonly CountedUse[];
  /** Codes of all seats that there are and were, where the set adds one. */
  readonly seatCodes: ReadonlySet<string>;
  /** Cases that the set sends elsewhere and that are no cases of the entity. */
  readonly strangers: readonly string[];
  /** Those that have ended since they were named: nothing of them moves. */
  readonly ended: readonly string[];
  readonly now: Date;
}

export const nameIn = (setup: Setup, table: SetupTableName, code: string): Bilingual => {
  const row = rowsOf(setup, table).get(code) as FileRow | undefined;
  return quoted((row?.name as Bilingual | undefined) ?? { en: code, ar: code });
};
export const error = (words: Bilingual, link: string | null = null): Finding => ({ severity: "error", words, link });

/** What is in force in a set-up, as the checks of rows want it. */
export function definitionsOf(setup: Setup): StoredDefinition[] {
  const stored = (
    kind: "rules" | "workflow",
    entries: ReadonlyMap<string, { versionId: number; version: number; definition: unknown }>,
  ) =>
    [...entries].map(([name, { versionId: id, version, definition }]) => ({
      ...{ id, kind, name, version, definition },
      status: "published" as const,
    }));
  return [...stored("rules", setup.ruleSets), ...stored("workflow", setup.workflows)];
}
