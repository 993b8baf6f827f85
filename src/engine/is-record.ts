/** An object that is no list: what JSON from strangers has to be before its fields are read. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
