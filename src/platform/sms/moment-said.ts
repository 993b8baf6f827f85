/** When a gateway says that something was: seconds or milliseconds since 1970, or as ISO 8601 writes it with its zone; null: not said so. */
export function momentSaid(value: unknown): Date | null {
  const text = String(value ?? "");
  if (/^\d{9,10}$/.test(text)) return new Date(Number(text) * 1000);
  if (/^\d{12,13}$/.test(text)) return new Date(Number(text));
  if (!/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:?\d{2})$/.test(text)) return null;
  const said = new Date(text.replace(/([+-]\d{2})(\d{2})$/, "$1:$2"));
  return Number.isNaN(said.getTime()) ? null : said;
}
