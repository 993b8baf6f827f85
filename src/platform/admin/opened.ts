/** What the gate has found out about a request, for the handlers behind AdminJS. */
import type { Response } from "express";
import type { Address } from "./addresses.js";
import type { ListQuery } from "./list-query.js";
import type { Official } from "./official.js";

export interface Opened {
  readonly address: Address;
  readonly official: Official;
  /** Of a list. */
  readonly list: ListQuery | null;
  /** Parameters of a page or of an action's GET. */
  readonly query: Readonly<Record<string, string>>;
}

export function setOpened(response: Response, opened: Opened): void {
  response.locals.opened = opened;
}

/** Throws where the gate was not passed: nothing behind it works without. */
export function passedGate(response: unknown): Opened {
  const opened = (response as Partial<Response> | undefined)?.locals?.opened as Opened | undefined;
  if (opened === undefined) throw new Error("the gate was not passed");
  return opened;
}
