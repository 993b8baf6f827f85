/** Whether the page is on its way to paper: what is folded on a screen is all there then. */

import { useSyncExternalStore } from "react";
import { flushSync } from "react-dom";

let printing = false;

function subscribe(changed: () => void): () => void {
  const set = (now: boolean) => () => {
    printing = now;
    // Drawn before the event is over: the browser makes its picture of the page next, also within a click on a button.
    flushSync(changed);
  };
  const [begin, end] = [set(true), set(false)];
  window.addEventListener("beforeprint", begin);
  window.addEventListener("afterprint", end);
  return () => {
    window.removeEventListener("beforeprint", begin);
    window.removeEventListener("afterprint", end);
  };
}

export const usePrinting = (): boolean => useSyncExternalStore(subscribe, () => printing);
