/** Rows of a desk: what it is about, how long is left, and the next act as a button. */

import React, { useState } from "react";
import { Link, useNavigate } from "react-router-dom";
import type { DeskRow } from "../../engine/measures/desk-row.js";
import { msg, pattern } from "../../engine/text/msg.js";
import { Bidi, type Fresh, shortcuts, useText, type Words, withQuery } from "../../platform/ui/kit.js";
import { caseAddress } from "../cases/page/case-address.js";
import { CaseClockBar, CaseMarks } from "../cases/page/case-words.js";
import { takeAtOnce } from "./take-at-once.js";

const words = {
  key: pattern("home.deskRows.key"),
  takenBy: msg("home.deskRows.takenBy"),
  mine: msg("home.deskRows.mine"),
  fresh: msg("home.deskRows.fresh"),
};

function NextAct({ row, onActed }: { row: DeskRow; onActed: () => void }) {
  const { t } = useText();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const { next } = row;
  if (next === null) return <span className="muted small">{t(row.state.name)}</span>;
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

function Row({
  row,
  withEntity,
  fresh,
  onActed,
}: {
  row: DeskRow;
  withEntity: boolean;
  fresh: boolean;
  onActed: () => void;
}) {
  const { t } = useText();
  const { assignee } = row;
  // With several entities the sector stands below the subject, so that rows keep their height.
  const about = [row.pillar?.name, withEntity ? row.entity?.name : row.sector?.name].filter(
    (name) => name !== undefined,
  );
  return (
    <li className={fresh ? "desk-row row-fresh" : "desk-row"} data-row={row.reference}>
      <div className="desk-what">
        <Link className="row-link desk-subject" to={caseAddress(row.reference)} title={row.subject}>
          <Bidi>{row.subject}</Bidi>
        </Link>
        <span className="desk-below">
          <Bidi ltr>{row.reference}</Bidi>
          <span>{t(row.type.name)}</span>
          {withEntity && row.sector && <span className="desk-gives-way">{t(row.sector.name)}</span>}
          {assignee !== null && (
            <span className="desk-gives-way desk-taken">
              {assignee.me ? (
                t(words.mine)
              ) : (
                <>
                  <span>{t(words.takenBy)}</span> <Bidi>{assignee.name}</Bidi>
                </>
              )}
            </span>
          )}
          {fresh && <span className="unseen">{t(words.fresh)}</span>}
        </span>
      </div>
      <div className="desk-about">
        {about.map((name) => (
          <span key={name?.en} className="desk-clip" title={t(name)}>
            {t(name)}
          </span>
        ))}
      </div>
      <div className="desk-importance">
        {row.importance && <span>{t(row.importance.name)}</span>}
        <CaseMarks {...row} short />
      </div>
      <div className="desk-time">
        <CaseClockBar clock={row.clock} />
      </div>
      <div className="desk-act">
        <NextAct row={row} onActed={onActed} />
      </div>
    </li>
  );
}

export function DeskRows(a: {
  rows: readonly DeskRow[];
  label: Words;
  withEntity: boolean;
  fresh: Fresh;
  onActed: () => void;
}) {
  const { t } = useText();
  return (
    <ul className="desk-rows" aria-label={t(a.label)}>
      {a.rows.map((row) => (
        <Row
          key={row.reference}
          row={row}
          withEntity={a.withEntity}
          fresh={a.fresh.isFresh(row.reference)}
          onActed={a.onActed}
        />
      ))}
    </ul>
  );
}
