/** Homes of those who look on from above: executives and the steering committee. */

import type { ReactNode } from "react";
import React from "react";
import { Link } from "react-router-dom";
import { formatCount } from "../../engine/formatting/counted-nouns.js";
import { writtenCounted } from "../../engine/lifecycle/counted-cases.js";
import { elapsedOf, isLastPeriod, type LastPeriod, writtenPeriod } from "../../engine/measures/figure-period.js";
import { scopeIdOf } from "../../engine/measures/figure-scopes.js";
import type { HomeFigure } from "../../engine/measures/home-figures.js";
import type { CommitteeDesk, ExecutiveDesk } from "../../engine/measures/home-view.js";
import { kpis } from "../../engine/measures/kpi.js";
import type { Ratio } from "../../engine/measures/kpi-counts.js";
import { isShare, type PageFigureCode, pageFigure } from "../../engine/measures/page-figures.js";
import { msg, pattern } from "../../engine/text/msg.js";
import { apart } from "../../engine/text/text.js";
import {
  AllLink,
  type CaseFilter,
  CaseLines,
  ConfidentialNote,
  casesAddress,
  Figure,
  Figures,
} from "../../platform/ui/home-pieces.js";
import {
  adminRoot,
  EmptyState,
  LinkButton,
  Panel,
  Select,
  useText,
  type Words,
  withQuery,
} from "../../platform/ui/kit.js";
import { newOrderAddress } from "../orders/order-pieces.js";
import { useFigureText } from "../reports/figures/figure-text.js";
import { FoldPanel } from "../reports/figures/fold-panel.js";
import { TargetWords } from "../reports/figures/target-words.js";
import { SparkLine } from "./spark-line.js";
import { Troubles } from "./troubles.js";

interface KpiFigureProps {
  readonly figure: HomeFigure;
  readonly desk: Pick<ExecutiveDesk, "day" | "steps">;
  /** What it is to be compared with. */
  readonly beside?: ReactNode;
  /** The list behind it. */
  readonly to?: string | undefined;
}

/** A key figure of a home: its value, what it is a share of, how it lies to its target, its line of twelve weeks or months. */
function KpiFigure({ figure, desk, beside, to }: KpiFigureProps) {
  const { t } = useText();
  const text = useFigureText(desk);
  const { code, measured, line } = figure;
  const value = text.measured(code, measured);
  const outOf = text.outOf(measured);
  const overdue = code === "delayed" && (measured.value ?? 0) > 0;
  const known = line.flatMap((one, i) => (one === null ? [] : [{ one, step: desk.steps[i] }]));
  const [first, last] = [known[0], known.at(-1)];
  return (
    <Figure
      label={kpis[code].name}
      icon={isShare(code) ? "chart" : code === "delayed" ? "alert" : undefined}
      value={measured.value === null ? <span className="figure-none">{value}</span> : value}
      tone={overdue ? "late" : undefined}
      to={to}
      beside={
        <>
          {outOf !== "" && <span>{outOf}</span>}
          {beside && <span>{beside}</span>}
          <TargetWords shown={figure} measured={measured} day={desk.day} short />
          {first?.step && last?.step && first !== last && (
            <SparkLine
              values={line}
              label={t(words.line, {
                first: text.step(first.step),
                from: text.value(code, first.one),
                last: text.step(last.step),
                to: text.value(code, last.one),
              })}
            />
          )}
        </>
      }
    />
  );
}

const words = {
  counted: pattern("home.otherDesks.counted"),
  line: pattern("home.otherDesks.line"),
  noneRated: msg("home.otherDesks.noneRated"),
};

/** How many of those who were asked for a rating gave one. */
function useRated({ rate }: Ratio): string {
  const { t, percent } = useText();
  return rate === null ? t(words.noneRated) : t(pattern("home.otherDesks.rated"), { n: apart(percent(rate)) });
}

