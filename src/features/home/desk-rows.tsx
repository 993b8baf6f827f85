/** Rows of a desk: what it is about, how long is left, and the next act as a button. */

import React, { type CSSProperties, memo, type ReactNode, type RefObject, useState } from "react";
import { Link, useNavigate } from "react-router-dom";
import type { DeskAct, DeskDeed, DeskRow } from "../../engine/measures/desk-row.js";
import { msg, pattern } from "../../engine/text/msg.js";
import {
  Bidi,
  deedKeys,
  type Fresh,
  Icon,
  Moment,
  problemOf,
  send,
  shortcuts,
  toast,
  useShortcuts,
  useText,
  type Words,
  withQuery,
} from "../../platform/ui/kit.js";
import { say } from "../../platform/ui/language/text.js";
import { WideFrame } from "../../platform/ui/wide-frame.js";
import { useRowKeys } from "../cases/list/use-row-keys.js";
import { caseAddress } from "../cases/page/case-address.js";
import { CaseMarks, PromiseChip } from "../cases/page/case-words.js";

/** For the element that holds the rows (`data-row` names the case). */
export function useDeskKeys(rows: readonly DeskRow[], onActed: () => void): RefObject<HTMLDivElement> {
  const navigate = useNavigate();
  const list = useRowKeys();
  const start = (deed: DeskDeed) => (): boolean => {
    const row = document.activeElement?.closest<HTMLElement>("[data-row]");
    if (!row || !list.current?.contains(row)) return false;
    const found = rows.find(({ reference }) => reference === row.dataset.row);
    const act = found?.acts.find((one) => one.deed === deed);
    if (found === undefined || act === undefined) return false;
    if (act.atOnce) void takeAtOnce(found, act).then(onActed);
    else navigate(withQuery(caseAddress(found.reference), { do: act.action }));
    return true;
  };
  const deeds = rows.flatMap(({ acts }) => acts.flatMap(({ deed }) => deed ?? []));
  useShortcuts(deedKeys(deeds, start));
  return list;
}

const deskColumnsWords = {
  pillar: msg("home.deskColumns.pillar"),
  state: msg("home.deskColumns.state"),
  assignee: msg("home.deskColumns.assignee"),
};

export interface DeskColumn {
  readonly key: string;
  readonly label: Words;
  /** Shown until somebody chooses otherwise. */
  readonly usual: boolean;
  /** The least width in which it can be read, in rem. */
  readonly least: number;
  readonly cell: (row: DeskRow) => ReactNode;
  /** Whether it says nothing of a row. Left out: it always says something. */
  readonly isEmpty?: (row: DeskRow) => boolean;
}

function Name({ of }: { of: { readonly name: Words } | null }) {
  const { t } = useText();
  return of === null ? null : <span title={t(of.name)}>{t(of.name)}</span>;
}

function TakenBy({ row: { assignee } }: { row: DeskRow }) {
  const { t } = useText();
  if (assignee === null) return <span>{t(msg("home.deskColumns.nobody"))}</span>;
  return assignee.me ? <span>{t(msg("home.deskRows.mine"))}</span> : <Bidi>{assignee.name}</Bidi>;
}

/** @param several whether the desk has cases of several entities: then each row says which, and which sector */
export function deskColumns(several: boolean): readonly DeskColumn[] {
  return [
    { key: "state", label: deskColumnsWords.state, usual: true, least: 7.5, cell: (row) => <Name of={row.state} /> },
    ...(several
      ? [
          {
            key: "entity",
            label: msg("home.deskColumns.entity"),
            usual: true,
            least: 8,
            isEmpty: ({ entity }: DeskRow) => entity === null,
            cell: (row: DeskRow) => <Name of={row.entity} />,
          },
        ]
      : []),
    {
      key: "sector",
      label: msg("home.deskColumns.sector"),
      usual: several,
      least: 5.5,
      isEmpty: ({ sector }) => sector === null,
      cell: (row) => <Name of={row.sector} />,
    },
    {
      key: "pillar",
      label: deskColumnsWords.pillar,
      usual: false,
      least: 7,
      isEmpty: ({ pillar }) => pillar === null,
      cell: (row) => <Name of={row.pillar} />,
    },
    { key: "type", label: msg("home.deskColumns.type"), usual: false, least: 6, cell: (row) => <Name of={row.type} /> },
    {
      key: "assignee",
      label: deskColumnsWords.assignee,
      usual: false,
      least: 7,
      isEmpty: ({ assignee }) => assignee === null,
      cell: (row) => <TakenBy row={row} />,
    },
    {
      key: "received",
      label: msg("home.deskColumns.received"),
      usual: false,
      least: 6.5,
      cell: (row) => <Moment at={row.receivedAt} dayOnly />,
    },
  ];
}

/** Resolves when it was done or refused; either is told. */
async function takeAtOnce({ reference, seq }: DeskRow, act: DeskAct): Promise<void> {
  const link = { to: caseAddress(reference), words: msg("home.takeAtOnce.open") };
  try {
    await send(`resources/cases/records/${reference}/perform`, { action: act.action, fields: {}, expectedSeq: seq });
    // The reference keeps its order inside an Arabic sentence.
    toast(say(pattern("home.takeAtOnce.taken"), { reference: `\u2066${reference}\u2069` }), "success", link);
  } catch (error) {
    const { detail } = problemOf(error);
    toast(detail, "danger", link);
  }
}

