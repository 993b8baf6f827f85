/** What a request carries for the handlers behind AdminJS, which passes on nothing but the official. */

import type { Asked, Filters } from "./sources.js";

/** What a list is narrowed down to, as the gate has read it: the only filter that our resources take. */
export class ListFilter {
  constructor(
    readonly filters: Filters,
    readonly search: string | null,
  ) {}
}

/** Whether a request changes something: only POST does, and the guard of the origin looks at it. All else reads. */
export const isAct = ({ method }: { readonly method?: string }): boolean => method?.toUpperCase() === "POST";

// Officials are loaded anew at each request, so the object itself names the request.
const requests = new WeakMap<object, Asked>();

/** Notes what was asked under the official of this very request. */
export function noteAsked(asked: Asked): void {
  requests.set(asked.official, asked);
}

/** Of the action's context. Throws without one: nothing is read for nobody. */
export function askedOf(context: { readonly currentAdmin?: unknown } | undefined): Asked {
  const official = context?.currentAdmin;
  const asked = typeof official === "object" && official !== null ? requests.get(official) : undefined;
  if (asked === undefined) throw new Error("a resource was asked without an official");
  return asked;
}
