/** The reader's language: one state of the window, changed in place, so that nothing that was typed or opened is lost. */
import { useEffect, useRef, useSyncExternalStore } from "react";
import type { Language } from "../../engine/text/text.js";
import { boot } from "./boot.js";

const listeners = new Set<() => void>();
/** As the server drew the page. */
let current: Language = document.documentElement.lang.startsWith("ar") ? "ar" : "en";

const year = 31_536_000;

export const readLanguage = (): Language => current;

/** Every screen says its words anew; the next page comes in this language too. */
export function switchLanguage(language: Language): void {
  const { name, secure } = boot()?.languageCookie ?? {};
  if (name !== undefined) {
    // biome-ignore lint/suspicious/noDocumentCookie: the server reads it when it draws the next page
    document.cookie = `${name}=${language};path=/;max-age=${year};samesite=lax${secure ? ";secure" : ""}`;
  }
  if (language === current) return;
  current = language;
  document.documentElement.lang = language;
  document.documentElement.dir = language === "ar" ? "rtl" : "ltr";
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useLanguage = (): Language => useSyncExternalStore(subscribe, readLanguage);

/** Calls `again` after the language was switched: for what the server sorts or words by it. */
export function useOtherLanguage(again: () => void): void {
  const language = useLanguage();
  const shown = useRef(language);
  const call = useRef(again);
  call.current = again;
  useEffect(() => {
    if (shown.current === language) return;
    shown.current = language;
    call.current();
  }, [language]);
}