const words = {
  key: pattern("home.deskRows.key"),
  mine: msg("home.deskRows.mine"),
  reminded: pattern("home.deskRows.reminded"),
};

/** @param said whether a column says the state */
function NextAct({ row, said, onActed }: { row: DeskRow; said: boolean; onActed: () => void }) {
  const { t } = useText();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const { next } = row;
  if (next === null) {
    if (said) return null;
    return (
      <span className="muted small" title={t(row.state.name)}>
        {t(row.state.name)}
      </span>
    );
  }
  const key = next.deed === null ? null : shortcuts[next.deed];
  const act = async () => {
    if (!next.atOnce) return navigate(withQuery(caseAddress(row.reference), { do: next.action }));
    setBusy(true);
    await takeAtOnce(row, next);
    setBusy(false);
    onActed();
  };
  return (
    <button
      type="button"
      className="button button-plain button-small"
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      aria-keyshortcuts={key?.shown.join(" ")}
      title={key === null ? undefined : t(words.key, { act: t(next.name), key: key.shown.join(" ") })}
      onClick={() => !busy && void act()}
    >
      <span>{t(next.name)}</span>
      <span className="unseen"> {row.reference}</span>
    </button>
  );
}

/** Drawn anew only where something of it changed: a desk has dozens, and is drawn several times while it is narrowed down or read again. */
const Row = memo(function Row({
  row,
  columns,
  fresh,
  onActed,
}: {
  row: DeskRow;
  columns: readonly DeskColumn[];
  fresh: boolean;
  onActed: () => void;
}) {
  const { t } = useText();
  const { assignee } = row;
  const who = assignee && (assignee.me ? t(words.mine) : assignee.name);
  return (
    <li className={fresh ? "desk-row row-fresh" : "desk-row"} data-row={row.reference}>
      <div className="desk-what">
        <span className="desk-line">
          <Link className="row-link desk-subject" to={caseAddress(row.reference)} title={row.subject}>
            <Bidi>{row.subject}</Bidi>
          </Link>
          <span className="desk-reference">
            <Bidi ltr>{row.reference}</Bidi>
          </span>
        </span>
        {who && !columns.some(({ key }) => key === "assignee") && (
          <span className="desk-taken" title={who}>
            <Icon name="person" size={16} />
            <span className="unseen">{t(msg("home.deskRows.takenBy"))} </span>
            <span className="desk-taken-by">
              <Bidi>{who}</Bidi>
            </span>
          </span>
        )}
        {row.reminder !== null && (
          <span className="desk-reminder" data-reminder={row.reminder.seq}>
            <Icon name="bell" size={14} />
            <span>
              {t(words.reminded, { as: t(row.reminder.as), by: `\u2068${row.reminder.by}\u2069` })}{" "}
              <Moment at={row.reminder.at} />
            </span>
          </span>
        )}
        {fresh && <span className="unseen">{t(msg("home.deskRows.fresh"))}</span>}
        {row.text !== null && (
          <p className="desk-text" dir="auto">
            {row.text}
          </p>
        )}
      </div>
      <div className="desk-time">
        <PromiseChip promise={row.promise} later={row.laterPromise} />
      </div>
      <div className="desk-importance">
        {row.importance && <span>{t(row.importance.name)}</span>}
        <CaseMarks {...row} reminder={null} short signs />
      </div>
      {columns.map(({ key, label, cell }) => (
        <div key={key} className="desk-cell">
          <span className="unseen desk-label">{t(label)}: </span>
          {cell(row)}
        </div>
      ))}
      <div className="desk-act">
        <NextAct row={row} said={columns.some(({ key }) => key === "state")} onActed={onActed} />
      </div>
    </li>
  );
});

/** What every row has beside its chosen columns, in rem, with a gap for each; and a gap. */
const [fixedWidth, gapWidth] = [42.75, 0.75];

function widthsOf(columns: readonly DeskColumn[]): Readonly<Record<string, string>> {
  const chosen = columns.reduce((sum, { least }) => sum + least + gapWidth, 0);
  return {
    "--desk-columns": columns.map(({ least }) => `minmax(${least}rem, 0.12fr)`).join(" "),
    "--desk-least": `${fixedWidth + chosen}rem`,
  };
}

export function DeskRows(a: {
  rows: readonly DeskRow[];
  label: Words;
  /** Columns besides subject with reference, promise, importance and the next act. The same array while they are the same, and `onActed` too. */
  columns: readonly DeskColumn[];
  fresh: Fresh;
  onActed: () => void;
}) {
  const { t } = useText();
  return (
    <WideFrame label={a.label} className="desk-frame">
      {a.columns.some(({ key }) => key !== "state") && (
        // Each cell says its label to those who do not see.
        <div className="desk-heads" aria-hidden="true" style={widthsOf(a.columns) as CSSProperties}>
          <span />
          <span />
          <span />
          {a.columns.map(({ key, label }) => (
            <span key={key} className="desk-cell">
              {t(label)}
            </span>
          ))}
          <span className="desk-act" />
        </div>
      )}
      <ul className="desk-rows" aria-label={t(a.label)} style={widthsOf(a.columns) as CSSProperties}>
        {a.rows.map((row) => (
          <Row
            key={row.reference}
            row={row}
            columns={a.columns}
            fresh={a.fresh.isFresh(row.reference)}
            onActed={a.onActed}
          />
        ))}
      </ul>
    </WideFrame>
  );
}
