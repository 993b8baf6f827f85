/** Twelve weeks or months: a figure with its usual range, and what came in beside what was answered. */
import React, { useMemo, useState } from "react";
import { Link, useNavigate } from "react-router-dom";
import { formatNumber, formatPercent } from "../../../engine/formatting/numbers.js";
import { writtenCounted } from "../../../engine/lifecycle/counted-cases.js";
import type { FiguresView, TrendStep } from "../../../engine/measures/figures-view.js";
import { kpis } from "../../../engine/measures/kpi.js";
import { boundsOf, isShare } from "../../../engine/measures/page-figures.js";
import { trendTarget } from "../../../engine/measures/part-target.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Badge, EmptyState, Select, Table, type TableColumn, useText } from "../../../platform/ui/kit.js";
import { AskAbout } from "../../orders/order-pieces.js";
import { Chart } from "./chart.js";
import { flowOption, trendOption } from "./chart-options.js";
import { aboutFigure, casesBehind, casesOf, oneEntity, useFigureText } from "./figure-text.js";
import type { FiguresPageView } from "./figures.page.js";
import { FoldPanel } from "./fold-panel.js";
import { TableFiles } from "./table-files.js";

const words = {
  flow: msg("reports.figuresPage.flow"),
  label: pattern("reports.figuresPage.trendLabel"),
  labelOpens: pattern("reports.figuresPage.trendLabelOpens"),
  unusualIn: pattern("reports.figuresPage.unusualIn"),
  target: pattern("reports.figuresPage.targetAlone"),
  asTable: msg("reports.figuresPage.asTable"),
  period: msg("reports.figuresPage.period"),
  unusual: msg("reports.figuresPage.unusual"),
  running: msg("reports.figuresPage.runningStep"),
  received: msg("reports.figuresPage.receivedShort"),
  answered: msg("reports.figuresPage.answeredShort"),
  outOf: msg("reports.figuresPage.outOf"),
  noneHint: msg("reports.figuresPage.noStepsHint"),
};

/** In the place of a chart: no whole week or month has begun since the programme did. */
const NoSteps = () => <EmptyState icon="chart" title={msg("reports.figuresPage.noSteps")} hint={words.noneHint} />;

interface TrendProps {
  readonly view: FiguresPageView;
  readonly onUnit: (unit: string) => void;
}

