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
};

/** Behind a first reply, the final answer is still to be kept as well. */
const laterOf = (promise: FoundCase["promise"], clock: FoundCase["clock"]): PromiseSummary | null =>
  promise?.target === "firstResponse" && clock !== null ? { target: "resolution", ...clock } : null;

/** How many more columns fit on a usual screen; with more the table moves sideways, and the subject may have its room. */
const fewColumns = 3;

/** Those that every row has. @param others how many are chosen beside them; @param by which promise a row tells of */
export const fixedCaseColumns = (others: number, by: ListedBy): readonly TableColumn<FoundCase>[] => [
  {
    key: "subject",
    label: words.subject,
    least: others > fewColumns ? 22 : 17,
    grows: "rest",
    cell: (row) => <NameOf row={row} />,
  },
  {
    key: "dueAt",
    label: words.time[by],
    least: 19.5,
    grows: "never",
    cell: ({ promise, clock }) => <PromiseChip promise={promise} later={laterOf(promise, clock)} />,
  },
];

interface ChosenColumn extends TableColumn<FoundCase> {
  readonly usual: boolean;
  readonly least: number;
}

/** Those that each chooses from. @param several whether the cases can be of more than one entity: then each row says which, and which sector */
export function caseColumns(several: boolean): readonly ChosenColumn[] {
  type Coded = "sector" | "pillar" | "importance" | "type" | "channel";
  const named = (key: Coded, least: number, usual = false): ChosenColumn => ({
    key,
    label: words[key],
    usual,
    least,
    cell: (row) => <Named name={row[key]?.name ?? null} />,
  });
  return [
    named("importance", 8.5, !several),
    { key: "state", label: words.state, usual: false, least: 11, cell: (row) => <StateBadge state={row.state} /> },
    ...(several
      ? [
          {
            key: "entity",
            label: words.entity,
            usual: true,
            least: 9.5,
            cell: (row: FoundCase) => <EntityOf row={row} />,
          },
        ]
      : []),
    named("sector", 8, several),
    { key: "assignee", label: words.assignee, usual: !several, least: 9, cell: (row) => <TakenBy row={row} /> },
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
  ];
}

function NameOf({ row }: { row: FoundCase }) {
  return (
    <span className="case-name">
      <span className="case-line-one">
        <FoundReference reference={row.reference} match={row.match} />
        {/* Cut off where its own direction ends, not the page's. */}
        <FoundText pieces={row.match?.subject ?? [{ text: row.subject, found: false }]} className="clip" />
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

function EntityOf({ row }: { row: FoundCase }) {
  return <Named name={row.entity?.name ?? words.unplaced} />;
}
