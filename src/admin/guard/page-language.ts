/** In which language a page is shown. */
import type { Request } from "express";
import type { Language } from "../../domain/text.js";
import type { Official } from "../official.js";

/** The switch sets it in the browser. */
const languageCookie = /(?:^|;\s*)diwan_language=(ar|en)(?:;|$)/;

/** What the reader switched to, else the account's language, else Arabic. */
export function pageLanguage(request: Request, official: Pick<Official, "language"> | null): Language {
  const chosen = languageCookie.exec(request.headers.cookie ?? "")?.[1];
  return (chosen as Language | undefined) ?? official?.language ?? "ar";
}
