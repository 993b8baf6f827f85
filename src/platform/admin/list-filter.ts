/** What a list is narrowed down to, as the gate has read it: the only filter that our resources take. */
import type { Filters } from "./sources.js";

export class ListFilter {
  constructor(
    readonly filters: Filters,
    readonly search: string | null,
  ) {}
}
