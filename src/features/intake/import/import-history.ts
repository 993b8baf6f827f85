/**
 * Takes over another system's history from a CSV file. What is bad goes to a report and the rest comes in; nothing comes
 * in twice; killed and run again it goes on. Imported cases send nothing and escalate nothing.
 */

import { open, readFile, realpath, stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { formatPercent } from "../../../engine/formatting/numbers.js";
import type { Policy } from "../../../engine/setup/policy.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../../engine/text/problems.js";
import { type Bilingual, perLanguage } from "../../../engine/text/text.js";
import { type BadRow, badRows } from "./bad-rows.js";
import { compareTargets, type ReproducedTargets } from "./compare-targets.js";
import {
  type CsvRecord,
  csvRecords,
  defaultDelimiter,
  encodingOf,
  markedEncoding,
  otherDelimiter,
  type TextEncoding,
  titlesOf,
  utf8,
} from "./csv-records.js";
import { fieldFaults } from "./field-columns.js";
import { type HistoryRow, type ReadRow, rowReader } from "./history-row.js";
import { type ImportMapping, mappingFaults, readMapping } from "./mapping.js";
import { type HistoryParts, storeHistory } from "./store-history.js";

export interface ImportRequest {
  readonly file: string;
  readonly mapping: string;
  /** Derive each due time by the programme's own calendar and SLA rules and compare. */
  readonly compareTargets: boolean;
  /** Where bad rows go with line and reason; null for `FILE.report.csv` in the current folder. */
  readonly report: string | null;
  /** How the file's text is stored, by its usual name (`windows-1256`, `utf-16`); null for UTF-8. */
  readonly encoding: string | null;
  readonly now: Date;
  readonly progress: (words: Bilingual) => void;
}

export interface ImportSummary {
  readonly read: number;
  readonly imported: number;
  /** There from an earlier run. */
  readonly already: number;
  readonly refused: number;
  /** Rows that are in, now or from earlier, with a warning. */
  readonly warnings: number;
  /** Where the bad rows stand; null when there were none. */
  readonly report: string | null;
  readonly targets: readonly ReproducedTargets[];
}

const batchSize = 500;
/** A line of progress each so many rows. */
const progressRows = 2000;
/** Somebody who publishes all the time keeps an import from writing; so often it is tried. */
const attempts = 20;

function invalid(detail: Bilingual, faults: readonly FieldFault[] = []): Problem {
  return new Problem("invalid-input", detail, faults);
}

function unreadable(file: string, error: unknown): Problem {
  const why = error instanceof Error ? error.message : String(error);
  return invalid(msg("intake.importHistory.theFileCannotBeRead", { file, why }));
}

async function loadMapping(file: string): Promise<ImportMapping> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw unreadable(file, error);
  });
  let definition: unknown;
  try {
    definition = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw invalid(msg("intake.importHistory.theMappingIsNotJSON", { file, why }));
  }
  const read = readMapping(definition);
  if ("faults" in read) throw mappingProblem(file, read.faults);
  return read.mapping;
}

function mappingProblem(file: string, faults: readonly FieldFault[]): Problem {
  return invalid(msg("intake.importHistory.theMappingHasFaultsCorrect", { file }), faults);
}

async function policyOf({ policies }: HistoryParts, { programme }: ImportMapping, file: string): Promise<Policy> {
  try {
    return await policies.fresh(programme);
  } catch (error) {
    if (error instanceof Problem && error.code === "not-found")
      throw mappingProblem(file, [{ field: "/programme", reason: error.detail }]);
    throw error;
  }
}

