/** The call that was saved last in this window: what is read out stays at hand until the next one is saved. */
import { useEffect, useState } from "react";
import type { SavedCall } from "./caller.page.js";

export interface ReadCall extends SavedCall {
  /** What the caller said, as it was typed last. */
  readonly story: string;
}

/** Nowhere but here: its code is stored by nobody, and a way to another page and back must not lose it. */
let last: ReadCall | null = null;
/** As long as a caller is likely to ask for it once more; a desk may be left alone after that. */
const keptMs = 15 * 60_000;

export function useSavedCall() {
  const [saved, setSaved] = useState(last);
  const [isReadOut, readOut] = useState(false);
  useEffect(() => {
    if (saved === null) return;
    // A reload would lose the code for good.
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [saved]);
  useEffect(() => {
    if (saved === null || isReadOut) return;
    const timer = setTimeout(() => {
      last = null;
      setSaved(null);
    }, keptMs);
    return () => clearTimeout(timer);
  }, [saved, isReadOut]);
  return {
    saved,
    /** It is on the page. */
    isReadOut,
    readOut,
    put: (call: ReadCall) => {
      last = call;
      setSaved(call);
      readOut(true);
    },
  };
}
