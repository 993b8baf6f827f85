/** A list of people, seats or keys: search, filters, sort and page stand in the address; the columns are the caller's. */

import React, { type ReactNode } from "react";
import { msg } from "../../engine/text/msg.js";
import type { ColumnView, ListAnswer, RecordView, ResourceView } from "../admin/resource-view.js";
import {
  EmptyState,
  type Filter,
  FilterBar,
  Page,
  Pager,
  Panel,
  ProblemBox,
  Spinner,
  Table,
  type TableColumn,
  useAddress,
  useView,
  type Words,
  withQuery,
} from "./kit.js";

const words = {
  emptyFound: msg("ui.recordList.emptyFound"),
  emptyHint: msg("ui.recordList.emptyHint"),
};

const perPage = 50;
const yesNo = [
  { value: "true", label: msg("ui.recordList.yes") },
  { value: "false", label: msg("ui.recordList.no") },
];

function filterOf({ name: column, label, type, choices, reference }: ColumnView): Filter {
  const name = `filters.${column}`;
  if (type === "boolean") return { name, label, choices: yesNo };
  if (choices) return { name, label, choices };
  if (type === "date" || type === "moment") return { name, label, kind: "days" };
  return reference ? { name, label, reference } : { name, label };
}

interface RecordListProps {
  readonly view: ResourceView;
  readonly search: Words;
  readonly columns: readonly TableColumn<RecordView>[];
  readonly empty: ReactNode;
  readonly actions?: ReactNode;
  readonly lead?: ReactNode;
  readonly href?: (record: RecordView) => string;
  readonly rowClass?: (record: RecordView) => string | undefined;
  /** Rises when something was done that the list has to show. */
  readonly turn?: number;
}

export function RecordList(props: RecordListProps) {
  const { view, search, columns, empty, actions, lead, href, rowClass, turn } = props;
  const [query, setQuery] = useAddress();
  const filters = view.columns.filter(({ filter }) => filter).map(filterOf);
  const set = Object.entries(query).filter(([name]) => name.startsWith("filters."));
  const { page, sortBy, direction } = query;
  const asked = { page, perPage, sortBy, direction, search: query.search, ...Object.fromEntries(set) };
  return (
    <Page title={view.label} wide actions={actions} lead={lead}>
      <FilterBar filters={filters} search={search} />
      <Rows
        key={turn}
        address={withQuery(`resources/${view.id}/actions/list`, asked)}
        narrowed={set.length > 0 || Boolean(query.search)}
        onQuery={setQuery}
        {...{ view, columns, empty, href, rowClass }}
      />
    </Page>
  );
}

type RowsProps = Pick<RecordListProps, "view" | "columns" | "empty" | "href" | "rowClass"> & {
  readonly address: string;
  readonly narrowed: boolean;
  readonly onQuery: (change: Readonly<Record<string, string>>) => void;
};

function Rows({ address, narrowed, onQuery, view, columns, empty, href, rowClass }: RowsProps) {
  const { view: answer, loading, problem } = useView<ListAnswer>(address, { worded: true });
  if (answer === null) return problem ? <ProblemBox problem={problem} /> : <Spinner />;
  const { page, perPage: size, total, estimated, sortBy, direction } = answer.meta;
  return (
    <>
      <ProblemBox problem={problem} />
      <Panel flush>
        <Table
          caption={view.label}
          columns={columns}
          rows={answer.records}
          rowKey={({ id }) => id}
          {...(href ? { href } : {})}
          {...(rowClass ? { rowClass } : {})}
          busy={loading}
          sort={{ column: sortBy, direction }}
          onSort={(sort) => onQuery({ sortBy: sort.column, direction: sort.direction })}
          empty={narrowed ? <EmptyState icon="search" title={words.emptyFound} hint={words.emptyHint} /> : empty}
        />
        <Pager
          page={page}
          perPage={size}
          total={total}
          estimated={estimated}
          onPage={(next) => onQuery({ page: String(next) })}
        />
      </Panel>
    </>
  );
}
