/** Which of the languages that there are an `Accept-Language` header prefers. */
import { asLanguage, type Language, languages } from "./languages.js";

/** RFC 9110 §12.5.4, as far as we need it: the highest weight wins, the first of equals; null where it names none. */
export function preferredLanguage(header: string | undefined): Language | null {
  if (!header) return null;
  let best: { language: Language; weight: number } | null = null;
  for (const part of header.slice(0, 200).split(",")) {
    const [range = "", ...parameters] = part.trim().toLowerCase().split(";");
    const whole = languages().find((one) => one.toLowerCase() === range);
    const language = whole ?? asLanguage(range.split("-")[0]);
    if (language === null) continue;
    const written = parameters.map((p) => p.trim()).find((p) => p.startsWith("q="));
    const weight = written === undefined ? 1 : Number(written.slice(2));
    if (weight > 0 && weight <= 1 && (!best || weight > best.weight)) best = { language, weight };
  }
  return best?.language ?? null;
}
