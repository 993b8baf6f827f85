/** Which of the two languages a caller reads. */
import type { Request } from "express";
import type { Language } from "../domain/text.js";

/**
 * The language of an answer: what `Accept-Language` prefers of `ar` and `en`, else the `language` of the body, else English.
 * `*` (what many HTTP clients send unasked) says nothing.
 */
export function requestLanguage(request: Request): Language {
  return preferred(request.headers["accept-language"]) ?? bodyLanguage(request.body) ?? "en";
}

function bodyLanguage(body: unknown): Language | null {
  const language = typeof body === "object" && body !== null ? (body as { language?: unknown }).language : null;
  return language === "ar" || language === "en" ? language : null;
}

/** RFC 9110 §12.5.4, as far as two languages need it: the highest weight wins, the first of equals. */
function preferred(header: string | undefined): Language | null {
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
