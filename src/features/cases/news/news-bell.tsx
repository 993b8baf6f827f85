/** In the header of every screen: how many cases have news, and the way to them. */

import React, { useEffect, useRef, useState } from "react";
import { Link } from "react-router-dom";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Announce, adminRoot, Icon, resourceOf, useText } from "../../../platform/ui/kit.js";
import { useNews } from "./news-events.js";

function Bell() {
  const { t, number } = useText();
  const { view } = useNews("pages/news?rows=0");
  const count = view?.count ?? 0;
  const most = view?.most ?? 0;
  const reminded = view?.reminded ?? 0;
  const isMore = count > most;
  // Said when there is more than before; less is what the reader did themselves.
  const before = useRef<number | null>(null);
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (view === null) return;
    const was = before.current;
    before.current = view.count;
    if (was !== null && view.count > was) setSaid(t(pattern("cases-news.newsBell.came"), { n: view.count - was }));
    else if (was !== null && view.count < was) setSaid("");
  }, [view, t]);
  return (
    <>
      <Link
        to={`${adminRoot}/pages/news`}
        className="top-help top-news"
        aria-label={[
          isMore
            ? t(pattern("cases-news.newsBell.bellMore"), { n: most })
            : t(pattern("cases-news.newsBell.bell"), { n: count }),
          ...((view?.older ?? 0) > 0 ? [t(pattern("cases-news.newsBell.older"), { n: view?.older ?? 0 })] : []),
          ...(reminded > 0 ? [t(pattern("cases-news.newsBell.reminded"), { n: reminded })] : []),
        ].join(" ")}
        title={t(msg("cases-news.newsPage.news"))}
      >
        <Icon name="bell" size={20} />
        {count > 0 && (
          <span className={`top-news-count${reminded > 0 ? " top-news-late" : ""}`} aria-hidden="true">
            {isMore ? t(pattern("cases-news.newsBell.more"), { n: most }) : number(count)}
          </span>
        )}
      </Link>
      <Announce>{said}</Announce>
    </>
  );
}

/** Nothing for those who read no cases. */
export const NewsBell = () => (resourceOf("cases") === undefined ? null : <Bell />);
