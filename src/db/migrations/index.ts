/** All migrations, in the order in which they run. A migration that has run anywhere is never edited: add another. */
import { foundation } from "./2026-11-25-foundation.js";
import { reportIndexes } from "./2026-11-25-report-indexes.js";

export interface Migration {
  readonly name: string;
  readonly up: string;
}

export const migrations: readonly Migration[] = [foundation, reportIndexes];
