/** A table of the figures page as CSV or as a workbook, counted anew by the reader's rights of this moment. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writtenPeriod } from "../../../engine/measures/figure-period.js";
import { type FigureTable, figureTable, figureTables } from "../../../engine/measures/figure-tables.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Language } from "../../../engine/text/text.js";
import { openCsv, openXlsx, type SheetAsked, type SheetFile } from "../../cases/export/write-sheets.js";
import type { Figures, FiguresAsked } from "./figures.service.js";

export interface FiguresFileAsked extends FiguresAsked {
  readonly part: string;
  readonly format: string;
  readonly language: Language;
}

export interface FiguresFile {
  readonly name: string;
  readonly type: string;
  /** What the file holds, in base 64: a few hundred rows at most. */
  readonly content: string;
}

interface Format {
  readonly type: string;
  readonly open: (asked: SheetAsked) => Promise<SheetFile>;
}
const formats: Readonly<Record<string, Format>> = {
  csv: { type: "text/csv", open: openCsv },
  xlsx: { type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", open: openXlsx },
};

async function written(table: FigureTable, { open }: Format, language: Language): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), "diwan-figures-"));
  try {
    const path = join(folder, "table");
    const file = await open({
      path,
      title: table.title,
      language,
      columns: table.columns.map(({ label, kind }) => ({ label, kind, width: kind === "text" ? 36 : 16 })),
      wallClock: (at) => at.getTime(),
    });
    await file.add(table.rows);
    await file.finish();
    return await readFile(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Problems: those of `figures`; not-found where the reader may have no file of them; invalid-input for another part or format. */
export function createFiguresFile(figures: Figures): (asked: FiguresFileAsked) => Promise<FiguresFile> {
  return async (asked) => {
    const part = figureTables.find((one) => one === asked.part);
    const format = Object.hasOwn(formats, asked.format) ? formats[asked.format] : undefined;
    if (part === undefined || format === undefined)
      throw new Problem("invalid-input", msg("reports.figures.noSuchFile"), [
        { field: part === undefined ? "/part" : "/format", reason: msg("reports.figures.noSuchFile") },
      ]);
    const view = await figures(asked);
    if (!view.scope.exports) throw new Problem("not-found", msg("reports.figures.notYours"));
    const content = await written(figureTable(part, view, asked.language), format, asked.language);
    return {
      name: `figures-${part}-${writtenPeriod(view.period)}.${asked.format}`,
      type: format.type,
      content: content.toString("base64"),
    };
  };
}
