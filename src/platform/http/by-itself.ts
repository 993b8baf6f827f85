/**
 * Requests that a screen sends by itself, without anybody doing anything there: looks by a timer, the stream of what changes.
 * They are answered like any other, and do not keep a session from idling out. A pretender only shortens their own session.
 */
import type { Request } from "express";
import { byItselfHeader } from "../../engine/access/by-itself.js";

/** What browsers open again by themselves, and to which no header can be added. Of a request below `/admin`. */
export const isStream = ({ path }: Pick<Request, "path">): boolean => path === "/live";

export const isByItself = (request: Pick<Request, "path" | "headers">): boolean =>
  isStream(request) || request.headers[byItselfHeader] !== undefined;
