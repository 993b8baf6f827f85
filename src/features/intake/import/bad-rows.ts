/** The report of an import: rows that did not come in, and those that came in with a warning, with line and reason. */

import { type FileHandle, open } from "node:fs/promises";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";

/** The rows hold what applicants wrote. */
const ownerOnly = 0o600;

export interface BadRow {
  readonly line: number;
  readonly outcome: "refused" | "warning";
  /** Title of the column; empty for the whole row. */
  readonly column: string;
  readonly reason: string;
  /** The row as it stands in the file. */
  readonly text: string;
}

export interface BadRows {
  add(rows: readonly BadRow[]): Promise<void>;
  /** Where the report stands; null when there was nothing to report. */
  close(): Promise<string | null>;
}

/** A spreadsheet would take what begins like a formula for one; an apostrophe keeps it text. */
function cellOf(value: string): string {
  const text = /^\s*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const lineOf = (cells: readonly string[]): string => `${cells.map(cellOf).join(",")}\r\n`;

/** The file is made with the first row; one that is there is written anew. Problem `invalid-input` when it cannot be written. */
export function badRows(path: string): BadRows {
  let handle: FileHandle | null = null;
  let written = false;
  const opened = async (): Promise<FileHandle> => {
    try {
      const file = await open(path, "w", ownerOnly);
      // One that was there keeps its mode otherwise; what is no file (a terminal) is left as it is.
      if ((await file.stat()).isFile()) await file.chmod(ownerOnly);
      // With a byte order mark spreadsheets read Arabic as it is.
      await file.appendFile(`\ufeff${lineOf(["line", "outcome", "column", "reason", "row"])}`);
      return file;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const reason = msg("intake.badRows.theReportCannotBeWritten", { path, why });
      throw new Problem("invalid-input", reason, [{ field: "--report", reason }]);
    }
  };
  return {
    async add(rows) {
      if (rows.length === 0) return;
      handle ??= await opened();
      written = true;
      const lines = rows.map(({ line, outcome, column, reason, text }) =>
        lineOf([String(line), outcome, column, reason, text]),
      );
      await handle.appendFile(lines.join(""));
    },
    async close() {
      await handle?.close();
      handle = null;
      return written ? path : null;
    },
  };
}
