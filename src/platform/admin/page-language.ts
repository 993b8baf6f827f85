/** In which language a page is shown. */
import type { Request } from "express";
import type { Language } from "../../engine/text/text.js";
import { type Cookies, readCookie } from "../http/cookies.js";
import type { Official } from "./official.js";

/** What the reader switched to, else the account's language, else Arabic. */
export function pageLanguage(
  cookies: Pick<Cookies, "language">,
  request: Request,
  official: Pick<Official, "language"> | null,
): Language {
  const chosen = readCookie(request, cookies.language);
  return chosen === "ar" || chosen === "en" ? chosen : (official?.language ?? "ar");
}
