import { useEffect, useRef } from "react";
import type { NewsView } from "../../../engine/lifecycle/views/news-view.js";
import { type News, useLiveReload, useView, type View } from "../../../platform/ui/kit.js";

/** Whether it may be about the reader's news. */
const isNews = ({ all, cases }: News): boolean => all || cases.some(({ news }) => news === true);

const liveMs = 2000;
const refreshSeconds = 60;

/** News of the person signed in, kept up: by what happens to their cases, and by what is seen in any of their windows. */
export function useNews(address: string): View<NewsView> {
  const found = useView<NewsView>(address, { refreshSeconds });
  useLiveReload(() => void found.keepUp(), liveMs, isNews);
  const reload = useRef(found.keepUp);
  reload.current = found.keepUp;
  useEffect(() => {
    return onNewsChanged(() => void reload.current());
  }, []);
  return found;
}

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
