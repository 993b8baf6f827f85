/** The reader's language: one state of the window, changed in place, so that nothing that was typed or opened is lost. */

import { useEffect, useRef, useSyncExternalStore } from "react";
import { directionOf } from "../../../engine/text/languages.js";
import type { Language } from "../../../engine/text/text.js";

const listeners = new Set<() => void>();
/** As the server drew the page. */
let current = document.documentElement.lang as Language;

export const readLanguage = (): Language => current;

/** Every screen says its words anew; the words have to be there. */
export function showLanguage(language: Language): void {
  if (language === current) return;
  current = language;
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
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
