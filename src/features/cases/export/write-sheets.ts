/**
 * Files of rows that grow while they are written: CSV (RFC 4180) as spreadsheets read it, and a workbook of one sheet (ECMA-376), written row by row: heading that stays in sight, filters, dates that are dates,
 * durations that add up, from right to left in Arabic. A million rows need no more memory than a thousand.
 */

import { open } from "node:fs/promises";
import { csvLine, safeText } from "../../../engine/text/safe-cell.js";
import type { Language } from "../../../engine/text/text.js";
import type { Cell, CellKind } from "./export-columns.js";
import { openZip, type ZipFile } from "./zip-file.js";

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

interface SheetColumn {
  readonly label: string;
  readonly kind: CellKind;
  readonly width: number;
}

export interface SheetAsked {
  readonly path: string;
  /** What the sheet is called. */
  readonly title: string;
  readonly language: Language;
  readonly columns: readonly SheetColumn[];
  /** Moments in cells are what the clock on the wall of this zone says. */
  readonly wallClock: (at: Date) => number;
}

export interface SheetFile {
  /** The next rows; resolves once they are handed to the disk, so that nothing piles up in memory. */
  add(rows: readonly (readonly Cell[])[]): Promise<void>;
  /** Ends the file; gives its size. */
  finish(): Promise<number>;
  /** Closes it as it is, for throwing it away. Never throws. */
  abandon(): Promise<void>;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packaged = "http://schemas.openxmlformats.org/package/2006";
const part = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** Places in `cellXfs` below. */
const styleOf: Readonly<Record<CellKind, number>> = { text: 1, number: 0, moment: 2, duration: 3 };
const headingStyle = 4;

const styles = `${declaration}<styleSheet xmlns="${main}">
<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/><numFmt numFmtId="165" formatCode="[h]:mm"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="Arial"/></font><font><b/><sz val="11"/><color rgb="FFFFFFFF"/><name val="Arial"/></font></fonts>
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FF14532D"/><bgColor indexed="64"/></patternFill></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>`;

/** Parts that say how the others belong together. */
function frame(title: string): readonly (readonly [string, string])[] {
  return [
    [
      "[Content_Types].xml",
      `${declaration}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${part}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${part}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${part}.styles+xml"/></Types>`,
    ],
    [
      "_rels/.rels",
      `${declaration}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      "xl/workbook.xml",
      `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${escaped(sheetName(title))}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ],
    [
      "xl/_rels/workbook.xml.rels",
      `${declaration}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    ],
    ["xl/styles.xml", styles],
  ];
}

/** At most 31 characters, and none that means something in a formula. */
const sheetName = (title: string): string => title.replace(/[[\]:*?/\\']/g, " ").slice(0, 31);

const dayMs = 86_400_000;
/** The day 0 of spreadsheets, with the 29 February 1900 that never was. */
const dayZero = Date.UTC(1899, 11, 30);

/** `A`, `B`, … `AA`. */
function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

const textCell = (at: string, text: string, style: number): string =>
  `<c r="${at}" t="inlineStr" s="${style}"><is><t xml:space="preserve">${escaped(safeText(text))}</t></is></c>`;
const numberCell = (at: string, value: number, style: number): string =>
  `<c r="${at}" s="${style}"><v>${value}</v></c>`;

/** An empty cell is left out. */
function cellOf(at: string, cell: Cell, kind: CellKind, wallClock: SheetAsked["wallClock"]): string {
  if (cell === null) return "";
  if (cell instanceof Date) return numberCell(at, (wallClock(cell) - dayZero) / dayMs, styleOf.moment);
  if (typeof cell === "string") return textCell(at, cell, styleOf.text);
  return numberCell(at, kind === "duration" ? cell / 86_400 : cell, styleOf[kind]);
}

function head({ language, columns }: SheetAsked): string {
  const view = `<sheetView${language === "ar" ? ' rightToLeft="1"' : ""} workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>`;
  const widths = columns
    .map(({ width }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`)
    .join("");
  const labels = columns.map(({ label }, i) => textCell(`${columnName(i)}1`, label, headingStyle)).join("");
  return `${declaration}<worksheet xmlns="${main}"><sheetViews>${view}</sheetViews><cols>${widths}</cols><sheetData><row r="1" ht="30" customHeight="1">${labels}</row>`;
}

async function begun(zip: ZipFile, asked: SheetAsked): Promise<void> {
  for (const [name, text] of frame(asked.title)) {
    await zip.begin(name);
    await zip.write(text);
  }
  await zip.begin("xl/worksheets/sheet1.xml");
  await zip.write(head(asked));
}

/** Opens the file and writes its head. Errors are those of the disk, and TooLargeForZip. */
export async function openXlsx(asked: SheetAsked): Promise<SheetFile> {
  const { columns, wallClock } = asked;
  const zip = await openZip(asked.path);
  try {
    await begun(zip, asked);
  } catch (error) {
    await zip.abandon();
    throw error;
  }
  const names = columns.map((_, i) => columnName(i));
  let rows = 1;
  return {
    async add(added) {
      const first = rows + 1;
      rows += added.length;
      const lines = added.map((row, n) => {
        const cells = row.map((cell, i) => {
          return cellOf(`${names[i]}${first + n}`, cell, columns[i]?.kind ?? "text", wallClock);
        });
        return `<row r="${first + n}">${cells.join("")}</row>`;
      });
      await zip.write(lines.join(""));
    },
    async finish() {
      const all = `A1:${names.at(-1)}${rows}`;
      await zip.write(`</sheetData><autoFilter ref="${all}"/></worksheet>`);
      return zip.finish();
    },
    abandon: () => zip.abandon(),
  };
}
