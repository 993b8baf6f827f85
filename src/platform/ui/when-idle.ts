/** Does `work` while nothing else happens, within some seconds. */
export function whenIdle(work: () => void): void {
  // Safari has no such thing.
  if ("requestIdleCallback" in window) window.requestIdleCallback(work, { timeout: 5000 });
  else setTimeout(work, 1000);
}
