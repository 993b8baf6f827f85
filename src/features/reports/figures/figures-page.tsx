/** The figures of a scope and a period: what it is set to is in the address. */
import React from "react";
import { shiftDate } from "../../../engine/calendar/civil-days.js";
import { formatCount } from "../../../engine/formatting/counted-nouns.js";
import { formatPeriod } from "../../../engine/formatting/moments.js";
import { type LastPeriod, readPeriod, writtenPeriod } from "../../../engine/measures/figure-period.js";
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
  reaches,
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
import type { ContactFiguresView } from "../../contact-centre/figures/contact-figures.service.js";
import { RatingsByWayPanel } from "../../contact-centre/figures/ratings-by-way.js";
import { AgeingPanel, EscalationPanel } from "./ageing-panel.js";
import { EntityTablePanel } from "./entity-table.js";
import { useFigureText } from "./figure-text.js";
import type { FiguresPageView } from "./figures.page.js";
import { GovernorateMap } from "./governorate-map.js";
import { FigureCards } from "./headline.js";
import { HeatTable } from "./heat-table.js";
import { DaysAgain, PeriodPicker, useKeptPeriod } from "./period-picker.js";
import { readSort } from "./place-table.js";
import { SplitPanel } from "./split-panel.js";
import { TableFiles } from "./table-files.js";
import { TeamPanel } from "./team-panel.js";
import { FlowPanel, TrendPanel } from "./trend-panel.js";

const address = `${adminRoot}/pages/contact-figures`;

/** Of a whole programme, for who reads the figures of its contact centre; nothing for all others. */
function ContactPanel({ view }: { view: FiguresView }) {
  const { t } = useText();
  const { scope, within, period, programme } = view;
  const isShown = reaches(address) && scope.kind === "programme" && within === null;
  const asked = withQuery("pages/contact-figures", { programme: programme.code, from: period.from, to: period.to });
  const { view: contact } = useView<ContactFiguresView>(isShown ? asked : null);
  if (contact === null || contact.ratings.length === 0) return null;
  return (
    <RatingsByWayPanel
      ratings={contact.ratings}
      actions={
        <LinkButton small icon="phone" to={withQuery(address, { programme: programme.code })}>
          {t(msg("contact-centre.contactFigures.title"))}
        </LinkButton>
      }
    />
  );
}

const words = {
  notCopied: pattern("reports.figuresPage.linkNotCopied"),
  desk: msg("reports.figuresPage.myDesk"),
  small: pattern("reports.figuresPage.smallHidden"),
  nothingYet: msg("reports.figuresPage.nothingYet"),
};

const scopeWords = {
  programme: pattern("reports.figuresPage.scopeAll"),
  subtree: pattern("reports.figuresPage.scopeBelow"),
  entity: null,
  sector: pattern("reports.figuresPage.scopeSector"),
} as const satisfies Readonly<Record<Exclude<FigureScope["kind"], "own">, unknown>>;

function useScopeLabel() {
  const { t } = useText();
  return ({ kind, place }: FiguresView["scopes"][number]): Words => {
    if (kind === "own") return msg("reports.figuresPage.scopeOwn");
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
        ? t(pattern("reports.figuresPage.asOf"), { at: moment(view.asOf) })
        : t(pattern("reports.figuresPage.asKnownOn"), { day: date(view.known), at: moment(view.asOf) })}{" "}
      {elapsed.running &&
        t(pattern("reports.figuresPage.periodRuns"), { days: t(formatCount(elapsed.days, "day", "nominative")) })}{" "}
      {before &&
        (lastYear
          ? t(pattern("reports.figuresPage.comparedWithBoth"), { before: range(before), lastYear: range(lastYear) })
          : t(pattern("reports.figuresPage.comparedWith"), { period: range(before) }))}
      {before === null && began !== null && t(pattern("reports.figuresPage.programmeBegan"), { date: date(began) })}
    </>
  );
}

interface SettingsProps {
  readonly view: FiguresView;
  readonly query: Query;
  readonly setQuery: (change: Readonly<Record<string, string | null>>) => void;
  readonly onPeriod: (written: string, kept?: LastPeriod) => void;
}

