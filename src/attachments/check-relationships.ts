/**
 * What an office document fetches or starts when it is opened stands beside its parts, as relationships. A document that
 * fetches from elsewhere tells its sender who opened it and when, and may bring in what was not there when it was checked.
 */
import { reachesOutside } from "./refused-files.js";

/** Where a link leads that somebody clicks on. Everything else of a document is fetched without anybody's asking. */
const clickable = /^(https?:|mailto:|tel:|ftp:|#)/i;
/** On the reader's own disk, where a letter's template was on the writer's: nothing leaves the computer. */
const ownDisk = /^(file:\/{3})?[a-z]:[\\/](?![\\/])/i;
/** A name beside the document. */
const beside = /^(?![a-z][a-z0-9+.-]*:)(?![\\/]{2})/i;

const startsSomething = /\/(oleObject|control|activeXControlBinary|vbaProject|wordVbaData|attachedToolbars)$/i;

const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const plain = (value: string): string =>
  value
    .replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{1,5}));/gi, (whole, hex, decimal, name) => {
      if (name !== undefined) return named[name] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    })
    .trim();

/** XML in the two encodings that office programs read it in. Problem invalid-input for a third, and for words of its own. */
function xmlOf(bytes: Buffer): string {
  const [first, second] = bytes;
  const little = (first === 0xff && second === 0xfe) || (first === 0x3c && second === 0);
  const big = (first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c);
  const text = new TextDecoder(little ? "utf-16le" : big ? "utf-16be" : "utf-8").decode(bytes);
  const encoding = /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([^"']*)/i.exec(text)?.[1] ?? "utf-8";
  if (!/^(utf-?8|utf-?16(le|be)?|us-ascii)$/i.test(encoding) || /<!(DOCTYPE|ENTITY)/i.test(text)) {
    throw reachesOutside();
  }
  return text;
}

/** All that a tag says under these names, also within other values: what is said twice is taken at its worst. */
function saidIn(tag: string): (name: string) => string[] {
  const found = [...tag.matchAll(/[\s"'](Type|TargetMode|Target)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
  return (name) => found.flatMap(([, own, one, other]) => (own === name ? [plain(one ?? other ?? "")] : []));
}

/** Problem invalid-input where a relationship reaches out, or leads to something that is started. */
export function checkRelationships(bytes: Buffer): void {
  for (const [tag] of xmlOf(bytes).matchAll(/<(?:[^\s<>:/]+:)?Relationship\b[^<]*/g)) {
    const said = saidIn(tag);
    const types = said("Type");
    if (types.some((type) => startsSomething.test(type))) throw reachesOutside();
    if (!said("TargetMode").some((mode) => mode.toLowerCase() === "external")) continue;
    const isLink = types.every((type) => /\/hyperlink$/i.test(type));
    const isFine = (target: string): boolean =>
      ownDisk.test(target) || beside.test(target) || (isLink && clickable.test(target));
    if (!said("Target").every(isFine)) throw reachesOutside();
  }
}

/** Fields of a letter that ask another program, or fetch from elsewhere, written in one piece or in several. */
export function checkFields(bytes: Buffer): void {
  const text = xmlOf(bytes);
  const pieces = [...text.matchAll(/<\w+:instrText\b[^<>]*>([^<]*)</g)].map(([, piece = ""]) => piece);
  const whole = [...text.matchAll(/\b\w+:instr\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, one, other]) => one ?? other);
  const fields = plain([pieces.join(""), ...whole].join("\n"));
  if (/\bDDE(AUTO)?\b|\bINCLUDE(TEXT|PICTURE)\s{1,9}\W{0,9}(\w{2,20}:|\\\\)/i.test(fields)) throw reachesOutside();
}

/** A table that asks another program for its values. */
export function checkExternalLink(bytes: Buffer): void {
  if (/<(?:\w+:)?ddeLink\b/.test(xmlOf(bytes))) throw reachesOutside();
}

/** What an OpenDocument fetches or starts: everything that is no link to be clicked on. */
export function checkOpenDocument(bytes: Buffer): void {
  const text = xmlOf(bytes);
  if (/<[\w-]+:(dde-source|dde-connection-decl|dde-link|event-listener|script)\b/.test(text)) throw reachesOutside();
  let isLink = false;
  for (const [, element, one, other] of text.matchAll(/<([^\s<>/]*)|:href\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    if (element !== undefined) {
      isLink = /:a$/.test(element);
      continue;
    }
    const target = plain(one ?? other ?? "");
    if (!(isLink && clickable.test(target)) && !ownDisk.test(target) && !beside.test(target)) throw reachesOutside();
  }
}
