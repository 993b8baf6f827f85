/**
 * What an office document fetches or starts when it is opened stands beside its parts, as relationships. A document that
 * fetches from elsewhere tells its sender who opened it and when, and may bring in what was not there when it was checked.
 */
import { reachesOutside, unpacksTooLarge } from "./refused-files.js";

/** Where a link leads that somebody clicks on. Everything else of a document is fetched without anybody's asking. */
const clickable = /^(https?:|mailto:|tel:|ftp:|#)/i;
/** On the reader's own disk, where a letter's template was on the writer's: nothing leaves the computer. */
const ownDisk = /^(file:\/{3})?[a-z]:[\\/](?![\\/])/i;
/** A name beside the document. */
const beside = /^(?![a-z][a-z0-9+.-]*:)(?![\\/]{2})/i;

const startsSomething = /\/(oleObject|control|activeXControlBinary|vbaProject|wordVbaData|attachedToolbars)$/i;

const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const plain = (value: string): string =>
  value.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{1,5}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return named[name] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

/** Where a part says its encoding. */
const headBytes = 1024;
/** Longer than any tag with the text behind it; what is longer is read in pieces that office programs do not write. */
const longestTag = 512 * 1024;

/** Reads a part of a document while it is unpacked. Problems invalid-input are thrown where they are found. */
export interface PartReader {
  push(bytes: Buffer): void;
  end(): void;
}

/**
 * XML in the two encodings that office programs read it in, handed on in pieces that begin with a tag and hold each tag whole.
 * Problem invalid-input for a third encoding, and for words of its own.
 */
function xmlReader(read: (text: string) => void): PartReader {
  let decoder: TextDecoder | null = null;
  let head = Buffer.alloc(0);
  let rest = "";
  const take = (text: string): void => {
    if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw reachesOutside();
    read(text);
  };
  const begin = (): TextDecoder => {
    const [first, second] = head;
    const little = (first === 0xff && second === 0xfe) || (first === 0x3c && second === 0);
    const big = (first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c);
    const found = new TextDecoder(little ? "utf-16le" : big ? "utf-16be" : "utf-8");
    const said = new TextDecoder(found.encoding).decode(head.subarray(0, headBytes));
    const encoding = /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([^"']*)/i.exec(said)?.[1] ?? "utf-8";
    if (!/^(utf-?8|utf-?16(le|be)?|us-ascii)$/i.test(encoding)) throw reachesOutside();
    return found;
  };
  const add = (bytes: Buffer): void => {
    decoder ??= begin();
    rest += decoder.decode(bytes, { stream: true });
    const whole = rest.lastIndexOf("<");
    if (whole > 0) {
      take(rest.slice(0, whole));
      rest = rest.slice(whole);
    }
    if (rest.length > longestTag) throw unpacksTooLarge();
  };
  return {
    push(bytes) {
      if (decoder !== null) return add(bytes);
      head = Buffer.concat([head, bytes]);
      if (head.length >= headBytes) add(head);
    },
    end() {
      if (decoder === null) add(head);
      take(rest + (decoder?.decode() ?? ""));
    },
  };
}

/** All that a tag says under these names, also within other values: what is said twice is taken at its worst. */
function saidIn(tag: string): (name: string) => string[] {
  const found = [...tag.matchAll(/[\s"'](Type|TargetMode|Target)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
  return (name) => found.flatMap(([, own, one, other]) => (own === name ? [plain(one ?? other ?? "").trim()] : []));
}

/** Problem invalid-input where a relationship reaches out, or leads to something that is started. */
export const readRelationships = (): PartReader =>
  xmlReader((text) => {
    for (const [tag] of text.matchAll(/<(?:[^\s<>:/]+:)?Relationship\b[^<]*/g)) {
      const said = saidIn(tag);
      const types = said("Type");
      if (types.some((type) => startsSomething.test(type))) throw reachesOutside();
      if (!said("TargetMode").some((mode) => mode.toLowerCase() === "external")) continue;
      const isLink = types.every((type) => /\/hyperlink$/i.test(type));
      const isFine = (target: string): boolean =>
        ownDisk.test(target) || beside.test(target) || (isLink && clickable.test(target));
      if (!said("Target").every(isFine)) throw reachesOutside();
    }
  });

const asking = /\bDDE(AUTO)?\b|\bINCLUDE(TEXT|PICTURE)\s{1,9}\W{0,9}(\w{2,20}:|\\\\)/i;
const longestAsking = 100;

/** Fields of a letter that ask another program, or fetch from elsewhere, written in one piece or in several. */
export function readFields(): PartReader {
  let before = "";
  const ask = (said: string): void => {
    if (asking.test(said)) throw reachesOutside();
  };
  return xmlReader((text) => {
    const pieces = [...text.matchAll(/<\w+:instrText\b[^<>]*>([^<]*)/g)].map(([, piece = ""]) => plain(piece));
    const fields = before + pieces.join("");
    ask(fields);
    before = fields.slice(-longestAsking);
    const whole = [...text.matchAll(/\b\w+:instr\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
    ask(whole.map(([, one, other]) => plain(one ?? other ?? "")).join("\n"));
  });
}

/** A table that asks another program for its values. */
export const readExternalLink = (): PartReader =>
  xmlReader((text) => {
    if (/<(?:\w+:)?ddeLink\b/.test(text)) throw reachesOutside();
  });

/** What an OpenDocument fetches or starts: everything that is no link to be clicked on. */
export function readOpenDocument(): PartReader {
  let isLink = false;
  return xmlReader((text) => {
    if (/<[\w-]+:(dde-source|dde-connection-decl|dde-link|event-listener|script)\b/.test(text)) throw reachesOutside();
    for (const [, element, one, other] of text.matchAll(/<([^\s<>/]*)|:href\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
      if (element !== undefined) {
        isLink = /:a$/.test(element);
        continue;
      }
      const target = plain(one ?? other ?? "").trim();
      if (!(isLink && clickable.test(target)) && !ownDisk.test(target) && !beside.test(target)) throw reachesOutside();
    }
  });
}
