/** The other language, in its own words; the page, the focus and what was typed stay where they are. */
import React from "react";
import { switchLanguage, useText } from "../../platform/ui/kit.js";

const others = {
  ar: { code: "en", name: "English", dir: "ltr" },
  en: { code: "ar", name: "العربية", dir: "rtl" },
} as const;

export function LanguageSwitch() {
  const { language } = useText();
  const other = others[language];
  return (
    <button
      type="button"
      className="top-language"
      lang={other.code}
      dir={other.dir}
      onClick={() => switchLanguage(other.code)}
    >
      {other.name}
    </button>
  );
}
