/** The first page: a desk for each role that somebody holds. */

import React, { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Link } from "react-router-dom";
import type { NewsView } from "../../engine/lifecycle/views/news-view.js";
import { type LastPeriod, writtenPeriod } from "../../engine/measures/figure-period.js";
import { scopeIdOf } from "../../engine/measures/figure-scopes.js";
import type { HomeDesk, HomePage, TriageDesk } from "../../engine/measures/home-view.js";
import { msg, pattern } from "../../engine/text/msg.js";
import { AllLink, casesAddress, Figure, Figures } from "../../platform/ui/home-pieces.js";
import {
  adminRoot,
  Badge,
  boot,
  EmptyState,
  type Fresh,
  LinkButton,
  Page,
  Panel,
  ProblemBox,
  Spinner,
  useAddress,
  useLiveReload,
  useSteady,
  useText,
  useView,
  withQuery,
} from "../../platform/ui/kit.js";
import { useRowKeys } from "../cases/list/use-row-keys.js";
import { onNewsChanged } from "../cases/news/news-events.js";
import { NewsList } from "../cases/news/news-list.js";
import { AskButtons, HomeOrders } from "../orders/order-pieces.js";
import { useKeptPeriod } from "../reports/figures/period-picker.js";
import { AuditorHome } from "./auditor-desk.js";
import { ContactHome } from "./contact-desk.js";
import { DeskRows, deskColumns, useDeskKeys } from "./desk-rows.js";
import { deskFilterNames, FocalHome, type RowsInSight } from "./focal-desk.js";
import { ToAcknowledge } from "./home-instructions.js";
import { RepliesLate } from "./late-figures.js";
import { CommitteeHome, ExecutiveHome } from "./other-desks.js";
import { QueueTable, RoomHome } from "./room-desk.js";

const homeNewsWords = {
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
        title={homeNewsWords.title}
        actions={
          <Link className="desk-count" to={`${adminRoot}/pages/news`} title={t(homeNewsWords.all)}>
            <Badge icon="bell">{count}</Badge>
            <span className="unseen"> {t(homeNewsWords.all)}</span>
          </Link>
        }
        flush
      >
        <div ref={list}>
          <NewsList rows={news.rows} label={homeNewsWords.title} />
        </div>
      </Panel>
    </div>
  );
}

/** Nothing, and no keys for it, where there is none. */
const HomeNews = ({ news }: { news: NewsView }) => (news.rows.length === 0 ? null : <Rows news={news} />);

/** As the figures page names scope and period; what is left out it chooses itself. Null: those at this desk read no figures. */
function settingOf(desk: HomeDesk): { readonly scope?: string; readonly period?: string } | null {
  switch (desk.kind) {
    // Who leads the agents reads them.
    case "agent":
      return desk.lead && { scope: scopeIdOf({ kind: "programme", code: null }) };
    // The first of their scopes is their entity.
    case "focal":
      return {};
    case "triage": {
      const [sector, ...others] = desk.sectors;
      return sector === undefined || others.length > 0
        ? {}
        : { scope: scopeIdOf({ kind: "sector", code: sector.code }) };
    }
    case "executive":
      // The period that the desk shows.
      return { scope: scopeIdOf({ kind: "subtree", code: desk.entity.code }), period: writtenPeriod(desk.period) };
    case "committee":
      return { scope: scopeIdOf({ kind: "programme", code: null }), period: writtenPeriod(desk.period) };
    case "room":
    case "auditor":
      return { scope: scopeIdOf({ kind: "programme", code: null }) };
  }
}

/** From a desk to the figures of the same cases. */
function figuresAddress(desk: HomeDesk): string | null {
  const setting = settingOf(desk);
  return setting && withQuery(`${adminRoot}/pages/figures`, { programme: desk.programme.code, ...setting });
}

const triageHomeWords = {
  oldest: msg("home.home.triageHomeWordsOldest"),
  queueEmpty: msg("home.home.triageHomeWordsQueueEmpty"),
  queueHint: msg("home.home.triageHomeWordsQueueHint"),
};

