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

const [quote, apostrophe, opening, bar, shout, dot] = [...`"'(|!.`].map((one) => one.charCodeAt(0));

/** What a character is, in bits: one look at each tells all. */
const sign = 1;
const separator = 2;
const blank = 4;
const inWord = 8;
const kinds = new Uint8Array(0x10000);
const mark = (characters: string, kind: number): void => {
  for (let i = 0; i < characters.length; i += 1) {
    const one = characters.charCodeAt(i);
    kinds[one] = (kinds[one] ?? 0) | kind;
  }
};
mark("=+-@", sign);
mark(",;\t\r\n", separator);
mark(
  " \t\r\n\f\v\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff",
  blank,
);
mark("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_", inWord);

const is = (one: number, kind: number): boolean => ((kinds[one] ?? 0) & kind) !== 0;

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
    if (is(one, inWord)) {
      if (!is(last, inWord) && last !== dot) this.#word = "";
      if (this.#word.length < longestName) this.#word += String.fromCharCode(one);
      this.#afterWord = true;
      return false;
    }
    if (is(one, blank)) return false;
    const found = (one === opening && this.calls) || (one === shout && this.#asks);
    if (one === bar && this.#afterWord) this.#asks = true;
    // One function has a dot in its name; before all the others a dot is the end of something else.
    if (one === dot) this.#word = is(last, inWord) && /^register$/i.test(this.#word) ? "REGISTER." : "";
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
    length >= longestCell || (is(one, separator) && !quoted && !(calls && is(one, blank)));
  const read = (one: number): boolean => {
    if (formula !== null && !ends(one, formula)) {
      if (one === quote) quoted = !quoted;
      return formula.read(one);
    }
    if (is(one, separator)) {
      quoted &&= formula === null && lead && is(one, blank);
      [formula, lead] = [null, true];
    } else if (is(one, sign) && (lead || last === quote)) {
      // A quote before a sign opens a cell, also where something stands before it.
      quoted ||= last === quote;
      formula = new Formula();
    } else if (lead && one === quote) quoted = !quoted;
    else if (!is(one, blank) && one !== apostrophe) lead = false;
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
