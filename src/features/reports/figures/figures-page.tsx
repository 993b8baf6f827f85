/** The figures of a scope and a period: what it is set to is in the address. */
import React from "react";
import { shiftDate } from "../../../engine/calendar/civil-days.js";
import { formatPeriod } from "../../../engine/formatting/moments.js";
import { readPeriod, writtenPeriod } from "../../../engine/measures/figure-period.js";
import type { FigureScope } from "../../../engine/measures/figure-scopes.js";
import type { FiguresView } from "../../../engine/measures/figures-view.js";
import { kpis } from "../../../engine/measures/kpi.js";
import { comparedCodes } from "../../../engine/measures/page-figures.js";
import { leastShown } from "../../../engine/measures/small-cells.js";
import { filled, msg, pattern } from "../../../engine/text/msg.js";
import { copyLink } from "../../../platform/ui/copy-link.js";
import { ConfidentialNote } from "../../../platform/ui/home-pieces.js";
import {
  adminRoot,
  Button,
  boot,
  LinkButton,
  NoticeBox,
  Page,
  ProblemBox,
  type Query,
  Select,
  type Sort,
  Spinner,
  toast,
  useAddress,
  useText,
  useView,
  type Words,
  withQuery,
} from "../../../platform/ui/kit.js";
import { ViewChips } from "../../cases/list/view-chips.js";
import { AgeingPanel, EscalationPanel } from "./ageing-panel.js";
import { ContactPanel } from "./contact-panel.js";
import { EntityTablePanel } from "./entity-table.js";
import { useFigureText } from "./figure-text.js";
import { GovernorateMap } from "./governorate-map.js";
import { FigureCards } from "./headline.js";
import { HeatTable } from "./heat-table.js";
import { DaysAgain, PeriodPicker } from "./period-picker.js";
import { readSort } from "./place-table.js";
import { SplitPanel } from "./split-panel.js";
import { TableFiles } from "./table-files.js";
import { TeamPanel } from "./team-panel.js";
import { FlowPanel, TrendPanel } from "./trend-panel.js";

const words = {
  title: msg("reports.figures.title"),
  of: msg("reports.figuresPage.figuresOf"),
  programme: msg("reports.figuresPage.programme"),
  asOf: pattern("reports.figuresPage.asOf"),
  asKnownOn: pattern("reports.figuresPage.asKnownOn"),
  known: msg("reports.figuresPage.known"),
  knownNow: msg("reports.figuresPage.knownNow"),
  knownOn: pattern("reports.figuresPage.knownOn"),
  compared: pattern("reports.figuresPage.comparedWith"),
  comparedBoth: pattern("reports.figuresPage.comparedWithBoth"),
  began: pattern("reports.figuresPage.programmeBegan"),
  running: msg("reports.figuresPage.periodRuns"),
  by: msg("reports.figuresPage.compareBy"),
  alerts: msg("reports.alerts.mine"),
  print: msg("reports.figuresPage.print"),
  copy: msg("reports.figuresPage.copyLink"),
  copied: msg("reports.figuresPage.linkCopied"),
  notCopied: pattern("reports.figuresPage.linkNotCopied"),
  desk: msg("reports.figuresPage.myDesk"),
  noCases: msg("reports.figuresPage.casesNotYours"),
  small: pattern("reports.figuresPage.smallHidden"),
  gone: msg("reports.figuresPage.notYoursNow"),
  again: msg("reports.figuresPage.thisMonth"),
  whole: pattern("reports.figuresPage.scopeAll"),
  below: pattern("reports.figuresPage.scopeBelow"),
  sector: pattern("reports.figuresPage.scopeSector"),
  own: msg("reports.figuresPage.scopeOwn"),
  within: pattern("reports.figuresPage.narrowedTo"),
  wider: msg("reports.figuresPage.showAll"),
  nothingYet: msg("reports.figuresPage.nothingYet"),
};

const scopeWords = {
  programme: words.whole,
  subtree: words.below,
  entity: null,
  sector: words.sector,
} as const satisfies Readonly<Record<Exclude<FigureScope["kind"], "own">, unknown>>;

function useScopeLabel() {
  const { t } = useText();
  return ({ kind, place }: FiguresView["scopes"][number]): Words => {
    if (kind === "own") return words.own;
    const wording = scopeWords[kind];
    return wording === null ? place.name : filled(wording, { name: t(place.name) });
  };
}

/** What the figures are of, and as of when. */
function Lead({ view }: { view: FiguresView }) {
  const { t, moment, date, language } = useText();
  const text = useFigureText(view);
  const { elapsed, before, lastYear, began, period } = view;
  const range = ({ from, to }: { from: string; to: string }) => formatPeriod(from, to, language);
  return (
    <>
      <strong>{text.period(period)}</strong> ·{" "}
      {view.known === null
        ? t(words.asOf, { at: moment(view.asOf) })
        : t(words.asKnownOn, { day: date(view.known), at: moment(view.asOf) })}{" "}
      {elapsed.running && t(words.running)}{" "}
      {before &&
        (lastYear
          ? t(words.comparedBoth, { before: range(before), lastYear: range(lastYear) })
          : t(words.compared, { period: range(before) }))}
      {before === null && began !== null && t(words.began, { date: date(began) })}
    </>
  );
}

interface SettingsProps {
  readonly view: FiguresView;
  readonly query: Query;
  readonly setQuery: (change: Readonly<Record<string, string | null>>) => void;
}

