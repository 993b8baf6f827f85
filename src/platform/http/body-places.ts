/** Places for bodies that are read into memory before anybody knows who sends them: so many at once, and of one address fewer the fuller it is. */
import type { Request, Response } from "express";
import { ipKeyGenerator } from "express-rate-limit";
import { fairShare } from "../../engine/text/fair-share.js";
import { Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";

/** Anybody who asks: one address, or one network of IPv6, of which everybody has as many addresses as they like. */
export const askedFrom = (request: Request): string => ipKeyGenerator(request.ip ?? "");

/** Seconds after which some of those that are on their way have arrived. */
const soon = 10;

export interface CrowdedWords {
  /** One address sends too many at once. */
  readonly own: Bilingual;
  /** All together do. */
  readonly all: Bilingual;
}

/**
 * Takes a place for the body of a request, before it is read; it is given back when the request is over, however it ends.
 * A request that has one keeps it. Problems: too-many-requests (of this address), unavailable (of all).
 */
export type TakeBodyPlace = (request: Request, response: Response) => void;

/** @param most at once, of all addresses; what one body may have in memory, so many times, is what all of them may */
export function bodyPlaces(most: number, words: CrowdedWords): TakeBodyPlace {
  const taken = new Map<string, number>();
  const having = new WeakSet<Request>();
  let all = 0;
  const change = (whose: string, by: 1 | -1): void => {
    const own = (taken.get(whose) ?? 0) + by;
    all += by;
    if (own === 0) taken.delete(whose);
    else taken.set(whose, own);
  };
  return (request, response) => {
    if (having.has(request)) return;
    // Nobody waits for the answer any more, and nothing would give the place back.
    if (request.socket.destroyed) throw new Problem("malformed-request", { en: "", ar: "" });
    const whose = askedFrom(request);
    const room = fairShare({ most, taken: all, own: taken.get(whose) ?? 0, more: 1 });
    if (room === "own") throw new Problem("too-many-requests", words.own, [], soon);
    if (room === "all") throw new Problem("unavailable", words.all, [], soon);
    having.add(request);
    change(whose, 1);
    response.once("close", () => change(whose, -1));
  };
}
