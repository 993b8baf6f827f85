/** What an address answers to a method that it does not take. */

import type { RequestHandler } from "express";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";

/** @param methods those that it takes, as the header `Allow` lists them */
export function only(methods: string): RequestHandler {
  return (_request, response) => {
    response.set("Allow", methods);
    throw new Problem("method-not-allowed", msg("intake.only.allowedHere", { methods }));
  };
}
