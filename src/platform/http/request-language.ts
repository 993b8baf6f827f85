/** Which of the two languages a caller reads. */
import type { Request } from "express";
import { preferredLanguage } from "../../engine/text/preferred-language.js";
import type { Language } from "../../engine/text/text.js";

/**
 * The language of an answer: what `Accept-Language` prefers of `ar` and `en`, else the `language` of the body, else English.
 * `*` (what many HTTP clients send unasked) says nothing.
 */
export function requestLanguage(request: Request): Language {
  return preferredLanguage(request.headers["accept-language"]) ?? bodyLanguage(request.body) ?? "en";
}

function bodyLanguage(body: unknown): Language | null {
  const language = typeof body === "object" && body !== null ? (body as { language?: unknown }).language : null;
  return language === "ar" || language === "en" ? language : null;
}
