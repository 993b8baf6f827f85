/** For a page of cases: where each says what was searched, in its application, in what was written later, or by a name. */

import { searchedEvents } from "../../../engine/lifecycle/case-event.js";
import type { CaseMatch } from "../../../engine/search/case-search.js";
import { highlighted, markedEnd, snippet, termsMet } from "../../../engine/search/highlight.js";
import type { ParsedSearch, SearchTerm } from "../../../engine/search/parse-search.js";
import { answerTexts, eventTexts, namedPlaces, type PlaceCodes } from "../../../engine/search/search-document.js";
import type { Labelled, Setup } from "../../../engine/setup/setup.js";
import type { Database } from "../../../platform/db/query.js";
import { writingsOf } from "../case-event-queries.js";
import { type AskedParts, askedPartsOf, type SearchedRow } from "./searched-rows.js";

type Searched = Pick<SearchedRow, "id" | "reference" | "programme" | "subject" | "description" | "entity" | "sector">;
type Excerpt = NonNullable<CaseMatch["excerpt"]>;

/** The text that meets more of the terms than those before it, and meets any at all. */
function bestExcerpt(texts: readonly { text: string; from: Excerpt["from"] }[], terms: readonly SearchTerm[]) {
  const met = texts.map(({ text }) => termsMet(text, terms));
  const best = texts[met.indexOf(Math.max(...met))];
  const pieces = best === undefined ? null : snippet(best.text, terms);
  return best === undefined || pieces === null ? null : { pieces, from: best.from };
}

const maxNames = 2;

/** Places whose names say what no text says: those that say most of it. */
function namesMet(codes: PlaceCodes, terms: readonly SearchTerm[], setup: Setup): CaseMatch["names"] {
  const tables: Readonly<Record<keyof PlaceCodes, ReadonlyMap<string, Labelled>>> = {
    entity: setup.entities,
    sector: setup.sectors,
    service: setup.services,
    governorate: setup.governorates,
  };
  return namedPlaces
    .flatMap((kind) => {
      const code = codes[kind];
      const name = code === null ? undefined : tables[kind].get(code)?.name;
      const met = name === undefined ? 0 : termsMet(`${name.ar}\n${name.en}\n${code}`, terms);
      return name === undefined || met === 0 ? [] : [{ kind, name, met }];
    })
    .sort((one, other) => other.met - one.met)
    .slice(0, maxNames)
    .map(({ kind, name }) => ({ kind, name }));
}

interface Later {
  readonly parts: AskedParts | undefined;
  readonly writings: readonly { readonly text: string; readonly from: Excerpt["from"] }[];
}

function matchOf(
  row: Searched,
  { terms, referenceEnd }: ParsedSearch,
  later: Later,
  setup: Setup | undefined,
): CaseMatch {
  const { subject, description, reference, entity, sector } = row;
  const { fields = {}, service = null, governorate = null } = later.parts ?? {};
  const texts = [
    { text: description, from: "application" as const },
    ...answerTexts(fields).map((text) => ({ text, from: "fields" as const })),
    ...later.writings,
  ];
  const said = [subject, ...texts.map(({ text }) => text)];
  const unsaid = terms.filter((term) => !said.some((text) => termsMet(text, [term]) > 0));
  return {
    subject: highlighted(subject, terms),
    excerpt: bestExcerpt(texts, terms),
    names:
      unsaid.length === 0 || setup === undefined
        ? []
        : namesMet({ entity, sector, service, governorate }, unsaid, setup),
    reference: referenceEnd === null ? null : markedEnd(reference, referenceEnd),
  };
}

/** By case. What else the application says and what was written later is read of those cases only whose text does not say it all. */
export async function matchesIn(
  db: Database,
  a: { rows: readonly Searched[]; searched: ParsedSearch; setups: ReadonlyMap<string, Setup> },
): Promise<ReadonlyMap<number, CaseMatch>> {
  const { rows, searched, setups } = a;
  const { terms } = searched;
  if (terms.length === 0) return new Map();
  const unmet = rows
    .filter(({ subject, description }) => termsMet(`${subject}\n${description}`, terms) < terms.length)
    .map(({ id }) => id);
  const [writings, parts] = await Promise.all([writingsOf(db, unmet, searchedEvents), askedPartsOf(db, unmet)]);
  return new Map(
    rows.map((row) => {
      const written = writings
        .filter(({ caseId }) => caseId === row.id)
        .flatMap((event) => eventTexts(event).map((text) => ({ text, from: event.type })));
      const later = { parts: parts.get(row.id), writings: written };
      return [row.id, matchOf(row, searched, later, setups.get(row.programme))];
    }),
  );
}
