/** Whether somebody has done anything in this window since the server last heard of it. */

const deeds = ["pointerdown", "keydown", "wheel"] as const;

// A page that has just been opened was opened by somebody.
let acted = true;
let watched = false;

const act = (): void => {
  acted = true;
};

/**
 * Asked as a request leaves: whether the window sends it without anybody there. What somebody does counts with the next
 * request, whichever that is, so that nobody who reads and types is signed out.
 * @param timed it is sent by a timer, or because something happened elsewhere
 */
export function isByItself(timed: boolean): boolean {
  if (!watched) for (const deed of deeds) window.addEventListener(deed, act, { capture: true, passive: true });
  watched = true;
  const alone = timed && !acted;
  acted = false;
  return alone;
}
