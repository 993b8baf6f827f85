/** What came in for the reader, before all else: a few rows, and the way to the rest. */

import React from "react";
import { Link } from "react-router-dom";
import type { NewsView } from "../../engine/lifecycle/views/news-view.js";
import { msg, pattern } from "../../engine/text/msg.js";
import { adminRoot, Badge, Panel, useText } from "../../platform/ui/kit.js";
import { useRowKeys } from "../cases/list/use-row-keys.js";
import { NewsList } from "../cases/news/news-list.js";

const words = {
  title: msg("home.homeNews.title"),
  all: msg("home.homeNews.all"),
};

function Rows({ news }: { news: NewsView }) {
  const { t, number } = useText();
  const list = useRowKeys();
  const count = news.count > news.most ? t(pattern("cases-news.newsBell.more"), { n: news.most }) : number(news.count);
  return (
    <div className="desk-groups">
      <Panel
        title={words.title}
        actions={
          <Link className="desk-count" to={`${adminRoot}/pages/news`} title={t(words.all)}>
            <Badge icon="bell">{count}</Badge>
            <span className="unseen"> {t(words.all)}</span>
          </Link>
        }
        flush
      >
        <div ref={list}>
          <NewsList rows={news.rows} label={words.title} />
        </div>
      </Panel>
    </div>
  );
}

/** Nothing, and no keys for it, where there is none. */
export const HomeNews = ({ news }: { news: NewsView }) => (news.rows.length === 0 ? null : <Rows news={news} />);
