/** The figures of the contact centre, by shift and by agent; what was said by telephone beside what was said by web. */

import React from "react";
import { formatPeriod } from "../../../engine/formatting/moments.js";
import { type ContactCounts, type ContactKpiCode, contactKpis } from "../../../engine/measures/contact-kpi.js";
import { codesOf } from "../../../engine/registry.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { Figure, Figures } from "../../../platform/ui/home-pieces.js";
import {
  adminRoot,
  Bidi,
  EmptyState,
  Page,
  Panel,
  ProblemBox,
  Select,
  Spinner,
  Table,
  useAddress,
  useText,
  useView,
  withQuery,
} from "../../../platform/ui/kit.js";
import type { ContactFiguresView, ContactLine } from "./contact-figures.service.js";
import { RatingsByWayPanel } from "./ratings-by-way.js";

const words = {
  leadOwn: msg("contact-centre.contactFigures.leadOwn"),
  lastDays: pattern("contact-centre.contactFigures.lastDays"),
  byShift: msg("contact-centre.contactFigures.byShift"),
  shift: msg("contact-centre.contactFigures.shift"),
  byAgent: msg("contact-centre.contactFigures.byAgent"),
  agent: msg("contact-centre.contactFigures.agent"),
  of: pattern("contact-centre.contactFigures.of"),
  seconds: pattern("contact-centre.contactFigures.seconds"),
  refused: pattern("contact-centre.contactFigures.refused"),
  moreByShift: msg("contact-centre.contactFigures.moreByShift"),
  moreByAgent: msg("contact-centre.contactFigures.moreByAgent"),
};

const codes = codesOf(contactKpis);
const periods = ["1", "7", "30", "90"];

/** What a figure says as one number: a count, seconds, or how many of how many. */
function useCell() {
  const { t, number } = useText();
  return (code: ContactKpiCode, counts: ContactCounts): string => {
    const value = contactKpis[code].figure(counts);
    if (value === null) return "—";
    if (typeof value === "number") return number(value);
    return value.denominator === 0 ? "—" : t(words.of, { n: number(value.numerator), all: number(value.denominator) });
  };
}

/** The figures that have no card of their own stand in that of another. */
const cardOf: Readonly<Record<ContactKpiCode, ContactKpiCode>> = {
  calls: "calls",
  secondsMedian: "secondsMedian",
  secondsP90: "secondsMedian",
  callBacksInTime: "callBacksInTime",
  callBacksReached: "callBacksReached",
  surveysAnswered: "surveysAnswered",
  surveysRefused: "surveysAnswered",
};

/** What is said beside a number, in words. */
function useBeside() {
  const { t } = useText();
  return (code: ContactKpiCode, { total, today, days }: ContactFiguresView): string | null => {
    const { p90Seconds, due, inTime, surveysEnded, refused } = total;
    switch (code) {
      case "calls":
        return days === 1 ? null : t(pattern("contact-centre.contactFigures.today"), { n: today });
      case "secondsMedian":
        return p90Seconds === null ? null : t(pattern("contact-centre.contactFigures.nineOfTen"), { n: p90Seconds });
      case "callBacksInTime":
        return due === 0 ? null : t(pattern("contact-centre.contactFigures.late"), { n: due - inTime });
      case "surveysAnswered":
        return surveysEnded === 0 ? null : t(words.refused, { n: refused });
      default:
        return null;
    }
  };
}

function Card({ code, view }: { code: ContactKpiCode; view: ContactFiguresView }) {
  const { t, number, percent } = useText();
  const besideOf = useBeside();
  const { name, definition, unit, figure } = contactKpis[code];
  const value = figure(view.total);
  const share = value === null || typeof value === "number" ? null : value;
  const shown =
    share !== null
      ? share.rate !== null && percent(share.rate)
      : typeof value === "number" && (unit === "seconds" ? t(words.seconds, { n: value }) : number(value));
  const of = share?.rate == null ? null : t(words.of, { n: number(share.numerator), all: number(share.denominator) });
  const beside = besideOf(code, view);
  return (
    <Figure
      label={name}
      value={shown || "—"}
      beside={
        (of || beside) && (
          <>
            {of && <span>{of}</span>}
            {beside && <span>{beside}</span>}
          </>
        )
      }
      meaning={definition}
    />
  );
}

