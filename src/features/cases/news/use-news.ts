/** News of the person signed in, kept up: by what happens to their cases, and by what is seen in any of their windows. */
import { useEffect, useRef } from "react";
import type { NewsView } from "../../../engine/lifecycle/views/news-view.js";
import { type News, useLiveReload, useView, type View } from "../../../platform/ui/kit.js";
import { onNewsChanged } from "./news-events.js";

/** Whether it may be about the reader's news. */
const isNews = ({ all, cases }: News): boolean => all || cases.some(({ news }) => news === true);

const liveMs = 2000;
const refreshSeconds = 60;

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