/** What the address asks for is shown at once, while its figures are on their way. */
function Settings({ view, query, setQuery, onPeriod }: SettingsProps) {
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
          label={msg("reports.figuresPage.programme")}
          value={query.programme ?? programme.code}
          choices={programmes.map(({ code, name }) => ({ value: code, label: name }))}
          onChange={(code) => setQuery({ programme: code, scope: null, entity: null })}
        />
      )}
      {scopes.length > 1 && (
        <Select
          label={msg("reports.figuresPage.figuresOf")}
          value={query.scope ?? scope.id}
          choices={scopes.map((one) => ({ value: one.id, label: labelOf(one) }))}
          onChange={(id) => setQuery({ scope: id, entity: null })}
        />
      )}
      <PeriodPicker key={writtenPeriod(period)} period={period} today={view.today} onChange={onPeriod} />
      {lastDay < view.today && (
        <Select
          label={msg("reports.figuresPage.known")}
          value={query.known ?? ""}
          choices={[
            { value: "", label: msg("reports.figuresPage.knownNow") },
            ...[...new Set([lastDay, ...(query.known === undefined ? [] : [query.known])])].map((day) => ({
              value: day,
              label: msg("reports.figuresPage.knownOn", { day: date(day) }),
            })),
          ]}
          onChange={(day) => setQuery({ known: day || null })}
        />
      )}
      <Select
        label={msg("reports.figuresPage.compareBy")}
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
  const [kept, keep] = useKeptPeriod();
  const { programme, scope, entity, figure, unit, split, known } = query;
  const period = query.period ?? kept ?? undefined;
  const onPeriod = (written: string, last?: LastPeriod) => {
    if (last !== undefined) keep(last);
    setQuery({ period: written, known: null });
  };
  const { view, problem, loading } = useView<FiguresPageView>(
    withQuery("pages/figures", { programme, scope, entity, period, figure, unit, split, known }),
    { refreshSeconds: 60 },
  );
  // The worst entities first.
  const sortOf = (name: "sort" | "splitSort") => ({
    sort: readSort(query[name], name === "sort" ? "overdue" : "volume"),
    onSort: ({ column, direction }: Sort) => setQuery({ [name]: `${column}.${direction}` }),
  });
  const copy = async () => {
    const { copied, link } = await copyLink(withQuery(`${adminRoot}/pages/figures`, query));
    toast(copied ? msg("reports.figuresPage.linkCopied") : t(words.notCopied, { link }), copied ? "success" : "info");
  };
  return (
    <Page
      title={msg("reports.figures.title")}
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
            {t(msg("reports.figuresPage.copyLink"))}
          </Button>
          <LinkButton icon="bell" to={`${adminRoot}/pages/figure-alerts`}>
            {t(msg("reports.alerts.mine"))}
          </LinkButton>
          <Button icon="document" onClick={() => window.print()}>
            {t(msg("reports.figuresPage.print"))}
          </Button>
        </>
      }
    >
      <ProblemBox
        problem={problem?.status === 404 ? { ...problem, detail: msg("reports.figuresPage.notYoursNow") } : problem}
        actions={
          <>
            <LinkButton to={deskAddress}>{t(words.desk)}</LinkButton>
            <Button
              onClick={() =>
                setQuery({
                  period: "last-month",
                  figure: null,
                  unit: null,
                  split: null,
                  scope: null,
                  entity: null,
                  programme: null,
                })
              }
            >
              {t(msg("reports.figuresPage.lastMonth"))}
            </Button>
          </>
        }
      />
      {problem !== null && <DaysAgain written={period} onChange={onPeriod} />}
      {view === null && loading && <Spinner />}
      {view && problem === null && (
        <div className="figures-page" aria-busy={loading || undefined}>
          <ViewChips screen="figures" />
          <Settings view={view} query={query} setQuery={setQuery} onPeriod={onPeriod} />
          {view.began === null && !view.scope.confidential && <NoticeBox>{t(words.nothingYet)}</NoticeBox>}
          {!view.scope.readsCases && (
            <NoticeBox>
              {t(msg("reports.figuresPage.casesNotYours"))} {view.hidesSmall && t(words.small, { n: leastShown })}
            </NoticeBox>
          )}
          {view.within && (
            <p className="figures-within">
              {t(pattern("reports.figuresPage.narrowedTo"), { name: t(view.within.name) })}{" "}
              <Button small kind="quiet" icon="close" onClick={() => setQuery({ entity: null })}>
                {t(msg("reports.figuresPage.showAll"))}
              </Button>
            </p>
          )}
          <FigureCards view={view} headline />
          <TableFiles view={view} part="figures" />
          <EntityTablePanel
            view={view}
            narrowedTo={(code) => withQuery(`${adminRoot}/pages/figures`, { ...query, entity: code })}
            {...sortOf("sort")}
          />
          <div className="figures-pair">
            <AgeingPanel view={view} />
            <EscalationPanel view={view} />
          </div>
          <div className="figures-pair">
            <TrendPanel view={view} onUnit={(value) => setQuery({ unit: value })} />
            <FlowPanel view={view} />
          </div>
          {view.team && <TeamPanel view={view} lines={view.team} />}
          <SplitPanel
            view={view}
            by={split ?? view.split.by}
            onBy={(value) => setQuery({ split: value })}
            {...sortOf("splitSort")}
          />
          <HeatTable view={view} />
          <GovernorateMap view={view} />
          <ContactPanel view={view} />
          <FigureCards view={view} headline={false} />
          {!view.scope.confidential && (
            <p className="muted small">
              {view.scope.kind === "subtree" && t(msg("reports.figuresPage.withoutUnplaced"))}
              {view.scope.kind === "programme" && t(msg("reports.figuresPage.withUnplaced"))}{" "}
              <ConfidentialNote total={view.confidentialCases} />
            </p>
          )}
        </div>
      )}
    </Page>
  );
}
