/** How old what is open is, and what was escalated and to whom. */
import React, { useState } from "react";
import { Link } from "react-router-dom";
import { roleNames } from "../../../engine/access/roles.js";
import { writtenCounted } from "../../../engine/lifecycle/counted-cases.js";
import type { EscalationStep, FiguresView } from "../../../engine/measures/figures-view.js";
import type { DelayBand } from "../../../engine/measures/kpi-counts.js";
import { type Guarded, hiddenWords, isHidden } from "../../../engine/measures/small-cells.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { apart } from "../../../engine/text/text.js";
import { Button, EmptyState, Table, type TableColumn, useText, type Words } from "../../../platform/ui/kit.js";
import { Arithmetic, MeaningDialog } from "./definition-dialog.js";
import { casesOf, useFigureText } from "./figure-text.js";
import { FoldPanel } from "./fold-panel.js";
import { TableFiles } from "./table-files.js";

const words = {
  escalated: msg("reports.figuresPage.escalated"),
  level: msg("reports.figuresPage.level"),
};
const bandWords = {
  "0": msg("reports.figuresPage.lateUnderOne"),
  "1-2": msg("reports.figuresPage.late1to2"),
  "3-5": msg("reports.figuresPage.late3to5"),
  "6-10": msg("reports.figuresPage.late6to10"),
  "11+": msg("reports.figuresPage.late11"),
} as const satisfies Readonly<Record<DelayBand, Words>>;

interface Bar {
  readonly key: string;
  readonly label: Words;
  readonly count: Guarded;
  readonly to: string | null;
  readonly late: boolean;
}

export function AgeingPanel({ view }: { view: FiguresView }) {
  const { t } = useText();
  const text = useFigureText(view);
  const { ageing } = view;
  const bars: Bar[] = [
    {
      key: "inTime",
      label: msg("reports.figuresPage.inTime"),
      count: ageing.inTime,
      to: casesOf(view, { late: "onTime", kind: "open,waiting" }),
      late: false,
    },
    ...ageing.bands.map(({ band, count }) => ({
      key: band,
      label: bandWords[band],
      count,
      to: casesOf(view, { counted: writtenCounted({ happening: "late", band }) }),
      late: true,
    })),
  ];
  const most = Math.max(1, ...bars.map(({ count }) => (isHidden(count) ? 0 : count)));
  return (
    <FoldPanel title={msg("reports.figuresPage.ageing")} id="figures-ageing">
      <ul className="figures-bars">
        {bars.map(({ key, label, count, to, late }) => (
          <li key={key}>
            <span className="bar-label">{t(label)}</span>
            <span className={late ? "bar bar-late" : "bar"} aria-hidden="true">
              <span style={{ inlineSize: `${((isHidden(count) ? 0 : count) / most) * 100}%` }} />
            </span>
            <span className="bar-count">
              {to === null || count === 0 ? text.count(count) : <Link to={to}>{text.count(count)}</Link>}
            </span>
          </li>
        ))}
      </ul>
      {ageing.medianSeconds !== null && (
        <p className="muted small">
          {t(pattern("reports.figuresPage.medianAge"), {
            half: text.value("medianResolutionWorkingSeconds", ageing.medianSeconds),
            most: text.value("p90ResolutionWorkingSeconds", ageing.p90Seconds),
          })}
        </p>
      )}
      <TableFiles view={view} part="ageing" />
    </FoldPanel>
  );
}

export function EscalationPanel({ view }: { view: FiguresView }) {
  const { t, number, percent } = useText();
  const text = useFigureText(view);
  const [asks, setAsks] = useState(false);
  const { from, to } = view.elapsed;
  const columns: TableColumn<EscalationStep>[] = [
    { key: "role", label: msg("reports.figuresPage.toWhom"), cell: ({ role }) => t(roleNames[role]) },
    { key: "level", label: words.level, align: "end", narrow: true, cell: ({ level }) => number(level) },
    {
      key: "n",
      label: msg("reports.figuresPage.casesShort"),
      align: "end",
      narrow: true,
      cell: ({ level, share: { numerator, hidden } }) => {
        if (hidden !== undefined) return t(hiddenWords[hidden]);
        const lead = casesOf(view, { counted: writtenCounted({ happening: "reachedLevel", from, to, level }) });
        return lead === null || numerator === 0 ? number(numerator) : <Link to={lead}>{number(numerator)}</Link>;
      },
    },
    {
      key: "share",
      label: msg("reports.figuresPage.shareOfOpen"),
      align: "end",
      narrow: true,
      cell: ({ share }) =>
        share.value === null ? (
          "—"
        ) : (
          <>
            {percent(share.value)} <span className="muted small">{text.outOf(share)}</span>
          </>
        ),
    },
  ];
  return (
    <FoldPanel
      id="figures-escalated"
      title={words.escalated}
      flush
      actions={
        <Button
          small
          kind="quiet"
          icon="question"
          label={t(pattern("reports.figuresPage.meansOf"), { name: t(words.escalated) })}
          onClick={() => setAsks(true)}
        />
      }
    >
      <Table
        caption={words.escalated}
        rows={view.escalated}
        rowKey={({ level }) => String(level)}
        columns={columns}
        empty={<EmptyState icon="escalate" title={msg("reports.figuresPage.noLevels")} />}
      />
      <div className="figures-foot">
        <TableFiles view={view} part="escalated" />
      </div>
      {asks && (
        <MeaningDialog
          view={view}
          code="escalated"
          arithmetic={
            <ul className="plain-list">
              {view.escalated.map(({ level, role, share }) => (
                <li key={level}>
                  {t(roleNames[role])}:{" "}
                  {share.hidden === undefined ? (
                    <Arithmetic of={share} value={share.value === null ? "—" : apart(percent(share.value))} />
                  ) : (
                    t(hiddenWords[share.hidden])
                  )}
                </li>
              ))}
            </ul>
          }
          onClose={() => setAsks(false)}
        />
      )}
    </FoldPanel>
  );
}
