/** What stays in sight although it could not be read again: whoever looks at it is told, and may ask for all of it anew. */
import { useEffect, useSyncExternalStore } from "react";

type Again = () => Promise<void>;

const listeners = new Set<() => void>();
let old: readonly Again[] = [];

function set(next: readonly Again[]): void {
  old = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells of a view while it is old; `again` reads it. */
export function useMarkedOld(isOld: boolean, again: Again): void {
  useEffect(() => {
    if (!isOld) return;
    set([...old, again]);
    return () => set(old.filter((one) => one !== again));
  }, [isOld, again]);
}

/** Whether something in sight is old, and how all of that is read again: nothing else is touched. */
export function useOldViews(): { readonly any: boolean; readonly readAgain: () => Promise<void> } {
  const views = useSyncExternalStore(subscribe, () => old);
  return {
    any: views.length > 0,
    async readAgain() {
      await Promise.all(views.map((again) => again()));
    },
  };
}
