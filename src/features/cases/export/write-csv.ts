/** CSV (RFC 4180) as spreadsheets read it: UTF-8 that says so, texts that run nothing, moments that sort. */
import { open } from "node:fs/promises";
import { csvLine, safeText } from "../../../engine/text/safe-cell.js";
import type { Cell, CellKind } from "./export-columns.js";
import type { SheetAsked, SheetFile } from "./sheet-file.js";

const byteOrderMark = "\ufeff";

function duration(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}

function written(cell: Cell, kind: CellKind, wallClock: SheetAsked["wallClock"]): string {
  if (cell === null) return "";
  if (cell instanceof Date) return new Date(wallClock(cell)).toISOString().slice(0, 16).replace("T", " ");
  if (typeof cell === "number") return kind === "duration" ? duration(cell) : String(cell);
  return safeText(cell);
}

/** Opens the file and writes its head. Errors are those of the disk. */
export async function openCsv({ path, columns, wallClock }: SheetAsked): Promise<SheetFile> {
  const file = await open(path, "w", 0o600);
  let bytes = 0;
  const write = async (text: string): Promise<void> => {
    const data = Buffer.from(text);
    bytes += data.length;
    await file.writeFile(data);
  };
  try {
    await write(byteOrderMark + csvLine(columns.map(({ label }) => safeText(label))));
  } catch (error) {
    await file.close().catch(() => undefined);
    throw error;
  }
  return {
    add: (rows) =>
      write(
        rows.map((row) => csvLine(row.map((cell, i) => written(cell, columns[i]?.kind ?? "text", wallClock)))).join(""),
      ),
    async finish() {
      await file.sync();
      await file.close();
      return bytes;
    },
    abandon: () => file.close().catch(() => undefined),
  };
}
