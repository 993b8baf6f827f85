/** All news of the person signed in, page by page. */

import React, { useState } from "react";
import type { NewsView } from "../../../engine/lifecycle/views/news-view.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import {
  Button,
  EmptyState,
  FilterBar,
  Page,
  Panel,
  ProblemBox,
  problemOf,
  Spinner,
  send,
  toast,
  useAddress,
  useSteady,
  useText,
  withQuery,
} from "../../../platform/ui/kit.js";
import { say } from "../../../platform/ui/language/text.js";
import { useRowKeys } from "../list/use-row-keys.js";
import type { SeenTogether } from "./news.page.js";
import { newsChanged, useNews } from "./news-events.js";
import { NewsList } from "./news-list.js";

const words = {
  title: msg("cases-news.newsPage.news"),
  noneHint: msg("cases-news.newsScreen.noneHint"),
  theseSeen: pattern("cases-news.newsScreen.theseSeen"),
};

async function takeBack(marks: SeenTogether["marks"]): Promise<void> {
  try {
    await send("pages/news", { do: "takeBack", marks });
    newsChanged();
    toast(msg("cases-news.newsScreen.takenBack"));
  } catch (error) {
    toast(problemOf(error).detail, "danger");
  }
}

/** What is listed here, up to what is listed of it: what comes in meanwhile stays news. */
function SeenButton({ view, narrowed }: { view: NewsView; narrowed: boolean }) {
  const { rows: listed, page, more, count, older } = view;
  const { t } = useText();
  const [busy, setBusy] = useState(false);
  const rows = listed.filter(({ seen }) => !seen);
  const isAll = !narrowed && page === 1 && (!more || rows.length >= count + older);
  const mark = async () => {
    setBusy(true);
    try {
      const shown = rows.map(({ reference, seq }) => ({ reference, seq }));
      const { marks } = await send<SeenTogether>("pages/news", { do: "seen", rows: shown });
      newsChanged();
      const n = new Set(marks.map(({ reference }) => reference)).size;
      toast(
        say(pattern("cases-news.newsScreen.markedSeen"), { n }),
        "success",
        n === 0 ? null : { words: msg("cases-news.newsScreen.takeBack"), act: () => void takeBack(marks) },
      );
      // The button goes with the last of them.
      document.querySelector<HTMLElement>("h1")?.focus();
    } catch (error) {
      toast(problemOf(error).detail, "danger");
    }
    setBusy(false);
  };
  return (
    <Button small kind="quiet" icon="check" busy={busy} onClick={() => void mark()}>
      {isAll ? t(msg("cases-news.newsScreen.allSeen")) : t(words.theseSeen, { n: rows.length })}
    </Button>
  );
}

export function NewsScreen() {
  const { t } = useText();
  const [query, setQuery] = useAddress();
  // What was read is there as well, so that it is found again.
  const unseen = query.shown === "unseen";
  const { search = "" } = query;
  const {
    view: latest,
    problem,
    loading,
  } = useNews(withQuery("pages/news", { page: query.page, shown: unseen ? "unseen" : "all", search }));
  const view = useSteady(latest);
  const list = useRowKeys();
  const go = (page: number) => setQuery({ page: page === 1 ? null : String(page) });
  return (
    <Page
      title={words.title}
      actions={view?.rows.some(({ seen }) => !seen) && <SeenButton view={view} narrowed={search !== ""} />}
    >
      <fieldset className="presets" aria-label={t(msg("cases-news.newsScreen.which"))}>
        <Button small kind="quiet" pressed={!unseen} onClick={() => setQuery({ shown: null, page: null })}>
          {t(msg("cases-news.newsScreen.all"))}
        </Button>
        <Button small kind="quiet" pressed={unseen} onClick={() => setQuery({ shown: "unseen", page: null })}>
          {t(msg("cases-news.newsScreen.unseen"))}
        </Button>
      </fieldset>
      <FilterBar filters={[]} search={msg("cases-news.newsScreen.search")} />
      <ProblemBox problem={problem} />
      {view !== null && view.older > 0 && !unseen && search === "" && (
        <p className="muted small">{t(pattern("cases-news.newsScreen.older"), { n: view.older })}</p>
      )}
      {view === null && loading && <Spinner />}
      {view !== null && (
        <Panel flush={view.rows.length > 0}>
          {view.rows.length === 0 && search !== "" ? (
            <EmptyState
              icon="search"
              title={msg("cases-news.newsScreen.noneFound")}
              hint={msg("cases-news.newsScreen.noneFoundHint")}
            />
          ) : view.rows.length === 0 ? (
            <EmptyState icon="check" title={msg("cases-news.newsScreen.none")} hint={words.noneHint} />
          ) : (
            <div ref={list}>
              <NewsList rows={view.rows} label={msg("cases-news.newsScreen.rows")} mixed={!unseen} />
            </div>
          )}
        </Panel>
      )}
      {view !== null && (view.page > 1 || view.more) && (
        <nav className="pager" aria-label={t(msg("cases-news.newsScreen.pages"))}>
          <div className="pager-buttons">
            <Button small icon="previous" disabled={view.page <= 1} onClick={() => go(view.page - 1)}>
              {t(msg("cases-news.newsScreen.previous"))}
            </Button>
            <Button small icon="next" disabled={!view.more} onClick={() => go(view.page + 1)}>
              {t(msg("cases-news.newsScreen.next"))}
            </Button>
          </div>
        </nav>
      )}
    </Page>
  );
}
