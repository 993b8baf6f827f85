/** Told from the line of titles: that its cells are separated by something else than the mapping says. */
import type { FieldFault } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { cellsOf } from "./csv-records.js";
import { type Delimiter, delimiters, type ImportMapping, namedTitles } from "./mapping.js";
import { placesOf } from "./word-table.js";

export const defaultDelimiter: Delimiter = ",";

const names: Readonly<Record<Delimiter, Bilingual>> = {
  ",": { en: "commas", ar: "الفاصلة" },
  ";": { en: "semicolons", ar: "الفاصلة المنقوطة" },
  "\t": { en: "tabs", ar: "علامة الجدولة (Tab)" },
  "|": { en: "vertical bars", ar: "الخط العمودي" },
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
  const reason = {
    en: `The cells of the file are separated by ${there.en}, and the mapping says ${said.en}. Write ${entry} in it.`,
    ar: `يفصل الملف بين خلاياه بـ«${there.ar}» وتقول المطابقة «${said.ar}». اكتب فيها ${entry}.`,
  };
  return { delimiter: best.delimiter, fault: { field: "/delimiter", reason } };
}