/** What waits now is no matter of the period, and the first thing that somebody acts on. */
function Waiting({ waiting: { ready, overdue } }: Pick<ContactFiguresView, "waiting">) {
  const { t, number } = useText();
  return (
    <Figure
      label={msg("contact-centre.contactFigures.waiting")}
      value={number(ready)}
      beside={ready + overdue > 0 && t(pattern("contact-centre.contactFigures.waitingLate"), { n: overdue })}
      tone={overdue > 0 ? "late" : undefined}
      meaning={msg("contact-centre.contactFigures.waitingMeaning")}
      to={`${adminRoot}/pages/call-backs`}
    />
  );
}

interface LinesProps {
  readonly title: Bilingual;
  /** Of the figures that are shown on demand. */
  readonly more: Bilingual;
  readonly label: Bilingual;
  readonly rows: readonly ContactLine[];
  /** Names are hours. */
  readonly ltr?: boolean;
}

/** A line a shift or agent: three figures at once, the others on demand. */
function Lines({ title, more, label, rows, ltr = false }: LinesProps) {
  const { t } = useText();
  const cell = useCell();
  const table = (caption: Bilingual, shown: readonly ContactKpiCode[]) => (
    <Table
      caption={caption}
      rows={rows}
      rowKey={({ name }) => name}
      stays
      columns={[
        { key: "name", label, narrow: ltr, cell: ({ name }) => <Bidi ltr={ltr}>{name}</Bidi> },
        ...shown.map((code) => ({
          key: code,
          label: contactKpis[code].short,
          align: "end" as const,
          narrow: true,
          cell: ({ counts }: ContactLine) => (
            <>
              {cell(code, counts)}
              {code === "surveysAnswered" && counts.refused > 0 && (
                <span className="muted small cell-below">{t(words.refused, { n: counts.refused })}</span>
              )}
            </>
          ),
        })),
      ]}
    />
  );
  return (
    <Panel title={title} flush>
      {rows.length === 0 ? (
        <EmptyState icon="phone" title={msg("contact-centre.contactFigures.none")} />
      ) : (
        <>
          {table(
            title,
            codes.filter((code) => contactKpis[code].main),
          )}
          <details className="fold fold-lines contact-more">
            <summary>{t(more)}</summary>
            {table(
              more,
              // Who refused is said beside who answered.
              codes.filter((code) => !contactKpis[code].main && code !== "surveysRefused"),
            )}
          </details>
        </>
      )}
    </Panel>
  );
}

export function ContactFigures() {
  const { t, language } = useText();
  const [query, setQuery] = useAddress();
  const { programme, days } = query;
  const { view, problem } = useView<ContactFiguresView>(withQuery("pages/contact-figures", { programme, days }), {
    refreshSeconds: 60,
  });
  return (
    <Page
      title={msg("contact-centre.contactFigures.title")}
      lead={
        view && (
          <>
            <strong>{formatPeriod(view.from, view.to, language)}</strong> ·{" "}
            {t(view.scope === "all" ? msg("contact-centre.contactFigures.lead") : words.leadOwn)}
          </>
        )
      }
      wide
    >
      <ProblemBox problem={problem} />
      {view === null && problem === null && <Spinner />}
      {view !== null && (
        <div className="stack">
          <div className="contact-settings">
            {view.programmes.length > 1 && (
              <Select
                label={msg("contact-centre.contactFigures.programme")}
                value={query.programme ?? view.programme.code}
                choices={view.programmes.map(({ code, name }) => ({ value: code, label: name }))}
                onChange={(code) => setQuery({ programme: code })}
              />
            )}
            <Select
              label={msg("contact-centre.contactFigures.period")}
              value={String(view.days)}
              choices={periods.map((n) => ({ value: n, label: t(words.lastDays, { n: Number(n) }) }))}
              onChange={(n) => setQuery({ days: n })}
            />
          </div>
          <Figures>
            <Waiting waiting={view.waiting} />
            {codes
              .filter((code) => cardOf[code] === code)
              .map((code) => (
                <Card key={code} code={code} view={view} />
              ))}
          </Figures>
          <Lines title={words.byShift} more={words.moreByShift} label={words.shift} rows={view.shifts} ltr />
          {view.scope === "all" && (
            <Lines title={words.byAgent} more={words.moreByAgent} label={words.agent} rows={view.agents} />
          )}
          {view.ratings.length > 0 && <RatingsByWayPanel ratings={view.ratings} />}
        </div>
      )}
    </Page>
  );
}