/** Home of a main focal point: what waits to be placed, by keys as the desk. */
function TriageHome({ desk, fresh, onActed }: { desk: TriageDesk; fresh: Fresh; onActed: () => void }) {
  const { t, number } = useText();
  const { programme } = desk;
  const waiting = casesAddress(programme, { unplaced: "true", kind: "open,waiting" });
  const list = useDeskKeys(desk.cases, onActed);
  const several = desk.sectors.length > 1;
  const columns = useMemo(() => (several ? deskColumns(false).filter(({ key }) => key === "sector") : []), [several]);
  return (
    <>
      <Figures strip>
        <Figure
          label={msg("home.home.triageHomeWordsWaiting")}
          icon="folder"
          value={number(desk.waiting)}
          beside={desk.sectors.map(({ name }) => t(name)).join(t(msg("home.home.text")))}
          to={waiting}
        />
        <Figure
          label={msg("home.home.triageHomeWordsLate")}
          icon="alert"
          value={number(desk.late)}
          tone={desk.late > 0 ? "late" : undefined}
          to={casesAddress(programme, { unplaced: "true", desk: "overdue" })}
        />
        <RepliesLate n={desk.repliesLate} programme={programme} more={{ unplaced: "true" }} />
      </Figures>
      {desk.cases.length === 0 ? (
        <Panel title={triageHomeWords.oldest}>
          <EmptyState icon="check" title={triageHomeWords.queueEmpty} hint={triageHomeWords.queueHint} />
        </Panel>
      ) : (
        <div ref={list} className="desk-groups">
          <Panel title={triageHomeWords.oldest} flush>
            <DeskRows
              rows={desk.cases}
              label={triageHomeWords.oldest}
              columns={columns}
              fresh={fresh}
              onActed={onActed}
            />
            {desk.waiting > desk.cases.length && (
              <div className="desk-more">
                <AllLink to={waiting} n={desk.waiting} />
              </div>
            )}
          </Panel>
        </div>
      )}
      {several && (
        <Panel title={msg("home.home.triageHomeWordsBySector")} flush>
          <QueueTable lines={desk.queue} programme={programme} />
        </Panel>
      )}
    </>
  );
}

const words = {
  home: msg("home.home.home"),
  room: msg("home.home.room"),
  triage: msg("home.home.triage"),
  focal: msg("home.home.focal"),
  executive: msg("home.home.executive"),
  committee: msg("home.home.committee"),
  auditor: msg("home.home.auditor"),
  agent: msg("home.home.agent"),
  none: msg("home.home.none"),
  noneHint: msg("home.home.noneHint"),
  figures: msg("home.home.figures"),
};

/** Minutes pass between looks at a home; it keeps up by itself. */
const refreshSeconds = 60;
/** People who work at a desk see what comes in at once; figures of a whole programme need not follow every case. */
const workMs = 1500;
const figuresMs = 15_000;

interface Working {
  readonly fresh: Fresh;
  readonly rows: RowsInSight;
  readonly onRows: (rows: RowsInSight) => void;
  readonly onActed: () => void;
  readonly onTime: () => void;
  readonly kept: LastPeriod | null;
  readonly onKept: (period: LastPeriod) => void;
  /** Whether the reader may ask entities. */
  readonly mayDirect: boolean;
}

function Desk({ desk, ...working }: { desk: HomeDesk } & Working) {
  switch (desk.kind) {
    case "room":
      return <RoomHome desk={desk} />;
    case "triage":
      return <TriageHome desk={desk} {...working} />;
    case "focal":
      return <FocalHome desk={desk} {...working} />;
    case "executive":
      return <ExecutiveHome desk={desk} mayDirect={working.mayDirect} kept={working.kept} onKept={working.onKept} />;
    case "committee":
      return <CommitteeHome desk={desk} mayDirect={working.mayDirect} kept={working.kept} onKept={working.onKept} />;
    case "auditor":
      return <AuditorHome desk={desk} />;
    case "agent":
      return <ContactHome desk={desk} />;
  }
}

