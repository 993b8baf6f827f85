/** Something long was started in this window: whoever shows how far it is looks at once. */
const started = "diwan:work-started";

export const workStarted = (): void => {
  window.dispatchEvent(new Event(started));
};

/** Calls `listener` whenever something was started; gives what ends it. */
export function onWorkStarted(listener: () => void): () => void {
  window.addEventListener(started, listener);
  return () => window.removeEventListener(started, listener);
}
