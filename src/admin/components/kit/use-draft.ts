/** What was typed survives a switch of the language, a reload, and signing in again; it is gone once saved. */
import { useCallback, useEffect, useState } from "react";

export interface Draft<T> {
  readonly typed: T;
  /** True: it was found here from before. */
  readonly restored: boolean;
  set(typed: T): void;
  /** Forgets it, as after saving. */
  clear(): void;
}

function stored<T>(key: string): T | null {
  try {
    const text = sessionStorage.getItem(key);
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
}

const draftPrefix = "diwan-draft:";

/** Forgets everything that was typed in this tab: whoever signs out leaves nothing to the next. */
export function clearDrafts(): void {
  try {
    for (const name of Object.keys(sessionStorage)) if (name.startsWith(draftPrefix)) sessionStorage.removeItem(name);
  } catch {
    // Nothing was kept then.
  }
}

/** `key` names the form and its record; `initial` is what it is filled with when nothing was typed yet. */
export function useDraft<T>(key: string, initial: T): Draft<T> {
  const name = draftPrefix + key;
  const [found] = useState(() => stored<T>(name));
  const [typed, setTyped] = useState<T>(found ?? initial);
  const [dirty, setDirty] = useState(found !== null);
  useEffect(() => {
    if (!dirty) return;
    try {
      sessionStorage.setItem(name, JSON.stringify(typed));
    } catch {
      // No room, or not allowed: then it lives as long as the page.
    }
  }, [name, typed, dirty]);
  useEffect(() => {
    if (!dirty) return;
    // Leaving the tab would lose it; a reload would not, but browsers cannot tell the two apart.
    const warn = (event: BeforeUnloadEvent) => {
      if (stored(name) === null) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [name, dirty]);
  const set = useCallback((next: T) => {
    setTyped(next);
    setDirty(true);
  }, []);
  const clear = useCallback(() => {
    setDirty(false);
    try {
      sessionStorage.removeItem(name);
    } catch {
      // Nothing was kept then.
    }
  }, [name]);
  return { typed, restored: found !== null, set, clear };
}
