/** A list of any resource, drawn from its columns: search, filters, sort and page stand in the address. */

import React from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { ColumnView, ListAnswer, RecordView, ResourceView } from "../../../platform/admin/resource-view.js";
import {
  adminRoot,
  Badge,
  EmptyState,
  type Filter,
  FilterBar,
  LinkButton,
  Page,
  Pager,
  Panel,
  ProblemBox,
  type Query,
  type ScreenProps,
  Spinner,
  Table,
  type TableColumn,
  useAddress,
  useText,
  useView,
  withQuery,
} from "../../../platform/ui/kit.js";
import { ColumnValue, isRetired, retiredColumns } from "./column-value.js";

const perPage = 50;

export const resourceAddress = (id: string): string => `${adminRoot}/resources/${id}`;
export const recordAddress = (resource: string, record: string, action = "show"): string =>
  `${adminRoot}/resources/${resource}/records/${record}/${action}`;

/** Adds `new` at the front in English: "Add sector", not "Add Sector". */
const inSentence = (name: string): string => name.charAt(0).toLocaleLowerCase("en") + name.slice(1);

function filterOf(column: ColumnView): Filter {
  const name = `filters.${column.name}`;
  const { label, type, choices, reference } = column;
  if (type === "boolean") {
    return {
      name,
      label,
      choices: [
        { value: "true", label: msg("setup.setupList.yes") },
        { value: "false", label: msg("setup.setupList.no") },
      ],
    };
  }
  if (choices) return { name, label, choices };
  if (reference) return { name, label, reference };
  if (type === "date" || type === "moment") return { name, label, kind: "days" };
  return { name, label };
}

/** What of the address belongs to the question. */
function asked(view: ResourceView, query: Query): string {
  const filters = Object.entries(query).filter(([name]) => name.startsWith("filters."));
  return withQuery(`resources/${view.id}/actions/list`, {
    page: query.page,
    perPage,
    sortBy: query.sortBy,
    direction: query.direction,
    search: query.search,
    ...Object.fromEntries(filters),
  });
}

function columnsOf(view: ResourceView, t: (words: { en: string; ar: string }) => string): TableColumn<RecordView>[] {
  const listed = view.columns.filter(({ list }) => list);
  // The record's name leads the row, whatever order the columns are defined in.
  const named = listed.find(({ type }) => type === "bilingual");
  const others = listed.filter((column) => column !== named && !retiredColumns.includes(column.name));
  const first: TableColumn<RecordView> = {
    key: named?.name ?? "title",
    label: named?.label ?? msg("setup.setupList.name"),
    sort: named?.sort ?? false,
    cell: (record) => (
      <>
        <bdi>{t(record.title)}</bdi>
        {isRetired(record) && <Badge icon="archive">{t(msg("setup.setupList.retired"))}</Badge>}
      </>
    ),
  };
  return [
    first,
    ...others.map((column) => ({
      key: column.name,
      label: column.label,
      sort: column.sort ?? false,
      align: column.type === "number" ? ("end" as const) : ("start" as const),
      narrow: column.ltr === true || ["number", "date", "moment", "boolean"].includes(column.type),
      cell: (record: RecordView) => (
        <ColumnValue
          column={column}
          value={record.values[column.name]}
          name={record.names[column.name]}
          names={record.names}
          short
        />
      ),
    })),
  ];
}

export function SetupList({ resource: { view } }: ScreenProps) {
  const { t, language } = useText();
  const [query, setQuery] = useAddress();
  const { view: answer, loading, problem } = useView<ListAnswer>(asked(view, query), { worded: true });
  // What the search looks through needs no box of its own.
  const filters = view.columns
    .filter(({ filter, search, type }) => filter && !search && type !== "number")
    .map(filterOf);
  const searched = view.columns.some(({ search }) => search);
  const narrowed = Boolean(query.search) || filters.some(({ name }) => query[name]);
  const one = language === "en" ? inSentence(view.one.en) : view.one.ar;
  const add = view.create && (
    <LinkButton kind="primary" icon="plus" to={`${resourceAddress(view.id)}/actions/new`}>
      {t(pattern("setup.setupList.add"), { one })}
    </LinkButton>
  );
  return (
    <Page
      title={view.label}
      wide
      actions={
        <>
          {view.actions
            .filter(({ kind, page }) => kind === "resource" && page)
            .map((action) => (
              <LinkButton key={action.name} to={`${resourceAddress(view.id)}/actions/${action.name}`}>
                {t(action.label)}
              </LinkButton>
            ))}
          {add}
        </>
      }
    >
      <FilterBar filters={filters} {...(searched ? { search: msg("setup.setupList.search") } : {})} />
      <ProblemBox problem={problem} />
      {answer === null && loading && <Spinner />}
      {answer && (
        <Panel flush>
          <Table
            caption={view.label}
            columns={columnsOf(view, t)}
            rows={answer.records}
            rowKey={({ id }) => id}
            href={({ id }) => recordAddress(view.id, id)}
            rowClass={(record) => (isRetired(record) ? "row-retired" : undefined)}
            busy={loading}
            sort={{ column: answer.meta.sortBy, direction: answer.meta.direction }}
            onSort={({ column, direction }) => setQuery({ sortBy: column, direction })}
            empty={
              narrowed ? (
                <EmptyState
                  icon="search"
                  title={msg("setup.setupList.emptyFound")}
                  hint={msg("setup.setupList.emptyHint")}
                />
              ) : (
                <EmptyState title={msg("setup.setupList.empty")} action={add || undefined} />
              )
            }
          />
          <Pager
            page={answer.meta.page}
            perPage={answer.meta.perPage}
            total={answer.meta.total}
            estimated={answer.meta.estimated}
            onPage={(page) => setQuery({ page: String(page) })}
          />
        </Panel>
      )}
    </Page>
  );
}
