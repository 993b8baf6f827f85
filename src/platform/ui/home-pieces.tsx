/** What homes are made of: figures that lead to the list behind them, lines of cases, shares. */

import React, { type ReactNode } from "react";
import { Link } from "react-router-dom";
import type { NamedCode } from "../../engine/lifecycle/held-sweep.js";
import type { PromiseTarget } from "../../engine/lifecycle/nearer-promise.js";
import type { HomeCase } from "../../engine/measures/home-view.js";
import type { Ratio } from "../../engine/measures/kpi-counts.js";
import { msg, pattern } from "../../engine/text/msg.js";
import { adminRoot, Bidi, ClockBar, Icon, type Tone, useText, type Words, withQuery } from "./kit.js";

const promiseNames = {
  firstResponse: msg("ui.homePieces.firstReply"),
  resolution: msg("ui.homePieces.finalAnswer"),
} as const satisfies Record<PromiseTarget, Words>;

/** Filters of the list of cases, as they stand in its address. */
export type CaseFilter = Readonly<Record<string, string | undefined>>;

export function casesAddress(programme: NamedCode, filter: CaseFilter): string {
  const filters = Object.entries({ programme: programme.code, ...filter }).map(([name, value]) => [
    `filters.${name}`,
    value,
  ]);
  return withQuery(`${adminRoot}/resources/cases`, Object.fromEntries(filters));
}
export const caseAddress = (reference: string): string => `${adminRoot}/resources/cases/records/${reference}/show`;
export const listAddress = (resource: string, filter: Readonly<Record<string, string>> = {}): string =>
  withQuery(
    `${adminRoot}/resources/${resource}`,
    Object.fromEntries(Object.entries(filter).map(([name, value]) => [`filters.${name}`, value])),
  );

/** What the figures leave out, as one total of the programme. @param total in full tens; null: fewer than ten */
export function ConfidentialNote({ total }: { total: number | null }) {
  const { t } = useText();
  return <>{total === null ? t(msg("ui.homePieces.fewSecret")) : t(pattern("ui.homePieces.secret"), { n: total })}</>;
}

interface FigureProps {
  readonly label: Words;
  readonly value: ReactNode;
  /** What it is to be compared with. */
  readonly beside?: ReactNode;
  readonly tone?: Tone | undefined;
  readonly icon?: string;
  /** The list behind it. */
  readonly to?: string | undefined;
  /** What is counted, in one sentence. */
  readonly meaning?: Words;
}

/** A number that one acts on. */
export function Figure({ label, value, beside, tone, icon, to, meaning }: FigureProps) {
  const { t } = useText();
  const inside = (
    <>
      <span className="figure-label">
        {icon && <Icon name={icon} size={18} />}
        <span>{t(label)}</span>
      </span>
      <span className="figure-value">{value}</span>
      {beside && <span className="figure-beside">{beside}</span>}
      {meaning && <span className="figure-meaning">{t(meaning)}</span>}
    </>
  );
  const className = `figure-card${tone ? ` figure-${tone}` : ""}`;
  return to === undefined ? (
    <div className={className}>{inside}</div>
  ) : (
    <Link className={className} to={to}>
      {inside}
    </Link>
  );
}

/**
 * @param strip as one line, where people work and the rows below are what counts
 * @param row in one row, however many there are, where the screen is wide
 */
export const Figures = ({ children, strip, row }: { children: ReactNode; strip?: boolean; row?: boolean }) => (
  <div className={strip ? "figures strip" : row ? "figures figures-row" : "figures"}>{children}</div>
);

/** A percentage with what it is a share of, so that nobody reads one of three. */
export function ShareFigure({
  label,
  share,
  to,
  beside,
}: {
  label: Words;
  share: Ratio;
  to?: string;
  beside?: ReactNode;
}) {
  const { t, percent } = useText();
  const { rate, numerator, denominator } = share;
  return (
    <Figure
      label={label}
      icon="chart"
      value={rate === null ? <span className="figure-none">{t(msg("ui.homePieces.noData"))}</span> : percent(rate)}
      beside={
        <>
          {rate !== null && <span>{t(pattern("ui.homePieces.of"), { n: numerator, all: denominator })}</span>}
          {beside}
        </>
      }
      {...(to === undefined ? {} : { to })}
    />
  );
}

/** @param latest how late the latest of the list is, in seconds: of what is late the bars are to be compared */
function TimeLeft({ line, latest }: { line: HomeCase; latest: number }) {
  const { t, duration } = useText();
  const { secondsLeft, day, share, promise } = line;
  if (secondsLeft === null || day === null) return <span className="muted small">{t(msg("ui.homePieces.noDue"))}</span>;
  const late = secondsLeft < 0;
  const time = duration(Math.abs(secondsLeft), day);
  // What has time is not done: it is neither green nor ticked.
  const tone: Tone | undefined = late ? "late" : (share ?? 0) < 0.75 ? "neutral" : undefined;
  const left = t(late ? pattern("ui.homePieces.late") : pattern("ui.homePieces.left"), { time });
  const text = promise === null ? left : t(pattern("ui.homePieces.promise"), { name: t(promiseNames[promise]), left });
  return (
    <ClockBar
      share={late ? -secondsLeft / latest : (share ?? 0)}
      words={text}
      {...(tone === undefined ? {} : { tone })}
    />
  );
}

/** Cases as a short list; the whole line leads to the case. @param why of each reference, why it is there @param tight without bars, as low as can be */
export function CaseLines({
  lines,
  withEntity,
  tight,
  why,
}: {
  lines: readonly HomeCase[];
  withEntity?: boolean;
  tight?: boolean;
  why?: ReadonlyMap<string, string>;
}) {
  const { t } = useText();
  const latest = Math.max(1, ...lines.map(({ secondsLeft }) => -(secondsLeft ?? 0)));
  return (
    <ul className={tight ? "case-lines case-lines-tight" : "case-lines"}>
      {lines.map((line) => (
        <li key={line.reference} className="case-line">
          <div className="case-line-what">
            <Link className="case-line-subject" to={caseAddress(line.reference)}>
              <Bidi>{line.subject}</Bidi>
            </Link>
            <span className="case-line-facts">
              <Bidi ltr>{line.reference}</Bidi>
              {line.importance && <span>{t(line.importance.name)}</span>}
              {withEntity && <span>{t(line.entity?.name ?? msg("ui.homePieces.unplaced"))}</span>}
              {withEntity && !tight && line.sector && <span>{t(line.sector.name)}</span>}
            </span>
            {why?.has(line.reference) && <span className="case-line-why">{why.get(line.reference)}</span>}
          </div>
          <TimeLeft line={line} latest={latest} />
        </li>
      ))}
    </ul>
  );
}

/** Leads to the whole list. */
export function AllLink({ to, n }: { to: string; n: number }) {
  const { t } = useText();
  return (
    <Link className="all-link" to={to}>
      {t(pattern("ui.homePieces.all"), { n: n })}
    </Link>
  );
}
