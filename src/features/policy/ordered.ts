/** The layout of what is published, for people who read and edit it: in files, and on the screen. */

/** These come first, as a person would write them; the others follow as they are. (Columns of jsonb sort them by length.) */
const leadingKeys = [
  "id",
  "code",
  "set",
  "workflow",
  "programme",
  "name",
  "title",
  "timeZone",
  "mode",
  "default",
  "initial",
  "triage",
  "priority",
  "basis",
  "legalBasis",
  "conditions",
  "event",
  "type",
  "params",
  "fact",
  "operator",
  "value",
  "amount",
  "unit",
  "ar",
  "en",
];
const rank = new Map(leadingKeys.map((key, i) => [key, i]));

/** Below these the names are codes that people chose, in an order that they chose: fields are asked for one after the other. */
const ofCodes: ReadonlySet<string> = new Set(["states", "actions", "fields"]);

/** The same value with its keys in the order in which a person would write them; what people named keeps its own order. */
export const ordered = (value: unknown): unknown => laidOut(value, false);

function laidOut(value: unknown, codes: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => laidOut(item, false));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const place = (key: string) => rank.get(key) ?? leadingKeys.length;
  if (!codes) entries.sort(([a], [b]) => place(a) - place(b));
  return Object.fromEntries(entries.map(([key, item]) => [key, laidOut(item, !codes && ofCodes.has(key))]));
}