/** Its size, and how its text is stored. Problem when it is no text that can be read. */
async function checkFile({ file, encoding }: ImportRequest): Promise<{ size: number; encoding: TextEncoding }> {
  const named = encoding === null ? utf8 : encodingOf(encoding);
  if (named === null) throw wrongEncoding(noSuchEncoding(encoding ?? ""));
  const [size, start] = await firstBytes(file).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  if (size === 0) throw invalid(msg("intake.importHistory.theFileIsEmpty", { file }));
  const marked = markedEncoding(start);
  const end = start.indexOf("\n");
  // In UTF-16 every other byte of the titles is NUL. A NUL further on is one row's fault.
  const isWide = marked?.startsWith("utf-16") || (end === -1 ? start : start.subarray(0, end)).includes(0);
  if (encoding === null) {
    if (isWide) throw invalid(notUtf8(file));
    return { size, encoding: utf8 };
  }
  if (named.name.startsWith("utf-16")) {
    if (!isWide) throw wrongEncoding(notThat(file, named.name));
    // The mark says which of the two it is; people say “utf-16” of both.
    return { size, encoding: (marked === null ? null : encodingOf(marked)) ?? named };
  }
  if (isWide || (marked !== null && marked !== named.name)) throw wrongEncoding(notThat(file, named.name));
  return { size, encoding: named };
}

function wrongEncoding(reason: Bilingual): Problem {
  return invalid(reason, [{ field: "--encoding", reason }]);
}

const noSuchEncoding = (label: string): Bilingual => msg("intake.importHistory.thereIsNoEncodingName", { label });

const notUtf8 = (file: string): Bilingual => msg("intake.importHistory.theFileIsNotUTF8", { file });

const notThat = (file: string, name: string): Bilingual =>
  msg("intake.importHistory.theFileDoesNotBegin", { file, name });

async function firstBytes(file: string): Promise<[size: number, start: Buffer]> {
  const { size } = await stat(file);
  const handle = await open(file, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
    return [size, buffer.subarray(0, bytesRead)];
  } finally {
    await handle.close();
  }
}

async function reportPath({ file, mapping, report }: ImportRequest): Promise<string> {
  const path = resolve(report ?? `${basename(file)}.report.csv`);
  const real = await realpath(path).catch(() => path);
  for (const input of [file, mapping]) {
    if (real !== (await realpath(input).catch(() => resolve(input)))) continue;
    const reason = msg("intake.importHistory.theReportWouldOverwriteWhat");
    throw invalid(reason, [{ field: "--report", reason }]);
  }
  return path;
}

function faultsOf(mapping: ImportMapping, setup: Setup, header: readonly string[]): FieldFault[] {
  return [...mappingFaults(mapping, setup, header), ...fieldFaults(mapping, setup)];
}

interface Import {
  readonly parts: HistoryParts;
  readonly request: ImportRequest;
  readonly mapping: ImportMapping;
  readonly header: readonly string[];
  /** Source number → the line that has it. */
  readonly lines: Map<string, number>;
}

interface StoredBatch {
  readonly policy: Policy;
  readonly rows: readonly HistoryRow[];
  readonly imported: number;
  readonly refused: number;
  readonly warnings: number;
  readonly bad: readonly BadRow[];
}

/** The same number twice in one file: which of the two is right, nobody here can know. */
function repeated(run: Import, record: CsvRecord, read: ReadRow): ReadRow {
  if (!read.ok) return read;
  const { sourceId } = read.row;
  const first = run.lines.get(sourceId) ?? record.line;
  run.lines.set(sourceId, first);
  if (first === record.line) return read;
  const reason = msg("intake.importHistory.lineHasTheSameNumber", { first });
  return { ok: false, sourceId, faults: [{ field: run.mapping.columns.sourceId, reason }] };
}

