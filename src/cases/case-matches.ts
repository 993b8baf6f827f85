/** For a page of cases: where each says what was searched, in its application or in what was written later. */
import { writingsOf } from "../db/case-event-queries.js";
import type { Database } from "../db/query.js";
import type { SearchedRow } from "../db/searched-rows.js";
import type { CaseMatch } from "../domain/case-search.js";
import { highlighted, snippet, termsMet } from "../domain/search/highlight.js";
import type { SearchTerm } from "../domain/search/parse-search.js";
import { eventTexts, writtenEvents } from "../domain/search/search-document.js";

type Searched = Pick<SearchedRow, "id" | "subject" | "description">;

/** The text that meets more of the terms than those before it, and meets any at all. */
function bestExcerpt(
  texts: readonly { text: string; from: NonNullable<CaseMatch["excerpt"]>["from"] }[],
  terms: readonly SearchTerm[],
): CaseMatch["excerpt"] {
  const met = texts.map(({ text }) => termsMet(text, terms));
  const best = texts[met.indexOf(Math.max(...met))];
  const pieces = best === undefined ? null : snippet(best.text, terms);
  return best === undefined || pieces === null ? null : { pieces, from: best.from };
}

/** By case. What was written later is read of those cases only whose application does not say it all. */
export async function matchesIn(
  db: Database,
  rows: readonly Searched[],
  terms: readonly SearchTerm[],
): Promise<ReadonlyMap<number, CaseMatch>> {
  if (terms.length === 0) return new Map();
  const unmet = rows.filter(({ subject, description }) => termsMet(`${subject}\n${description}`, terms) < terms.length);
  const writings = await writingsOf(
    db,
    unmet.map(({ id }) => id),
    writtenEvents,
  );
  return new Map(
    rows.map(({ id, subject, description }) => {
      const later = writings
        .filter(({ caseId }) => caseId === id)
        .flatMap((event) => eventTexts(event).map((text) => ({ text, from: event.type })));
      const texts = [{ text: description, from: "application" as const }, ...later];
      return [id, { subject: highlighted(subject, terms), excerpt: bestExcerpt(texts, terms) }];
    }),
  );
}
