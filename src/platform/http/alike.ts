/** Headers that are alike for every request, worked out once. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { RequestHandler } from "express";

type SetsHeaders = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void;

/**
 * What a middleware sets that neither looks at a request nor waits for anything: it is asked once, and what it set is set
 * on every answer. Throws where it does anything else than set headers and go on.
 */
export function alike(middleware: SetsHeaders): RequestHandler {
  const headers = new Map<string, string>();
  let went = false;
  const stand = {
    setHeader: (name: string, value: string) => headers.set(name, value),
    removeHeader: (name: string) => headers.delete(name),
  };
  middleware({} as IncomingMessage, stand as unknown as ServerResponse, (error) => {
    if (error !== undefined) throw error;
    went = true;
  });
  if (!went) throw new Error("this middleware does more than set headers");
  const all = [...headers];
  return (_request, response, next) => {
    for (const [name, value] of all) response.setHeader(name, value);
    next();
  };
}
