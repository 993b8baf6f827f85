/** News was seen in this window or in another of this browser: what shows the count asks again at once. */
const changed = "diwan:news-changed";

let channel: BroadcastChannel | null = null;
const channelOf = (): BroadcastChannel | null => {
  if (typeof BroadcastChannel === "undefined") return null;
  channel ??= new BroadcastChannel(changed);
  return channel;
};

export const newsChanged = (): void => {
  window.dispatchEvent(new Event(changed));
  channelOf()?.postMessage(null);
};

/** Calls `listener` whenever news was seen or marked; gives what ends it. */
export function onNewsChanged(listener: () => void): () => void {
  window.addEventListener(changed, listener);
  channelOf()?.addEventListener("message", listener);
  return () => {
    window.removeEventListener(changed, listener);
    channelOf()?.removeEventListener("message", listener);
  };
}
