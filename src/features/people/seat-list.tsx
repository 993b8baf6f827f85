/** All seats: who holds which, since when it is empty, who comes next. */

import React from "react";
import { msg } from "../../engine/text/msg.js";
import type { RecordView } from "../../platform/admin/resource-view.js";
import {
  Bidi,
  EmptyState,
  LinkButton,
  Moment,
  type ScreenProps,
  type TableColumn,
  useText,
} from "../../platform/ui/kit.js";
import { RecordList } from "../../platform/ui/record-list.js";
import { recordAddress, resourceAddress } from "../setup/form/setup-list.js";
import { choiceOf, SeatBadge } from "./seat-state.js";

export function SeatList({ resource: { view } }: ScreenProps) {
  const { t } = useText();
  const label = (name: string) => view.columns.find((column) => column.name === name)?.label ?? name;
  const text = (value: unknown) => (value ? <Bidi>{String(value)}</Bidi> : <span className="muted">—</span>);
  const columns: TableColumn<RecordView>[] = [
    { key: "title", label: label("title"), sort: true, cell: (record) => <Bidi>{t(record.title)}</Bidi> },
    {
      key: "role",
      label: label("role"),
      sort: true,
      hideOnPhone: true,
      cell: ({ values }) => t(choiceOf(view, "role", values.role) ?? String(values.role)),
    },
    {
      key: "place",
      label: msg("people.seatList.place"),
      hideOnPhone: true,
      cell: ({ names, values }) => {
        const name = names.entity ?? names.sector;
        return text(name ? t(name) : (values.entity ?? values.sector));
      },
    },
    {
      key: "state",
      label: label("state"),
      sort: true,
      narrow: true,
      cell: (record) => <SeatBadge {...{ view, record }} />,
    },
    { key: "holder", label: label("holder"), sort: true, cell: ({ values }) => text(values.holder) },
    {
      key: "since",
      label: label("since"),
      sort: true,
      narrow: true,
      cell: ({ values }) => <Moment term at={values.since as string | null} />,
    },
    { key: "next", label: label("next"), hideOnPhone: true, cell: ({ values }) => text(values.next) },
  ];
  const add = view.create && (
    <LinkButton kind="primary" icon="plus" to={`${resourceAddress(view.id)}/actions/new`}>
      {t(msg("people.seatList.add"))}
    </LinkButton>
  );
  return (
    <RecordList
      view={view}
      search={msg("people.seatList.search")}
      columns={columns}
      href={({ id }) => recordAddress(view.id, id)}
      rowClass={({ values }) => (values.state === "retired" ? "row-retired" : undefined)}
      actions={add || undefined}
      empty={<EmptyState icon="seat" title={msg("people.seatList.empty")} action={add || undefined} />}
    />
  );
}