/** Reads and writes one batch by the policy that holds while it is written. */
async function storeBatch(run: Import, known: Policy, records: readonly CsvRecord[]): Promise<StoredBatch> {
  const { parts, request, mapping, header } = run;
  let policy = known;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const { setup, calendar } = policy;
    const reader = rowReader({ mapping, setup, calendar, header, now: request.now });
    const read = records.map((record) => ({ record, result: repeated(run, record, reader(record)) }));
    const rows = read.flatMap(({ result }) => (result.ok ? [result.row] : []));
    const stored = await storeHistory(parts, policy, rows, request.now);
    if (stored === null) {
      policy = await parts.policies.fresh(mapping.programme);
      const faults = faultsOf(mapping, policy.setup, header);
      if (faults.length > 0) throw mappingProblem(request.mapping, faults);
      continue;
    }
    const bad = read.flatMap(({ record, result }): BadRow[] => {
      const told =
        (outcome: BadRow["outcome"]) =>
        (fault: FieldFault): BadRow => ({
          line: record.line,
          outcome,
          column: fault.field,
          reason: fault.reason.en,
          text: record.text,
        });
      if (!result.ok) return result.faults.map(told("refused"));
      // Also of rows that are there already: the report says the same however often the file is read.
      return result.warnings.map(told("warning"));
    });
    const linesOf = (outcome: BadRow["outcome"]): number =>
      new Set(bad.filter((row) => row.outcome === outcome).map((row) => row.line)).size;
    return {
      policy,
      rows,
      imported: stored.imported,
      refused: linesOf("refused"),
      warnings: linesOf("warning"),
      bad,
    };
  }
  throw new Problem("unavailable", msg("intake.importHistory.theConfigurationKeepsBeingChanged"), [], 5);
}

/**
 * Imports one file. Problems: invalid-input (the file, the mapping or the report's place; every fault of the mapping with
 * its JSON pointer), unavailable (the configuration does not hold still). What was written before a failure stays.
 */
export async function importHistory(parts: HistoryParts, request: ImportRequest): Promise<ImportSummary> {
  const mapping = await loadMapping(request.mapping);
  const { size, encoding } = await checkFile(request);
  const report = badRows(await reportPath(request));
  let policy = await policyOf(parts, mapping, request.mapping);
  let width: number | null = null;
  let bytes = 0;
  const records = csvRecords({
    file: request.file,
    delimiter: mapping.delimiter ?? defaultDelimiter,
    encoding,
    width: () => width,
    onBytes: (read) => {
      bytes = read;
    },
  });
  try {
    const first = (await records.next()).value as CsvRecord | undefined;
    const other = first === undefined ? null : otherDelimiter(mapping, first.text);
    if (other !== null) {
      // With the columns that even the right delimiter does not find, and none that the wrong one hid.
      const titles = titlesOf(first?.text ?? "", other.delimiter) ?? [];
      throw mappingProblem(request.mapping, [other.fault, ...faultsOf(mapping, policy.setup, titles)]);
    }
    const header = headerOf(request.file, first);
    width = header.length;
    const faults = faultsOf(mapping, policy.setup, header);
    if (faults.length > 0) throw mappingProblem(request.mapping, faults);

    const run: Import = { parts, request, mapping, header, lines: new Map() };
    const targets = compareTargets();
    const sum = { read: 0, imported: 0, already: 0, refused: 0, warnings: 0 };
    for await (const batch of inBatches(records)) {
      const stored = await storeBatch(run, policy, batch);
      policy = stored.policy;
      await report.add(stored.bad);
      if (request.compareTargets) targets.add(stored.rows, policy);
      sum.read += batch.length;
      sum.imported += stored.imported;
      sum.already += stored.rows.length - stored.imported;
      sum.refused += stored.refused;
      sum.warnings += stored.warnings;
      if (sum.read % progressRows === 0) request.progress(progressLine(sum, bytes / size));
    }
    return { ...sum, report: await report.close(), targets: targets.lines(policy) };
  } finally {
    await records.return(undefined);
    await report.close();
  }
}

function progressLine(
  { read, imported, already, refused }: Omit<ImportSummary, "report" | "targets">,
  share: number,
): Bilingual {
  const percent = perLanguage((language) => formatPercent(Math.floor(Math.min(1, share) * 100) / 100, language));
  return msg("intake.importHistory.soFar", { read, percent, imported, already, refused });
}

function headerOf(file: string, record: CsvRecord | undefined): readonly string[] {
  if (record?.cells) return record.cells.map((cell) => cell.trim());
  const why = record?.fault ?? msg("intake.importHistory.why");
  throw invalid(msg("intake.importHistory.theHeaderLineOfCannot", { file, why }));
}

async function* inBatches(records: AsyncIterable<CsvRecord>): AsyncGenerator<CsvRecord[]> {
  let batch: CsvRecord[] = [];
  for await (const record of records) {
    batch.push(record);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