const periodWords = {
  "last-week": msg("reports.figuresPage.unitWeek"),
  "last-month": msg("reports.figuresPage.unitMonth"),
  "last-30-days": msg("reports.figuresPage.unitThirtyDays"),
  "last-quarter": msg("reports.figuresPage.unitQuarter"),
  "last-year": msg("reports.figuresPage.unitYear"),
} as const satisfies Readonly<Record<LastPeriod, Words>>;

/** The period that the reader chose last, on this device. */
interface Kept {
  readonly kept: LastPeriod | null;
  readonly onKept: (period: LastPeriod) => void;
}

/** Which period the figures are of, and the choice of another: it is the one of the figures page too. */
function PeriodLine({
  desk,
  kept,
  onKept,
  children,
}: Kept & { desk: ExecutiveDesk | CommitteeDesk; children?: ReactNode }) {
  const { t, date, moment } = useText();
  const text = useFigureText(desk);
  const { days, running } = elapsedOf(desk.period, desk.today);
  return (
    <div className="home-line">
      <p className="home-period">
        <strong>{text.period(desk.period)}</strong>{" "}
        {running && t(pattern("reports.figuresPage.periodRuns"), { days: t(formatCount(days, "day", "nominative")) })}{" "}
        <span className="small">
          {t(words.counted, { at: moment(desk.countedAt) })}{" "}
          {desk.steps[0] && t(pattern("home.otherDesks.linesSince"), { date: date(desk.steps[0].from) })}
        </span>
      </p>
      <div className="home-acts">
        <Select
          ariaLabel={msg("reports.figuresPage.period")}
          value={kept ?? "last-month"}
          choices={Object.entries(periodWords).map(([value, label]) => ({ value, label }))}
          onChange={(given) => isLastPeriod(given) && onKept(given)}
        />
        {children}
      </div>
    </div>
  );
}

/** What climbed to the reader, with the step of the ladder that took it there; where nothing did, what is late for longest. */
function Climbed({ desk, cases }: { desk: ExecutiveDesk; cases: (filter: CaseFilter) => string }) {
  const { t, moment } = useText();
  const { toMe, climbed } = desk;
  if (toMe !== null && climbed.length > 0) {
    const why = new Map(
      climbed.map(({ reference, reason, climbedAt }) => [
        reference,
        t(pattern("home.otherDesks.climbed"), { reason: t(reason), at: moment(climbedAt) }),
      ]),
    );
    return (
      <Panel
        title={msg("home.otherDesks.toMeOf", { n: toMe.count })}
        actions={
          toMe.count > climbed.length && (
            <AllLink to={cases({ level: String(toMe.level), kind: "open,waiting" })} n={toMe.count} />
          )
        }
      >
        <CaseLines lines={climbed} withEntity tight why={why} />
      </Panel>
    );
  }
  return (
    <Panel
      title={msg("home.otherDesks.urgent")}
      actions={desk.delayed > desk.cases.length && <AllLink to={cases({ late: "late" })} n={desk.delayed} />}
    >
      {toMe !== null && <p className="muted small">{t(msg("home.otherDesks.noneToMe"))}</p>}
      {desk.cases.length === 0 ? (
        <EmptyState icon="check" title={msg("home.otherDesks.noUrgent")} />
      ) : (
        <CaseLines lines={desk.cases} withEntity tight />
      )}
    </Panel>
  );
}

/** Where an entity is asked about what a line shows; nothing for who may not. */
const orderFrom = ({ programme }: Pick<ExecutiveDesk, "programme">, mayDirect: boolean) =>
  mayDirect ? (entity: string) => newOrderAddress({ programme: programme.code, entity }) : undefined;

