/** Names for the statements of lists that nothing narrows: what everybody asks first, so that the server reads each text once a connection. */

interface Narrowing {
  readonly filters: object;
  readonly reference: unknown;
  readonly happened: unknown;
  readonly received: unknown;
}

// There are as many texts as kinds of seats and sorts; each connection keeps what has a name.
const names = new Map<string, string>();
const maxNames = 64;

/** The name of a list's statement; empty where something narrows it: those are too many to be kept. */
export function listStatementName({ filters, reference, happened, received }: Narrowing, text: string): string {
  const asked = [reference, happened, received].some((one) => one !== null);
  if (asked || Object.values(filters).some((one) => one !== undefined)) return "";
  const known = names.get(text);
  if (known !== undefined || names.size === maxNames) return known ?? "";
  const name = `list-of-cases-${names.size + 1}`;
  names.set(text, name);
  return name;
}
