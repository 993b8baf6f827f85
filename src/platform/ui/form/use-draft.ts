/** What was typed survives a switch of the language, a reload, and signing in again; it is gone once saved. */
import { useCallback, useEffect, useState } from "react";
import { dropDraft, storeDraft, storedDraft } from "./draft-store.js";

export interface Draft<T> {
  readonly typed: T;
  /** True: it was found here from before. */
  readonly restored: boolean;
  set(typed: T): void;
  /** Forgets it, as after saving. */
  clear(): void;
}

/** `key` names the form and its record; `initial` is what it is filled with when nothing was typed yet. */
export function useDraft<T>(key: string, initial: T): Draft<T> {
  const [found] = useState(() => storedDraft<T>(key));
  const [typed, setTyped] = useState<T>(found ?? initial);
  const [dirty, setDirty] = useState(found !== null);
  useEffect(() => {
    if (dirty) storeDraft(key, typed);
  }, [key, typed, dirty]);
  useEffect(() => {
    if (!dirty) return;
    // Leaving the tab would lose it; a reload would not, but browsers cannot tell the two apart.
    const warn = (event: BeforeUnloadEvent) => {
      if (storedDraft(key) === null) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [key, dirty]);
  const set = useCallback((next: T) => {
    setTyped(next);
    setDirty(true);
  }, []);
  const clear = useCallback(() => {
    setDirty(false);
    dropDraft(key);
  }, [key]);
  return { typed, restored: found !== null, set, clear };
}
