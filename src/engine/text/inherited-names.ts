/** Names that every object answers to, whatever it holds: `toString`, `constructor`, `__proto__`, … Browsers run this too. */

/** Whether a plain object has something under this name that nobody put there. */
export const isInherited = (name: string): boolean => name in Object.prototype;

/** A table that is asked for names from outside: what it does not hold it does not have. */
export function ownTable<Value>(entries: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  return Object.assign(Object.create(null) as Record<string, Value>, entries);
}
