/** Words of a file, which people type: `CLOSED`, `Closed` and ` closed` are one. */

/** A word without what does not tell it from another: case, blanks around and doubled, how its letters are composed. */
function folded(text: string): string {
  return text.trim().replace(/\s+/g, " ").normalize("NFC").toLowerCase();
}

export interface WordTable<Meaning> {
  /** Of the word as it is written; else of the one word that differs from it in case and blanks alone. Undefined: none, or several that mean different things. */
  get(written: string): Meaning | undefined;
  readonly words: readonly string[];
}

/** A table to look words up in. */
export function wordTable<Meaning>(entries: Iterable<readonly [word: string, meaning: Meaning]>): WordTable<Meaning> {
  const exact = new Map([...entries].map(([word, meaning]): [string, Meaning] => [word.trim(), meaning]));
  const alike = new Map<string, Meaning>();
  const doubtful = new Set<string>();
  for (const [word, meaning] of exact) {
    const name = folded(word);
    if (alike.has(name) && alike.get(name) !== meaning) doubtful.add(name);
    alike.set(name, meaning);
  }
  return {
    get(written) {
      if (exact.has(written)) return exact.get(written);
      const name = folded(written);
      return doubtful.has(name) ? undefined : alike.get(name);
    },
    words: [...exact.keys()],
  };
}

/** A table of words that mean themselves. */
export function codeTable(codes: Iterable<string>): WordTable<string> {
  return wordTable([...codes].map((code): [string, string] => [code, code]));
}

/** Where a title stands in a header: as it is written, else where the titles differ in case and blanks alone. */
export function placesOf(title: string, header: readonly string[]): number[] {
  const where = (same: (column: string) => boolean): number[] =>
    header.flatMap((column, place) => (same(column) ? [place] : []));
  const wanted = title.trim();
  const exact = where((column) => column === wanted);
  return exact.length > 0 ? exact : where((column) => folded(column) === folded(wanted));
}
