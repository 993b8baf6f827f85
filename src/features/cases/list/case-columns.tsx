/** How the list of cases shows a case: subject and promise always, and the columns that each looks for. */

import React from "react";
import type { ListedBy } from "../../../engine/lifecycle/listed-by.js";
import type { FoundCase, PromiseSummary } from "../../../engine/search/case-search.js";
import { msg } from "../../../engine/text/msg.js";
import { FoundText } from "../../../platform/ui/found-text.js";
import { Bidi, Moment, type TableColumn, useText, type Words } from "../../../platform/ui/kit.js";
import { CaseMarks, PromiseChip, StateBadge } from "../page/case-words.js";
import { FoundReference, FoundWhere } from "./found-where.js";

const words = {
  subject: msg("cases-list.caseColumns.subject"),
  state: msg("cases-list.caseColumns.state"),
  entity: msg("cases-list.caseColumns.entity"),
  sector: msg("cases-list.caseColumns.sector"),
  assignee: msg("cases-list.caseColumns.assignee"),
  pillar: msg("cases-list.caseColumns.pillar"),
  importance: msg("cases-list.caseColumns.importance"),
  type: msg("cases-list.caseColumns.type"),
  channel: msg("cases-list.caseColumns.channel"),
  time: {
    nearer: msg("cases-list.caseColumns.time"),
    finalAnswer: msg("ui.homePieces.finalAnswer"),
  } satisfies Record<ListedBy, Words>,
  received: msg("cases-list.caseColumns.received"),
  nobody: msg("cases-list.caseColumns.nobody"),
  unplaced: msg("cases-list.caseColumns.unplaced"),
  reference: msg("cases-list.caseColumns.reference"),
};

/** Behind a first reply, the final answer is still to be kept as well. */
const laterOf = (promise: FoundCase["promise"], clock: FoundCase["clock"]): PromiseSummary | null =>
  promise?.target === "firstResponse" && clock !== null ? { target: "resolution", ...clock } : null;

/**
 * Those that every row has. The subject is what people read: it has all the width that the others leave.
 * @param apart whether the reference has a column of its own; else it is behind the subject, where there is room
 * @param by which promise a row tells of
 */
export const fixedCaseColumns = (apart: boolean, by: ListedBy): readonly TableColumn<FoundCase>[] => [
  {
    key: "subject",
    label: words.subject,
    least: 21,
    grows: "rest",
    cell: (row) => <NameOf row={row} apart={apart} />,
  },
  {
    key: "state",
    label: words.state,
    least: 8.75,
    grows: "never",
    cell: (row) => <StateBadge state={row.state} />,
  },
  {
    key: "dueAt",
    label: words.time[by],
    least: 15.5,
    grows: "never",
    cell: ({ promise, clock }) => <PromiseChip promise={promise} later={laterOf(promise, clock)} />,
  },
];

interface ChosenColumn extends TableColumn<FoundCase> {
  readonly usual: boolean;
  readonly least: number;
  /** Whether it says nothing of a row. Left out: it always says something. */
  readonly isEmpty?: (row: FoundCase) => boolean;
}

/** Those that each chooses from. @param several whether the cases can be of more than one entity: then each row says which, and which sector */
export function caseColumns(several: boolean): readonly ChosenColumn[] {
  type Coded = "sector" | "pillar" | "importance" | "type" | "channel";
  const named = (key: Coded, least: number, usual = false): ChosenColumn => ({
    key,
    label: words[key],
    usual,
    least,
    isEmpty: (row) => row[key] === null,
    cell: (row) => <Named name={row[key]?.name ?? null} />,
  });
  return [
    named("importance", 6.5, !several),
    ...(several
      ? [
          {
            key: "entity",
            label: words.entity,
            usual: true,
            least: 9,
            isEmpty: ({ entity }: FoundCase) => entity === null,
            cell: (row: FoundCase) => <EntityOf row={row} />,
          },
        ]
      : []),
    named("sector", 8),
    {
      key: "assignee",
      label: words.assignee,
      usual: !several,
      least: 8,
      isEmpty: ({ assignee }) => assignee === null,
      cell: (row) => <TakenBy row={row} />,
    },
    named("pillar", 10),
    named("type", 8),
    named("channel", 8.5),
    {
      key: "received",
      label: words.received,
      usual: false,
      least: 8,
      cell: (row) => <Moment at={row.receivedAt} dayOnly />,
    },
    {
      key: "reference",
      label: words.reference,
      usual: false,
      least: 7.75,
      cell: (row) => <FoundReference reference={row.reference} match={row.match} />,
    },
  ];
}

/** The reference goes below, out of sight in rows of one line, where the subject needs the width; those who listen hear it in any case. */
function NameOf({ row, apart }: { row: FoundCase; apart: boolean }) {
  return (
    <span className="case-name">
      <span className="case-line-one">
        <span className={row.match?.reference ? "case-subject case-found-by" : "case-subject"}>
          {/* Cut off where its own direction ends, not the page's. */}
          <FoundText pieces={row.match?.subject ?? [{ text: row.subject, found: false }]} className="clip" />
          {!apart && <FoundReference reference={row.reference} match={row.match} />}
        </span>
        <CaseMarks {...row} short signs />
      </span>
      {row.match && <FoundWhere match={row.match} />}
    </span>
  );
}

function Named({ name }: { name: Words | null }) {
  const { t } = useText();
  return (
    <span className="case-clip" title={name === null ? undefined : t(name)}>
      {name === null ? "—" : t(name)}
    </span>
  );
}

function TakenBy({ row }: { row: FoundCase }) {
  const { t } = useText();
  return row.assignee === null ? <span className="muted">{t(words.nobody)}</span> : <Bidi>{row.assignee.name}</Bidi>;
}

/** The sector is under the pointer; of a case that waits for an entity it is all that is known of its place. */
function EntityOf({ row: { entity, sector } }: { row: FoundCase }) {
  const { t } = useText();
  const names = [entity?.name ?? words.unplaced, ...(sector === null ? [] : [sector.name])].map((name) => t(name));
  return (
    <span className="case-clip" title={names.join(" · ")}>
      {entity === null ? names.join(" · ") : names[0]}
      {entity !== null && sector !== null && <span className="mark-words"> · {t(sector.name)}</span>}
    </span>
  );
}
