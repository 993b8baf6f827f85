/** The call that was saved last in this window: what is read out stays at hand until the next one is saved. */
import { useEffect, useState } from "react";
import type { SavedCall } from "./caller.page.js";

export interface ReadCall extends SavedCall {
  /** What the caller said, as it was typed last. */
  readonly story: string;
}

/** Nowhere but here: its code is stored by nobody, and a way to another page and back must not lose it. */
let last: ReadCall | null = null;

export function useSavedCall() {
  const [saved, setSaved] = useState(last);
  const [isReadOut, readOut] = useState(false);
  // A reload would lose the code for good.
  useEffect(() => {
    if (!isReadOut) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isReadOut]);
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
