/** How the list of cases shows a case: a cell a question that somebody looks for. */

import React from "react";
import type { FoundCase } from "../../../engine/search/case-search.js";
import { msg } from "../../../engine/text/msg.js";
import { FoundText } from "../../../platform/ui/found-text.js";
import { Bidi, Moment, type TableColumn, useText } from "../../../platform/ui/kit.js";
import { CaseClockBar, CaseMarks, StateBadge } from "../page/case-words.js";
import { FoundReference, FoundWhere } from "./found-where.js";

const words = {
  subject: msg("cases-list.caseColumns.subject"),
  state: msg("cases-list.caseColumns.state"),
  entity: msg("cases-list.caseColumns.entity"),
  assignee: msg("cases-list.caseColumns.assignee"),
  about: msg("cases-list.caseColumns.about"),
  time: msg("cases-list.caseColumns.time"),
  received: msg("cases-list.caseColumns.received"),
  nobody: msg("cases-list.caseColumns.nobody"),
  unplaced: msg("cases-list.caseColumns.unplaced"),
};

/** @param several whether the cases can be of more than one entity */
export function caseColumns(several: boolean): TableColumn<FoundCase>[] {
  return [
    { key: "subject", label: words.subject, cell: (row) => <NameOf row={row} /> },
    { key: "state", label: words.state, cell: (row) => <StateOf row={row} /> },
    several
      ? { key: "entity", label: words.entity, cell: (row) => <PlaceOf row={row} /> }
      : { key: "assignee", label: words.assignee, cell: (row) => <TakenBy row={row} /> },
    { key: "pillar", label: words.about, cell: (row) => <AboutOf row={row} />, hideOnPhone: true },
    { key: "dueAt", label: words.time, cell: (row) => <TimeOf row={row} /> },
  ];
}

function NameOf({ row }: { row: FoundCase }) {
  const { t } = useText();
  return (
    <span className="case-name">
      {/* Cut off where its own direction ends, not the page's. */}
      <FoundText pieces={row.match?.subject ?? [{ text: row.subject, found: false }]} className="clip" />
      <span className="case-below">
        <FoundReference reference={row.reference} match={row.match} /> · {t(row.type.name)}
      </span>
      {row.match && <FoundWhere match={row.match} />}
    </span>
  );
}

function StateOf({ row }: { row: FoundCase }) {
  return (
    <span className="case-state">
      <StateBadge state={row.state} />
      <CaseMarks {...row} short />
    </span>
  );
}

function TimeOf({ row }: { row: FoundCase }) {
  const { t } = useText();
  return (
    <span className="case-two">
      <CaseClockBar clock={row.clock} />
      <span className="small muted">
        {t(words.received)} <Moment at={row.receivedAt} dayOnly />
      </span>
    </span>
  );
}

function TakenBy({ row }: { row: FoundCase }) {
  const { t } = useText();
  return row.assignee === null ? <span className="muted">{t(words.nobody)}</span> : <Bidi>{row.assignee.name}</Bidi>;
}

function PlaceOf({ row }: { row: FoundCase }) {
  const { t } = useText();
  return (
    <span className="case-two case-place">
      <span>{row.entity === null ? t(words.unplaced) : t(row.entity.name)}</span>
      {row.sector !== null && (
        <span className="small muted case-clip" title={t(row.sector.name)}>
          {t(row.sector.name)}
        </span>
      )}
      {row.assignee !== null && (
        <span className="small muted">
          <Bidi>{row.assignee.name}</Bidi>
        </span>
      )}
    </span>
  );
}

function AboutOf({ row }: { row: FoundCase }) {
  const { t } = useText();
  return (
    <span className="case-two">
      <span>{t(row.pillar?.name) || "—"}</span>
      <span className="small muted">{t(row.importance?.name) || "—"}</span>
    </span>
  );
}
