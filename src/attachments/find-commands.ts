/**
 * Cells of a table that a spreadsheet program would carry out: those that ask another program (`=cmd|…!A0`) or call up an
 * address. A mere `=SUM(A1:A3)`, `-5` or `+962…` is what applicants write, and does nothing. The file is evidence, so such a
 * cell is refused and not rewritten.
 */

/** Functions that fetch, or run something. */
const calling =
  /^(?:REGISTER\.)?(?:HYPERLINK|WEBSERVICE|IMAGE|IMPORT[A-Z]{2,8}|FILTERXML|RTD|DDE|CALL|EXEC|REGISTER(?:\.ID)?)$/i;
const longestName = 16;
/** No spreadsheet program takes a cell that is longer. */
const longestCell = 40_000;

const codes = (characters: string): ReadonlySet<number> => new Set([...characters].map((one) => one.charCodeAt(0)));
const signs = codes("=+-@");
const separators = codes(",;\t\r\n");
const blanks = codes(
  " \t\r\n\f\v\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff",
);
const code = (character: string): number => character.charCodeAt(0);
const [quote, apostrophe, opening, bar, shout, dot] = [
  code('"'),
  code("'"),
  code("("),
  code("|"),
  code("!"),
  code("."),
];

const isWord = (one: number): boolean =>
  (one >= 0x61 && one <= 0x7a) || (one >= 0x41 && one <= 0x5a) || (one >= 0x30 && one <= 0x39) || one === 0x5f;

/** Reads one formula, a character at a time; true: it calls something up. */
class Formula {
  length = 0;
  #word = "";
  #last = 0;
  /** What stands before is a word, or a word and blanks. */
  #afterWord = false;
  /** Another program is named: `cmd|`. */
  #asks = false;

  /** Whether a function that calls something up was just named, and its bracket may follow. */
  get calls(): boolean {
    return this.#afterWord && calling.test(this.#word);
  }

  read(one: number): boolean {
    const last = this.#last;
    this.#last = one;
    this.length += 1;
    if (isWord(one)) {
      if (!isWord(last) && last !== dot) this.#word = "";
      if (this.#word.length < longestName) this.#word += String.fromCharCode(one);
      this.#afterWord = true;
      return false;
    }
    if (blanks.has(one)) return false;
    const found = (one === opening && this.calls) || (one === shout && this.#asks);
    if (one === bar && this.#afterWord) this.#asks = true;
    // One function has a dot in its name; before all the others a dot is the end of something else.
    if (one === dot) this.#word = isWord(last) && /^register$/i.test(this.#word) ? "REGISTER." : "";
    this.#afterWord = false;
    return found;
  }
}

/** A reader of one table, which is given piece by piece: whether a command is in it. It looks at each character once. */
export function findCommands(): (text: string) => boolean {
  /** Null: no formula; nothing has come of the cell but blanks and quotes while `lead`. */
  let formula: Formula | null = null;
  let lead = true;
  /** Inside quotes, which separators do not end. */
  let quoted = false;
  let last = 0;

  const ends = (one: number, { length, calls }: Formula): boolean =>
    length >= longestCell || (separators.has(one) && !quoted && !(calls && blanks.has(one)));
  const read = (one: number): boolean => {
    if (formula !== null && !ends(one, formula)) {
      if (one === quote) quoted = !quoted;
      return formula.read(one);
    }
    if (separators.has(one)) {
      quoted &&= formula === null && lead && blanks.has(one);
      [formula, lead] = [null, true];
    } else if (signs.has(one) && (lead || last === quote)) {
      // A quote before a sign opens a cell, also where something stands before it.
      quoted ||= last === quote;
      formula = new Formula();
    } else if (lead && one === quote) quoted = !quoted;
    else if (!blanks.has(one) && one !== apostrophe) lead = false;
    return false;
  };
  return (text) => {
    for (let i = 0; i < text.length; i += 1) {
      const one = text.charCodeAt(i);
      if (read(one)) return true;
      last = one;
    }
    return false;
  };
}
