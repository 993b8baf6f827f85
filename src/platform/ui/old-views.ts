/** What stays in sight although it could not be read again: whoever looks at it is told, and may ask for all of it anew. */
import { useEffect, useSyncExternalStore } from "react";

interface OldView {
  readonly again: () => Promise<void>;
  /** There is none any more for whoever looks: to read it again changes nothing. */
  readonly gone: boolean;
}

const listeners = new Set<() => void>();
let old: readonly OldView[] = [];

function set(next: readonly OldView[]): void {
  old = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const goneStatus: ReadonlySet<number> = new Set([403, 404, 410]);

export type Oldness = "old" | "gone";

/** @param status of the answer that there was instead of a view */
export const oldnessOf = (status: number): Oldness => (goneStatus.has(status) ? "gone" : "old");

/** Tells of a view while it is old; `again` reads it. @param oldness null: it is not old */
export function useMarkedOld(oldness: Oldness | null, again: OldView["again"]): void {
  useEffect(() => {
    if (oldness === null) return;
    const view: OldView = { again, gone: oldness === "gone" };
    set([...old, view]);
    return () => set(old.filter((one) => one !== view));
  }, [oldness, again]);
}

export interface OldViews {
  readonly any: boolean;
  /** All that is old is no more, or no more for whoever looks. */
  readonly gone: boolean;
  /** Reads what is old again, and nothing else. */
  readAgain(): Promise<void>;
}

export function useOldViews(): OldViews {
  const views = useSyncExternalStore(subscribe, () => old);
  return {
    any: views.length > 0,
    gone: views.length > 0 && views.every(({ gone }) => gone),
    async readAgain() {
      await Promise.all(views.map(({ again }) => again()));
    },
  };
}
