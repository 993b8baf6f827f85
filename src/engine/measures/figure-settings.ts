/** What the figures page is set to, as its address names it: what is asked for, and how its tables are sorted. */

export const figureSettings = ["programme", "scope", "entity", "period", "figure", "unit", "split", "known"] as const;
const sorts: readonly string[] = ["sort", "splitSort"];

/** Whether a name of an address is one of them. */
export const isFigureSetting = (name: string): boolean =>
  (figureSettings as readonly string[]).includes(name) || sorts.includes(name);
