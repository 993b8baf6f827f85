/** JSON bodies that say each name once: of one that is said twice a parser would drop the first without a word. */

import type { IncomingMessage } from "node:http";
import type { NextFunction, Request, Response } from "express";
import { doubledNames, doubledNameWords } from "../../engine/text/doubled-names.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";

/** Bodies as they came, until they have been looked at. */
const texts = new WeakMap<IncomingMessage, string>();

/** Remembers what a parser is about to read, for `requireNamesOnce`. */
export function keepText(request: IncomingMessage, text: string): void {
  texts.set(request, text);
}

/** A place is told as far as anybody reads it: what is dropped was never looked at, and may be as deep as it likes. */
const longestPlace = 300;

/** Runs once the body was parsed, and found to be neither too deep nor too much. Problem malformed-request, with the places. */
export function requireNamesOnce(request: Request, _response: Response, next: NextFunction): void {
  const doubled = doubledNames(texts.get(request) ?? "");
  texts.delete(request);
  if (doubled.length === 0) {
    next();
    return;
  }
  const faults = doubled.map((one) => ({ field: one.path.slice(0, longestPlace), reason: doubledNameWords(one) }));
  next(new Problem("malformed-request", msg("http.namesOnce.aNameIsWrittenTwice"), faults));
}
