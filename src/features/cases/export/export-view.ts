/** What screens are told of exports. */
import type { Bilingual, Language } from "../../../engine/text/text.js";

export interface ExportChoices {
  readonly columns: readonly {
    readonly code: string;
    readonly label: Bilingual;
    readonly usual: boolean;
    readonly personal: boolean;
  }[];
  readonly most: number;
  /** How many at most where the file says who applicants are. */
  readonly maxPersonal: number;
}

export interface ExportView {
  readonly id: string;
  readonly state: "waiting" | "running" | "done" | "failed" | "cancelled";
  readonly format: "xlsx" | "csv";
  readonly language: Language;
  readonly personal: boolean;
  readonly rows: number;
  /** About how many there will be. */
  readonly expected: number;
  readonly bytes: number | null;
  readonly failure: Bilingual | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  /** Until when the file is there; null: there is none, or no longer. */
  readonly expiresAt: Date | null;
}