/** Whose desk it is: the entity's name where it is of one. */
function useTitle() {
  const { t } = useText();
  const programmes = boot()?.programmes.length ?? 0;
  return (desk: HomeDesk): string => {
    const places = desk.kind === "focal" ? desk.entities : desk.kind === "executive" ? [desk.entity] : [];
    const place = places.map(({ name }) => t(name)).join(t(msg("home.home.text")));
    return [place || t(words[desk.kind]), ...(programmes > 1 ? [t(desk.programme.name)] : [])].join(" · ");
  };
}

function FiguresLink({ desk }: { desk: HomeDesk }) {
  const { t } = useText();
  const to = figuresAddress(desk);
  if (to === null) return null;
  return (
    <LinkButton small kind="quiet" icon="chart" to={to}>
      {t(words.figures)}
    </LinkButton>
  );
}

/** An executive may hold seats at several entities. */
const keyOf = (desk: HomeDesk): string =>
  [desk.kind, desk.programme.code, desk.kind === "executive" ? desk.entity.code : ""].join("/");

export function Home() {
  const [query] = useAddress();
  const [rows, setRows] = useState<RowsInSight>({});
  const inSight = Object.entries(rows).map(([group, count]) => `${group}.${count}`);
  const filters = Object.fromEntries(
    deskFilterNames.map((name) => [`filters.${name}`, query[`filters.${name}`]?.slice(0, 200)]),
  );
  const [kept, keep] = useKeptPeriod();
  const address = withQuery("pages/home", { ...filters, rows: inSight.join(","), period: kept ?? undefined });
  const { view: latest, problem, loading, reload, keepUp } = useView<HomePage>(address, { refreshSeconds });
  const view = useSteady(latest);
  const titleOf = useTitle();
  // The same for good: rows are drawn anew where they changed.
  const readAgain = useRef(reload);
  readAgain.current = reload;
  const onActed = useCallback(() => void readAgain.current(), []);
  const desks = view?.desks ?? [];
  const works = desks.some(({ kind }) => kind === "focal" || kind === "triage");
  const fresh = useLiveReload(keepUp, works ? workMs : figuresMs);
  useEffect(() => {
    return onNewsChanged(keepUp);
  }, [keepUp]);
  const [first] = desks;
  const several = desks.length > 1;
  // Where nothing was asked yet, the way to ask takes no room of its own.
  const mayBegin = view?.orders.mayDirect === true && view.orders.asked.length === 0;
  return (
    <Page
      title={first && !several ? titleOf(first) : words.home}
      wide={works ? "full" : true}
      dense={works || desks.every(({ kind }) => kind === "executive" || kind === "committee")}
      actions={
        <>
          {mayBegin && <AskButtons view={{ mayDirect: true, mayAsk: false }} />}
          {first && !several && <FiguresLink desk={first} />}
        </>
      }
    >
      <ProblemBox problem={problem} />
      {view === null && loading && <Spinner />}
      {view && desks.length === 0 && (
        <Panel>
          <EmptyState icon="seat" title={words.none} hint={words.noneHint} />
        </Panel>
      )}
      {view && <ToAcknowledge lines={view.toAcknowledge} />}
      {view && <HomeOrders orders={view.orders} />}
      {view && <HomeNews news={view.news} />}
      {desks.map((desk) => (
        <section key={keyOf(desk)} className="desk">
          {several && (
            <div className="home-line">
              <h2 className="desk-title">{titleOf(desk)}</h2>
              <FiguresLink desk={desk} />
            </div>
          )}
          <Desk
            desk={desk}
            fresh={fresh}
            rows={rows}
            onRows={setRows}
            onActed={onActed}
            onTime={() => void keepUp()}
            kept={kept}
            onKept={keep}
            mayDirect={view?.orders.mayDirect ?? false}
          />
        </section>
      ))}
    </Page>
  );
}