export function TrendPanel({ view, onUnit }: TrendProps) {
  const { t, list, dir, language } = useText();
  const navigate = useNavigate();
  const text = useFigureText(view);
  const [picture, setPicture] = useState<(() => string) | null>(null);
  const { trend, figure } = view;
  const name = t(kpis[figure].name);
  const leadOf = ({ period }: TrendStep): string | null => casesBehind(view, figure, { period });
  const target = trendTarget(view);
  const targetName = target === null ? null : t(words.target, { target: text.value(figure, target) });
  const opens = trend.steps.some((step) => leadOf(step) !== null);
  // A canvas is drawn anew with each new option.
  const option = useMemo(() => {
    const value = (axis: number): string =>
      isShare(figure)
        ? formatPercent(axis, language)
        : kpis[figure].unit === "workingSeconds"
          ? formatNumber(axis / view.day.daySeconds, language)
          : formatNumber(axis, language);
    const look = { dir, labels: trend.steps.map(({ period }) => text.step(period)), value };
    const { most } = boundsOf(figure);
    return trendOption(trend, look, {
      most: Number.isFinite(most) ? most : undefined,
      target: target === null || targetName === null ? null : { value: target, name: targetName },
    });
  }, [trend, figure, dir, language, view.day, text.step, target, targetName]);
  const said = trend.steps.map((step) => {
    const point = t(pattern("reports.figuresPage.trendPoint"), {
      period: text.period(step.period),
      value: text.measured(figure, step.measured),
      of: text.outOf(step.measured),
    });
    return step.signal ? `${point} · ${t(words.unusual)}` : point;
  });
  const unusual = trend.steps.flatMap(({ period, signal }) => (signal ? [text.period(period)] : []));
  const columns: TableColumn<TrendStep>[] = [
    { key: "period", label: words.period, cell: ({ period }) => text.period(period) },
    {
      key: "value",
      label: name,
      align: "end",
      narrow: true,
      cell: (step) => {
        const to = leadOf(step);
        const value = text.measured(figure, step.measured);
        return to === null || step.measured.value === null ? value : <Link to={to}>{value}</Link>;
      },
    },
    { key: "of", label: words.outOf, align: "end", narrow: true, cell: ({ measured }) => text.outOf(measured) },
    {
      key: "mark",
      label: msg("reports.figuresPage.usualRange"),
      cell: ({ signal, running }) => (
        <>
          {signal && <Badge tone="near">{t(words.unusual)}</Badge>} {running && <span>{t(words.running)}</span>}
        </>
      ),
    },
    ...(view.addressable.length === 0
      ? []
      : [
          {
            key: "ask",
            label: msg("reports.figuresPage.ask"),
            hideLabel: true,
            cell: ({ period }: TrendStep) => (
              <AskAbout of={aboutFigure(view, figure, period)} entity={oneEntity(view)} about={text.period(period)} />
            ),
          },
        ]),
  ];
  return (
    <FoldPanel
      id="figures-trend"
      title={t(pattern("reports.figuresPage.trendOf"), { name })}
      actions={
        <Select
          ariaLabel={msg("reports.figuresPage.steps")}
          value={trend.unit}
          choices={[
            { value: "week", label: msg("reports.figuresPage.weeks") },
            { value: "month", label: msg("reports.figuresPage.months") },
          ]}
          onChange={onUnit}
        />
      }
    >
      {trend.steps.length === 0 ? (
        <NoSteps />
      ) : (
        <>
          <Chart
            option={option}
            label={t(opens ? words.labelOpens : words.label, { name, n: trend.steps.length })}
            dir={dir}
            points={said}
            onOpen={
              opens
                ? (point) => {
                    const step = trend.steps[point];
                    const to = step === undefined ? null : leadOf(step);
                    if (to !== null) navigate(to);
                  }
                : undefined
            }
            onDrawn={(draw) => setPicture(() => draw)}
          />
          {trend.band === null && <p className="muted small">{t(msg("reports.figuresPage.tooFewSteps"))}</p>}
          {(trend.band !== null || targetName !== null) && (
            <ul className="figures-legend">
              {targetName !== null && <li className="legend-target">{targetName}</li>}
              {trend.band && (
                <li className="legend-band">
                  {t(pattern("reports.figuresPage.usually"), {
                    from: text.value(figure, trend.band.lower),
                    to: text.value(figure, trend.band.upper),
                  })}
                </li>
              )}
              {unusual.length > 0 && (
                <li className="legend-signal">{t(words.unusualIn, { periods: list(unusual) })}</li>
              )}
            </ul>
          )}
          <details className="figures-table">
            <summary>{t(words.asTable)}</summary>
            <Table
              caption={name}
              rows={[...trend.steps].reverse()}
              rowKey={({ period }) => period.from}
              columns={columns}
            />
          </details>
          <TableFiles view={view} part="trend" picture={picture} />
        </>
      )}
    </FoldPanel>
  );
}

export function FlowPanel({ view }: { view: FiguresView }) {
  const { t, dir, language } = useText();
  const text = useFigureText(view);
  const [picture, setPicture] = useState<(() => string) | null>(null);
  const { trend } = view;
  const option = useMemo(() => {
    const labels = trend.steps.map(({ period }) => text.step(period));
    return flowOption(trend, { dir, labels, value: (axis) => formatNumber(axis, language) });
  }, [trend, dir, language, text.step]);
  const said = trend.steps.map(({ period, received, resolved }) =>
    t(pattern("reports.figuresPage.flowPoint"), {
      period: text.period(period),
      ...{ received: text.count(received), resolved: text.count(resolved) },
    }),
  );
  const count = (happening: "received" | "resolved") => (step: TrendStep) => {
    const { from, to } = step.period;
    const lead = casesOf(view, { counted: writtenCounted({ happening, from, to, level: null }) });
    const value = text.count(step[happening]);
    return lead === null || step[happening] === 0 ? value : <Link to={lead}>{value}</Link>;
  };
  const columns: TableColumn<TrendStep>[] = [
    { key: "period", label: words.period, cell: ({ period }) => text.period(period) },
    { key: "in", label: words.received, align: "end", narrow: true, cell: count("received") },
    { key: "out", label: words.answered, align: "end", narrow: true, cell: count("resolved") },
  ];
  return (
    <FoldPanel id="figures-flow" title={words.flow}>
      {trend.steps.length === 0 ? (
        <NoSteps />
      ) : (
        <>
          <ul className="figures-legend">
            <li className="legend-received">{t(words.received)}</li>
            <li className="legend-answered">{t(words.answered)}</li>
          </ul>
          <Chart
            option={option}
            label={t(pattern("reports.figuresPage.flowLabel"), { n: trend.steps.length })}
            dir={dir}
            points={said}
            onDrawn={(draw) => setPicture(() => draw)}
          />
          <details className="figures-table">
            <summary>{t(words.asTable)}</summary>
            <Table
              caption={words.flow}
              rows={[...trend.steps].reverse()}
              rowKey={({ period }) => period.from}
              columns={columns}
            />
          </details>
          <TableFiles view={view} part="trend" picture={picture} />
        </>
      )}
    </FoldPanel>
  );
}
