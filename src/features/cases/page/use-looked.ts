/**
 * Up to which event the reader of a case's page has seen it. What was there when they opened it is seen. What comes in
 * meanwhile is seen once they have done something on the page with it in sight: a window that nobody looks at hides no news.
 */
import { useEffect, useRef, useState } from "react";
import { entryAnchor } from "./case-address.js";
import { type DrawnEntry, lookedAt } from "./looked-at.js";

/** What only a person does. Scrolling comes with all of them, and by itself too. */
const deeds = ["pointerdown", "keydown", "wheel"] as const;

/** Where an entry is drawn; a step that is folded away is where its run is. */
function topOf(seq: number): number | null {
  const found = document.getElementById(entryAnchor(seq));
  const drawn = found?.checkVisibility() ? found : found?.closest(".entry");
  return drawn?.checkVisibility() ? drawn.getBoundingClientRect().top : null;
}

function drawnFrom(first: number, last: number): DrawnEntry[] {
  const drawn: DrawnEntry[] = [];
  for (let seq = first; seq <= last; seq += 1) {
    const top = topOf(seq);
    if (top !== null) drawn.push({ seq, top });
  }
  return drawn;
}

/**
 * @param shown the last event of what is on the screen
 * @param newFrom the first event of it that is news to the reader; null: none is
 * @param writing people who write look at what they write: what comes in stays news until they are done
 */
export function useLooked(shown: number, newFrom: number | null, writing: boolean): number {
  const [looked, setLooked] = useState(shown);
  /** What was on the screen when they last did something. */
  const actedOn = useRef<number | null>(null);
  // Nothing that is news came: there is nothing to look at.
  if (newFrom === null && !writing && looked !== shown) setLooked(shown);
  const waits = looked < shown && newFrom !== null && !writing;
  useEffect(() => {
    if (!waits || newFrom === null) return;
    const look = (): void => {
      if (actedOn.current !== shown || document.visibilityState !== "visible") return;
      const drawn = drawnFrom(Math.max(newFrom, looked + 1), shown);
      setLooked(lookedAt({ looked, shown, newFrom, drawn, height: window.innerHeight }));
    };
    const act = (): void => {
      actedOn.current = shown;
      look();
    };
    const comeBack = (): void => {
      if (document.visibilityState === "visible") act();
    };
    for (const deed of deeds) document.addEventListener(deed, act, { passive: true });
    document.addEventListener("scroll", look, { passive: true });
    document.addEventListener("visibilitychange", comeBack);
    window.addEventListener("focus", act);
    return () => {
      for (const deed of deeds) document.removeEventListener(deed, act);
      document.removeEventListener("scroll", look);
      document.removeEventListener("visibilitychange", comeBack);
      window.removeEventListener("focus", act);
    };
  }, [waits, looked, shown, newFrom]);
  return looked;
}
