/** Which of our two languages an `Accept-Language` header prefers. */
import type { Language } from "./text.js";

/** RFC 9110 §12.5.4, as far as two languages need it: the highest weight wins, the first of equals; null where it names neither. */
export function preferredLanguage(header: string | undefined): Language | null {
  if (!header) return null;
  let best: { language: Language; weight: number } | null = null;
  for (const part of header.slice(0, 200).split(",")) {
    const [range = "", ...parameters] = part.trim().toLowerCase().split(";");
    const language = range.split("-")[0];
    if (language !== "ar" && language !== "en") continue;
    const written = parameters.map((p) => p.trim()).find((p) => p.startsWith("q="));
    const weight = written === undefined ? 1 : Number(written.slice(2));
    if (weight > 0 && weight <= 1 && (!best || weight > best.weight)) best = { language, weight };
  }
  return best?.language ?? null;
}