/** What the address asks for is shown at once, while its figures are on their way. */
function Settings({ view, query, setQuery }: SettingsProps) {
  const { date } = useText();
  const labelOf = useScopeLabel();
  const { scopes, scope, programmes, programme } = view;
  const compared = comparedCodes.filter((code) => view.figures.some((figure) => figure.code === code));
  const asked = query.period === undefined ? view.period : readPeriod(query.period, view.today);
  const period = typeof asked === "string" ? view.period : asked;
  // What happened to its cases since is known only now.
  const lastDay = shiftDate(period.to, -1);
  return (
    <div className="figures-settings">
      {programmes.length > 1 && (
        <Select
          label={words.programme}
          value={query.programme ?? programme.code}
          choices={programmes.map(({ code, name }) => ({ value: code, label: name }))}
          onChange={(code) => setQuery({ programme: code, scope: null, entity: null })}
        />
      )}
      {scopes.length > 1 && (
        <Select
          label={words.of}
          value={query.scope ?? scope.id}
          choices={scopes.map((one) => ({ value: one.id, label: labelOf(one) }))}
          onChange={(id) => setQuery({ scope: id, entity: null })}
        />
      )}
      <PeriodPicker
        key={writtenPeriod(period)}
        period={period}
        today={view.today}
        onChange={(written) => setQuery({ period: written, known: null })}
      />
      {lastDay < view.today && (
        <Select
          label={words.known}
          value={query.known ?? ""}
          choices={[
            { value: "", label: words.knownNow },
            ...[...new Set([lastDay, ...(query.known === undefined ? [] : [query.known])])].map((day) => ({
              value: day,
              label: filled(words.knownOn, { day: date(day) }),
            })),
          ]}
          onChange={(day) => setQuery({ known: day || null })}
        />
      )}
      <Select
        label={words.by}
        value={query.figure ?? view.figure}
        choices={compared.map((code) => ({ value: code, label: kpis[code].name }))}
        onChange={(figure) => setQuery({ figure })}
      />
    </div>
  );
}

/** The desk, also where the home opens something else. */
const deskAddress = `${adminRoot}?desk=mine`;

export function FiguresPage() {
  const { t } = useText();
  const [query, setQuery] = useAddress();
  const { programme, scope, entity, period, figure, unit, split, known } = query;
  const { view, problem, loading } = useView<FiguresView>(
    withQuery("pages/figures", { programme, scope, entity, period, figure, unit, split, known }),
    { refreshSeconds: 60 },
  );
  const sortOf = (name: "sort" | "splitSort") => ({
    sort: readSort(query[name]),
    onSort: ({ column, direction }: Sort) => setQuery({ [name]: `${column}.${direction}` }),
  });
  const copy = async () => {
    const { copied, link } = await copyLink(withQuery(`${adminRoot}/pages/figures`, query));
    toast(copied ? words.copied : t(words.notCopied, { link }), copied ? "success" : "info");
  };
  return (
    <Page
      title={words.title}
      wide
      lead={view && problem === null && <Lead view={view} />}
      actions={
        <>
          {boot()?.home !== undefined && (
            <LinkButton icon="home" to={deskAddress}>
              {t(words.desk)}
            </LinkButton>
          )}
          <Button icon="copy" onClick={() => void copy()}>
            {t(words.copy)}
          </Button>
          <LinkButton icon="bell" to={`${adminRoot}/pages/figure-alerts`}>
            {t(words.alerts)}
          </LinkButton>
          <Button icon="document" onClick={() => window.print()}>
            {t(words.print)}
          </Button>
        </>
      }
    >
      <ProblemBox
        problem={problem?.status === 404 ? { ...problem, detail: words.gone } : problem}
        actions={
          <>
            <LinkButton to={deskAddress}>{t(words.desk)}</LinkButton>
            <Button
              onClick={() =>
                setQuery({
                  period: null,
                  figure: null,
                  unit: null,
                  split: null,
                  scope: null,
                  entity: null,
                  programme: null,
                })
              }
            >
              {t(words.again)}
            </Button>
          </>
        }
      />
      {problem !== null && (
        <DaysAgain written={period} onChange={(written) => setQuery({ period: written, known: null })} />
      )}
      {view === null && loading && <Spinner />}
      {view && problem === null && (
        <div className="figures-page" aria-busy={loading || undefined}>
          <ViewChips screen="figures" />
          <Settings view={view} query={query} setQuery={setQuery} />
          {view.began === null && !view.scope.confidential && <NoticeBox>{t(words.nothingYet)}</NoticeBox>}
          {!view.scope.readsCases && (
            <NoticeBox>
              {t(words.noCases)} {view.hidesSmall && t(words.small, { n: leastShown })}
            </NoticeBox>
          )}
          {view.within && (
            <p className="figures-within">
              {t(words.within, { name: t(view.within.name) })}{" "}
              <Button small kind="quiet" icon="close" onClick={() => setQuery({ entity: null })}>
                {t(words.wider)}
              </Button>
            </p>
          )}
          <FigureCards view={view} headline />
          <TableFiles view={view} part="figures" />
          <EscalationPanel view={view} />
          <TrendPanel view={view} onUnit={(value) => setQuery({ unit: value })} />
          {view.team && <TeamPanel view={view} lines={view.team} />}
          <EntityTablePanel
            view={view}
            narrowedTo={(code) => withQuery(`${adminRoot}/pages/figures`, { ...query, entity: code })}
            {...sortOf("sort")}
          />
          <HeatTable view={view} />
          <SplitPanel
            view={view}
            by={split ?? view.split.by}
            onBy={(value) => setQuery({ split: value })}
            {...sortOf("splitSort")}
          />
          <div className="figures-pair">
            <AgeingPanel view={view} />
            <FlowPanel view={view} />
          </div>
          <GovernorateMap view={view} />
          <ContactPanel view={view} />
          <FigureCards view={view} headline={false} />
          {!view.scope.confidential && (
            <p className="muted small">
              <ConfidentialNote total={view.confidentialCases} />
            </p>
          )}
        </div>
      )}
    </Page>
  );
}
