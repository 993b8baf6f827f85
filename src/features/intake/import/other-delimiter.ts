/** Told from the line of titles: that its cells are separated by something else than the mapping says. */
import { msg } from "../../../engine/text/msg.js";
import type { FieldFault } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { cellsOf } from "./csv-records.js";
import { type Delimiter, delimiters, type ImportMapping, namedTitles } from "./mapping.js";
import { placesOf } from "./word-table.js";

export const defaultDelimiter: Delimiter = ",";

const names: Readonly<Record<Delimiter, Bilingual>> = {
  ",": msg("intake.otherDelimiter.names"),
  ";": msg("intake.otherDelimiter.names2"),
  "\t": msg("intake.otherDelimiter.names3"),
  "|": msg("intake.otherDelimiter.names4"),
};

/** The titles in a line that is separated like this; null where its quotes make no sense then. */
export function titlesOf(line: string, delimiter: string): readonly string[] | null {
  return cellsOf(line, delimiter)?.map((cell) => cell.trim()) ?? null;
}

/**
 * The delimiter by which more of the mapping's titles are found in the line than by its own, with the fault that says so;
 * null where its own finds as many as any.
 */
export function otherDelimiter(
  mapping: ImportMapping,
  line: string,
): { readonly delimiter: Delimiter; readonly fault: FieldFault } | null {
  const own = mapping.delimiter ?? defaultDelimiter;
  const wanted = namedTitles(mapping);
  const found = (delimiter: Delimiter): number => {
    const header = titlesOf(line, delimiter) ?? [];
    return wanted.filter(([, title]) => placesOf(title, header).length > 0).length;
  };
  let best = { delimiter: own, count: found(own) };
  for (const delimiter of delimiters) {
    const count = found(delimiter);
    if (count > best.count) best = { delimiter, count };
  }
  if (best.delimiter === own) return null;
  const [there, said] = [names[best.delimiter], names[own]];
  const entry = `"delimiter": ${JSON.stringify(best.delimiter)}`;
  const reason = msg("intake.otherDelimiter.theCellsOfTheFile", { there, said, entry });
  return { delimiter: best.delimiter, fault: { field: "/delimiter", reason } };
}
