/** In which language a page is shown. */

import type { Request } from "express";
import { asLanguage } from "../../engine/text/languages.js";
import type { Language } from "../../engine/text/text.js";
import { type Cookies, readCookie } from "../http/cookies.js";
import type { Official } from "./official.js";

/** What the reader switched to, else the account's language, else Arabic. */
export function pageLanguage(
  cookies: Pick<Cookies, "language">,
  request: Request,
  official: Pick<Official, "language"> | null,
): Language {
  return asLanguage(readCookie(request, cookies.language)) ?? official?.language ?? "ar";
}
