/**
 * In front of AdminJS: only addresses that exist, for whoever may open them, with the method and the parameters that they
 * take. What AdminJS would answer with a stack, with everything, or by doing it is refused here.
 */

import type { NextFunction, Request, RequestHandler, Response } from "express";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import { type Address, addressAt, type Definitions, isRecordId, type Target } from "./addresses.js";
import { readListQuery, readNamedQuery, readRecordIds } from "./list-query.js";
import { may, mayOpen, mayWrite, writableProgrammes } from "./may.js";
import type { Official } from "./official.js";
import { type Opened, setOpened } from "./opened.js";
import { nothingHere } from "./refusals.js";

/** Whether the official may open this at all. Which records of it, the resource itself says. */
function mayOpenTarget(official: Official, target: Target): boolean {
  if (target.kind === "home") return true;
  if (target.kind === "page") return may(official, target.page.access);
  const { resource, custom, action } = target;
  if (!mayOpen(official, resource)) return false;
  if (custom !== null) return may(official, custom.access);
  if (action !== "new" && action !== "edit") return true;
  return writableProgrammes(official, resource).length > 0 || mayWrite(official, resource, null);
}

type Query = Readonly<Record<string, unknown>>;

/** What a GET of the API takes as parameters. */
function readQuery(address: Address, query: Query, timeZone: string): Pick<Opened, "list" | "query"> {
  const { target } = address;
  if (target.kind === "page") return { list: null, query: readNamedQuery(target.page.query, query) };
  if (target.kind === "home") return { list: null, query: readNamedQuery([], query) };
  if (target.kind === "resource" && target.action === "list") {
    return { list: readListQuery(target.resource, query, timeZone), query: {} };
  }
  return { list: null, query: readNamedQuery(target.custom?.query, query) };
}

/** What a POST takes as parameters: nothing but the ids of a bulk action. Whatever else it needs is in the body. */
function readPostQuery({ target }: Address, query: Query): Pick<Opened, "list" | "query"> {
  if (target.kind === "bulk") readRecordIds(query, (id) => isRecordId(target.resource, id));
  else readNamedQuery([], query);
  return { list: null, query: {} };
}

/** Components keep filters in the page's own address and ask for them themselves: such a query is only passed through. */
const longestPageQuery = 2000;

export interface GateParts {
  readonly definitions: Definitions;
  /** The official of this request, noted by the authentication. */
  officialOf(response: Response): Official;
  /** In which days the official thinks. */
  timeZoneOf(official: Official): Promise<string>;
}

/** Problems: not-found, method-not-allowed with Allow, malformed-request. */
export function createGate({ definitions, officialOf, timeZoneOf }: GateParts): RequestHandler {
  return async (request: Request, response: Response, next: NextFunction) => {
    const official = officialOf(response);
    const address = addressAt(definitions, request.path);
    if (address === null || !mayOpenTarget(official, address.target)) throw nothingHere();
    const method = request.method === "HEAD" ? "GET" : request.method;
    if (!(address.methods as readonly string[]).includes(method)) {
      const allowed = address.methods.flatMap((one) => (one === "GET" ? ["GET", "HEAD"] : [one])).join(", ");
      response.set("allow", allowed);
      throw new Problem("method-not-allowed", msg("admin.gate.use", { allowed }));
    }
    const query = request.query as Query;
    if (!address.api) {
      if (request.originalUrl.length > longestPageQuery) throw nothingHere();
      setOpened(response, { address, official, list: null, query: {} });
      return next();
    }
    const read =
      method === "GET" ? readQuery(address, query, await timeZoneOf(official)) : readPostQuery(address, query);
    setOpened(response, { address, official, ...read });
    next();
  };
}
