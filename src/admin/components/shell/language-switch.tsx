/** The other language, in its own words; the address and what was typed (drafts) stay. */
import React from "react";
import { language } from "../kit/kit.js";

const others = {
  ar: { code: "en", name: "English", dir: "ltr" },
  en: { code: "ar", name: "العربية", dir: "rtl" },
} as const;

const year = 31_536_000;

export function LanguageSwitch() {
  const other = others[language];
  return (
    <button
      type="button"
      className="top-language"
      lang={other.code}
      dir={other.dir}
      onClick={() => {
        // biome-ignore lint/suspicious/noDocumentCookie: the server reads it when it draws the next page
        document.cookie = `diwan_language=${other.code};path=/;max-age=${year};samesite=lax`;
        window.location.reload();
      }}
    >
      {other.name}
    </button>
  );
}