export function ExecutiveHome({ desk, mayDirect, ...kept }: { desk: ExecutiveDesk; mayDirect: boolean } & Kept) {
  const { t } = useText();
  const { programme } = desk;
  // As they are counted: of this entity and those below it, without what is confidential.
  const cases = (filter: CaseFilter) =>
    casesAddress(programme, { under: desk.entity.code, confidential: "false", ...filter });
  const rated = useRated(desk.ratedOfInvited);
  const beside = (code: PageFigureCode): string => {
    if (code === "delayed") return t(pattern("home.otherDesks.ofOpen"), { n: desk.open });
    return code === "satisfaction" ? rated : "";
  };
  const listOf = (code: PageFigureCode): string | undefined => {
    const { cases: happening } = pageFigure(code);
    if (happening === null) return undefined;
    if (happening === "late") return cases({ late: "late" });
    if (happening === "open") return cases({ kind: "open,waiting" });
    const { from, to } = desk;
    return cases({ counted: writtenCounted({ happening, from, to, level: null }) });
  };
  return (
    <>
      <PeriodLine desk={desk} {...kept} />
      <Figures row>
        {desk.figures
          .filter(({ headline }) => headline)
          .map((figure) => (
            <KpiFigure
              key={figure.code}
              figure={figure}
              desk={desk}
              beside={beside(figure.code)}
              to={listOf(figure.code)}
            />
          ))}
      </Figures>
      <div className="home-pair">
        <Climbed desk={desk} cases={cases} />
        <Troubles lines={desk.troubles} cases={cases} order={orderFrom(desk, mayDirect)} />
      </div>
      <p className="muted small">
        {desk.escalated > 0 && (
          <>
            <Link to={cases({ escalated: "true", kind: "open,waiting" })}>
              {t(pattern("home.otherDesks.escalatedAll"), { n: desk.escalated })}
            </Link>{" "}
          </>
        )}
        {t(msg("reports.figuresPage.withoutUnplaced"))} <ConfidentialNote total={desk.confidentialCases} />
      </p>
    </>
  );
}

/** So many figures are in one row, with their lines; the others are folded. */
const inRow = 5;

export function CommitteeHome({ desk, mayDirect, ...kept }: { desk: CommitteeDesk; mayDirect: boolean } & Kept) {
  const { t, percent } = useText();
  const byEntity = withQuery(`${adminRoot}/pages/figures`, {
    ...{ programme: desk.programme.code, scope: scopeIdOf({ kind: "programme", code: null }) },
    period: writtenPeriod(desk.period),
  });
  const rated = useRated(desk.ratedOfInvited);
  const amongAnswered = desk.figures.find(({ code }) => code === "onTimeAmongResolved")?.measured.value ?? null;
  // It looks better than it is, and stands only beside what it belongs to.
  const figures = desk.figures.filter(({ code }) => code !== "onTimeAmongResolved");
  const row = figures.filter(({ headline }) => headline).slice(0, inRow);
  const others = figures.filter((figure) => !row.includes(figure));
  const beside = (code: PageFigureCode): string => {
    if (code === "satisfaction") return rated;
    return code === "onTimeResolution" && amongAnswered !== null
      ? t(pattern("home.otherDesks.closedOnly"), { p: apart(percent(amongAnswered)) })
      : "";
  };
  const cards = (shown: readonly HomeFigure[]) =>
    shown.map((figure) => <KpiFigure key={figure.code} figure={figure} desk={desk} beside={beside(figure.code)} />);
  return (
    <>
      <PeriodLine desk={desk} {...kept}>
        <LinkButton
          kind="primary"
          icon="mail"
          to={withQuery(`${adminRoot}/pages/digest`, { programme: desk.programme.code })}
        >
          {t(msg("home.otherDesks.digest"))}
        </LinkButton>
      </PeriodLine>
      <Figures row>{cards(row)}</Figures>
      <div className="home-worst">
        <Troubles
          lines={desk.troubles}
          order={orderFrom(desk, mayDirect)}
          actions={
            <Link className="all-link" to={`${byEntity}#figures-entities`}>
              {t(msg("home.otherDesks.entities"))}
            </Link>
          }
        />
      </div>
      {others.length > 0 && (
        <FoldPanel id="home-figures" title={msg("home.otherDesks.figures")} closed>
          <div className="figures figures-small">{cards(others)}</div>
        </FoldPanel>
      )}
      <p className="muted small">
        {t(msg("reports.figuresPage.withUnplaced"))} <ConfidentialNote total={desk.confidentialCases} />
      </p>
    </>
  );
}
