/** All news of the person signed in, page by page. */

import React from "react";
import { msg } from "../../../engine/text/msg.js";
import {
  Button,
  EmptyState,
  Page,
  Panel,
  ProblemBox,
  Spinner,
  useAddress,
  useSteady,
  useText,
  withQuery,
} from "../../../platform/ui/kit.js";
import { useRowKeys } from "../list/use-row-keys.js";
import { NewsList } from "./news-list.js";
import { useNews } from "./use-news.js";

const words = {
  title: msg("cases-news.newsPage.news"),
  none: msg("cases-news.newsScreen.none"),
  noneHint: msg("cases-news.newsScreen.noneHint"),
  rows: msg("cases-news.newsScreen.rows"),
  previous: msg("cases-news.newsScreen.previous"),
  next: msg("cases-news.newsScreen.next"),
  pages: msg("cases-news.newsScreen.pages"),
};

export function NewsScreen() {
  const { t } = useText();
  const [query, setQuery] = useAddress();
  const { view: latest, problem, loading } = useNews(withQuery("pages/news", { page: query.page }));
  const view = useSteady(latest);
  const list = useRowKeys();
  const go = (page: number) => setQuery({ page: page === 1 ? null : String(page) });
  return (
    <Page title={words.title}>
      <ProblemBox problem={problem} />
      {view === null && loading && <Spinner />}
      {view !== null && (
        <Panel flush={view.rows.length > 0}>
          {view.rows.length === 0 ? (
            <EmptyState icon="check" title={words.none} hint={words.noneHint} />
          ) : (
            <div ref={list}>
              <NewsList rows={view.rows} label={words.rows} />
            </div>
          )}
        </Panel>
      )}
      {view !== null && (view.page > 1 || view.more) && (
        <nav className="pager" aria-label={t(words.pages)}>
          <div className="pager-buttons">
            <Button small icon="previous" disabled={view.page <= 1} onClick={() => go(view.page - 1)}>
              {t(words.previous)}
            </Button>
            <Button small icon="next" disabled={!view.more} onClick={() => go(view.page + 1)}>
              {t(words.next)}
            </Button>
          </div>
        </nav>
      )}
    </Page>
  );
}
