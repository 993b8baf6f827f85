/** The name of a file as it is kept: readable, harmless wherever it is saved, and honest about what it is. */
import { attachmentTypes } from "./attachment-types.js";

/** Longest name in characters, its ending included. */
const longest = 120;

/** Control and format characters (directions, invisible ones), separators of lines, lone surrogates, what is for private use. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/gu;
/** What some system takes for a path, a stream, a pattern or a quotation. */
const forbidden = /[/\\:*?"<>|%]/g;
/** Names that Windows keeps for itself. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d|clock\$)$/i;

/** Endings that were put there for a program rather than for a person are taken off, as many as there are. */
const stem = (name: string): string => {
  const dot = name.lastIndexOf(".");
  return dot > 0 && /^[A-Za-z0-9]{1,8}$/.test(name.slice(dot + 1)) ? name.slice(0, dot) : name;
};

/**
 * What was sent as a name, for a file of this type. The last part of a path; in NFC; without anything that is not seen;
 * its ending that of the content, so that a program does not come as a picture.
 */
export function cleanName(sent: string, type: string): string {
  const { ending = "bin", alsoEndings = [] } = attachmentTypes[type] ?? {};
  const last = sent.slice(-4000).split(/[/\\]/).at(-1) ?? "";
  const plain = last.normalize("NFC").replace(unseen, "").replace(forbidden, "_").replace(/\s+/gu, " ").trim();
  const own = plain.slice(plain.lastIndexOf(".") + 1).toLowerCase();
  const kept = alsoEndings.includes(own) ? own : ending;
  const bare = stem(plain).replace(/^[.\s]+|[.\s]+$/gu, "");
  const safe = bare === "" || reserved.test(bare) ? `file${bare === "" ? "" : `_${bare}`}` : bare;
  const characters = [...safe];
  const room = longest - kept.length - 1;
  return `${characters.slice(0, room).join("").trim()}.${kept}`;
}
