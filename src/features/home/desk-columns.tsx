/** What a row of the desk can show beside what every row does; each looks by itself which it has in sight. */
import React, { type ReactNode } from "react";
import type { DeskRow } from "../../engine/measures/desk-row.js";
import { msg } from "../../engine/text/msg.js";
import { Bidi, Moment, useText, type Words } from "../../platform/ui/kit.js";

const words = {
  sector: msg("home.deskColumns.sector"),
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
    ...(several
      ? [
          {
            key: "entity",
            label: msg("home.deskColumns.entity"),
            usual: true,
            least: 8,
            cell: (row: DeskRow) => <Name of={row.entity} />,
          },
        ]
      : []),
    { key: "sector", label: words.sector, usual: several, least: 5.5, cell: (row) => <Name of={row.sector} /> },
    { key: "pillar", label: words.pillar, usual: false, least: 7, cell: (row) => <Name of={row.pillar} /> },
    { key: "type", label: msg("home.deskColumns.type"), usual: false, least: 6, cell: (row) => <Name of={row.type} /> },
    { key: "state", label: words.state, usual: false, least: 7.5, cell: (row) => <Name of={row.state} /> },
    { key: "assignee", label: words.assignee, usual: false, least: 7, cell: (row) => <TakenBy row={row} /> },
    {
      key: "received",
      label: msg("home.deskColumns.received"),
      usual: false,
      least: 6.5,
      cell: (row) => <Moment at={row.receivedAt} dayOnly />,
    },
  ];
}
