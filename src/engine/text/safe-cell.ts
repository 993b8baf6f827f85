/**
 * Texts of people in a file that a spreadsheet opens. What begins like a formula is run by whoever opens the file, with
 * their rights: such a text gets an apostrophe in front, by which spreadsheets take it for text.
 */

/** Signs that begin a formula, also as keyboards of East Asia write them, which some spreadsheets read alike. */
const formulaSigns = "=+\\-@\\u2212\\uff1d\\uff0b\\uff0d\\uff20";
/** What spreadsheets pass over before they look: blanks, marks of direction, invisible signs, quotes of any kind. */
const passedOver = "\\s\\u0000-\\u001f\\u00ad\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff\"'`‘’‚“”„«»‹›";
const formula = new RegExp(`^(?:[\\t\\r\\n]|[${passedOver}]*[${formulaSigns}])`, "u");
/** A number, a telephone number among them: it computes nothing. */
const plainNumber = /^[+-]?\d+(?:[.,]\d+)*$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what neither XML nor a reader of CSV takes
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;

/** Most characters of a cell in a spreadsheet. */
const maxInCell = 32_767;

/** The text as it may stand in a cell. */
export function safeText(text: string): string {
  const clean = text.replace(unwritable, "");
  const safe = formula.test(clean) && !plainNumber.test(clean) ? `'${clean}` : clean;
  return safe.length <= maxInCell ? safe : `${safe.slice(0, maxInCell - 1).replace(/[\ud800-\udbff]$/u, "")}…`;
}

/**
 * Where lists are separated by semicolons (as in most of Europe and the Arab world), or by tabs, a spreadsheet ends the cell
 * in the midst of a text, and quotes that do not stand first protect nothing: what then begins the next cell is kept from
 * being one. `+` and `-` begin lists and numbers more often than formulas: they count where something is called.
 */
const inner = new RegExp(`^[${passedOver}]*(?:[=@\\uff1d\\uff20]|[+\\-\\u2212\\uff0b\\uff0d].*[|(!])`, "u");
const safeInside = (field: string): string =>
  field
    .split(/([;,\t\r\n])/)
    .map((piece, i) => (i > 0 && inner.test(piece) ? `'${piece}` : piece))
    .join("");

/** A line of CSV (RFC 4180) with its end; fields are safe already. */
export function csvLine(fields: readonly string[]): string {
  return `${fields
    .map(safeInside)
    .map((field) => (/[",\r\n;\t]|^\s|\s$/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join(",")}\r\n`;
}
