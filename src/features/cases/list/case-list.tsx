/** All cases of one's reach: by need, found by reference, words and filters, all of it in the address. */

import React, { useEffect, useRef, useState } from "react";
import { useLocation, useNavigate } from "react-router-dom";
import { readCounted } from "../../../engine/lifecycle/counted-cases.js";
import { listedBy } from "../../../engine/lifecycle/listed-by.js";
import type { FoundCase, Named } from "../../../engine/search/case-search.js";
import { asksForNear, leadsToPerson, mayLeadToPerson, personIn } from "../../../engine/search/leads-to-person.js";
import { parseSearch } from "../../../engine/search/parse-search.js";
import { filled, msg, pattern } from "../../../engine/text/msg.js";
import type { ActionAnswer, ListAnswer } from "../../../platform/admin/resource-view.js";
import {
  Button,
  type Choice,
  chosenColumns,
  type Filter,
  FilterBar,
  foldedColumns,
  LookMenu,
  Page,
  Pager,
  Panel,
  ProblemBox,
  type Query,
  type ScreenProps,
  Select,
  Spinner,
  Table,
  type TableColumn,
  useAddress,
  useLiveReload,
  useLook,
  useText,
  useView,
  type Words,
  withQuery,
} from "../../../platform/ui/kit.js";
import { BulkBar } from "../bulk/bulk-bar.js";
import { ExportDialog } from "../export/export-dialog.js";
import { caseAddress } from "../page/case-address.js";
import { ApplicantSearch } from "./applicant-search.js";
import { caseColumns, fixedCaseColumns } from "./case-columns.js";
import { ledHere, noteOfList, withAsked } from "./led-here.js";
import type { NearCases as FoundNear } from "./near-cases.js";
import { digitsOf, NoCases } from "./no-cases.js";
import type { CaseChoices } from "./search-cases.js";
import { useRowKeys } from "./use-row-keys.js";
import { useSelection } from "./use-selection.js";
import { ListPresets, meantBy, ViewChips } from "./view-chips.js";

const nearCasesPanelWords = {
  title: msg("cases-list.nearCases.title"),
};

interface NearCasesProps {
  readonly search: string;
  readonly shown: readonly string[];
  readonly columns: readonly TableColumn<FoundCase>[];
}

/** Below a list in which hardly any case has the words: those with words that differ by one letter, or that there was no time to look. */
function NearCases({ search, shown, columns }: NearCasesProps) {
  const { t } = useText();
  const { view } = useView<ActionAnswer>(withQuery("resources/cases/actions/near", { search }));
  const near = view?.view as FoundNear | undefined;
  if (near?.gaveUp) return <p role="status">{t(msg("cases-list.nearCases.gaveUp"))}</p>;
  const found = (near?.cases ?? []).filter(({ reference }) => !shown.includes(reference));
  if (found.length === 0) return null;
  return (
    <>
      <p className="small muted">{t(msg("cases-list.nearCases.hint"))}</p>
      <Panel title={nearCasesPanelWords.title} flush>
        <Table
          caption={nearCasesPanelWords.title}
          columns={columns}
          rows={found}
          rowKey={({ reference }) => reference}
          rowName={({ reference }) => reference}
          href={({ reference }) => caseAddress(reference)}
        />
      </Panel>
    </>
  );
}

/**
 * Who is looked for; null while nobody is. It came beside the address from the search and stands in none; what stands in one
 * all the same, from an old link, is taken out of it.
 * @param search of the address
 */
function useApplicantSought(search: string): [string | null, (typed: string | null) => void] {
  const { state, pathname, search: inAddress } = useLocation();
  const navigate = useNavigate();
  const handed = (state as { applicant?: unknown } | null)?.applicant;
  const linked = personIn(search);
  const [sought, setSought] = useState<string | null>(null);
  useEffect(() => {
    const given = typeof handed === "string" ? handed : linked;
    if (given === null) return;
    setSought(given);
    const kept = new URLSearchParams(inAddress);
    if (linked !== null) kept.delete("search");
    const query = kept.toString();
    navigate(`${pathname}${query === "" ? "" : `?${query}`}`, { replace: true, state: null });
  }, [handed, linked, navigate, pathname, inAddress]);
  return [sought, setSought];
}

/** Whether the list has shown something since it asks this question. @param answer the last one, which may still be another question's */
function useHad(question: string, answer: ListAnswer | null): boolean {
  const asked = useRef({ question, before: answer, had: false });
  if (asked.current.question !== question) asked.current = { question, before: answer, had: false };
  const { before } = asked.current;
  if (answer !== null && answer !== before && answer.records.length > 0) asked.current.had = true;
  return asked.current.had;
}

const words = {
  title: msg("cases-list.caseList.cases"),
  levelOf: pattern("cases-list.caseList.levelOf"),
};

const perPage = 25;
const listAddress = "resources/cases/actions/list";

const foundOf = (record: ListAnswer["records"][number]): FoundCase => record.values.found as FoundCase;

const noSector = { value: "-", label: msg("cases-list.caseList.noSector") };

/** What is set names itself: "no" alone would not say to what. */
const flag = (name: string, label: Words, not: Words): Filter => ({
  name: `filters.${name}`,
  label,
  choices: [
    { value: "true", label },
    { value: "false", label: not },
  ],
});

/** Choices of all programmes together; a code that several have stands once. */
function choicesOf(all: readonly CaseChoices[], pick: (one: CaseChoices) => readonly Named[]) {
  const byCode = new Map(all.flatMap(pick).map((one) => [one.code, one.name]));
  return [...byCode].map(([value, label]) => ({ value, label }));
}

/** Levels of the ladders, by whom they lead to; one that several programmes have is named as the last of them does. */
function levelsOf(all: readonly CaseChoices[]): Filter[] {
  const byLevel = new Map(all.flatMap(({ levels }) => levels).map(({ level, name }) => [level, name]));
  const choices = [...byLevel].map(([n, who]) => ({ value: String(n), label: filled(words.levelOf, { n, who }) }));
  return choices.length < 2 ? [] : [{ name: "filters.level", label: msg("cases-list.caseList.level"), choices }];
}

/** @param columns of the resource: what the homes lead here with has its words there */
function filtersOf(
  all: readonly CaseChoices[],
  columns: ScreenProps["resource"]["view"]["columns"],
  query: Query,
): { usual: Filter[]; others: Filter[] } {
  const asNamed = (name: string): Filter[] =>
    columns
      .filter((column) => column.name === name)
      .map(({ label, choices = [] }) => ({ name: `filters.${name}`, label, choices }));
  const among = (
    name: string,
    label: Filter["label"],
    pick: (one: CaseChoices) => readonly Named[],
    more: readonly Choice[] = [],
  ): Filter[] => {
    const asked = query[`filters.${name}`];
    const choices = choicesOf(all, pick);
    if (choices.length < 2 && (!asked || all.length === 0)) return [];
    return [{ name: `filters.${name}`, label, choices: withAsked([...choices, ...more], asked, all) }];
  };
  const usual = [
    ...among("programme", msg("cases-list.caseList.programme"), (one) => [one.programme]),
    ...among("entity", msg("cases-list.caseList.entity"), (one) => one.entities),
    ...among("type", msg("cases-list.caseList.type"), (one) => one.types),
    ...among("pillar", msg("cases-list.caseList.pillar"), (one) => one.pillars),
    ...among("importance", msg("cases-list.caseList.importance"), (one) => one.importance),
  ];
  const others: Filter[] = [
    ...among("state", msg("cases-list.caseList.step"), (one) => one.states),
    ...among("sector", msg("cases-list.caseList.sector"), (one) => one.sectors, [noSector]),
    ...among("under", msg("cases.casesResource.under"), (one) => one.entities),
    ...among("channel", msg("cases-list.caseList.channel"), (one) => one.channels),
    ...asNamed("desk"),
    ...asNamed("late"),
    ...asNamed("happened"),
    ...asNamed("orders"),
    ...levelsOf(all),
    flag("reminded", msg("cases-list.caseList.reminded"), msg("cases-list.caseList.notReminded")),
    flag("escalated", msg("cases-list.caseList.escalated"), msg("cases-list.caseList.notEscalated")),
    flag("confidential", msg("cases-list.caseList.confidential"), msg("cases-list.caseList.notConfidential")),
    { name: "filters.receivedAt", label: msg("cases-list.caseList.received"), kind: "days" },
  ];
  return { usual, others };
}

/** What of the address belongs to the question. */
function questionOf(query: Query): Query {
  const belongs = ([name]: [string, string]) => name.startsWith("filters.") || /^(sortBy|direction|search)$/.test(name);
  return Object.fromEntries(Object.entries(query).filter(belongs));
}
const asked = (query: Query): string => withQuery(listAddress, { page: query.page, perPage, ...questionOf(query) });
/** Nobody's number goes into an address, whatever link led here. */
const withoutPerson = (query: Query): Query =>
  query.search !== undefined && leadsToPerson(query.search) ? { ...query, search: "" } : query;

/** What the address says of an order: nothing where it is what comes by itself. */
const askedOrder = (order: string, typed: boolean): Query => ({
  sortBy: order === "match" || (order === "" && !typed) ? "" : order === "" ? "dueAt" : "receivedAt",
  direction: order === "match" ? "" : order,
});

/** A person who typed the whole reference of a case wants the case, not a list of one. */
function useFoundByReference(search: string | undefined, answer: ListAnswer | null): void {
  const navigate = useNavigate();
  const only = answer?.records.length === 1 ? answer.records[0]?.id : undefined;
  const meant = only !== undefined && search !== undefined && digitsOf(search) === digitsOf(only) ? only : null;
  useEffect(() => {
    if (meant !== null) navigate(caseAddress(meant), { replace: true });
  }, [meant, navigate]);
}

export function CaseList({ resource: { view: resource } }: ScreenProps) {
  const { t } = useText();
  const [address, setQuery] = useAddress();
  const query = meantBy(withoutPerson(address));
  const { search = "" } = query;
  const { view: answer, loading, problem, reload, keepUp } = useView<ListAnswer>(asked(query), { refreshSeconds: 60 });
  const { isFresh } = useLiveReload(keepUp, 3000);
  const { view: choices } = useView<ActionAnswer>(
    withQuery("resources/cases/actions/choices", {
      service: query["filters.service"],
      // One alone is among the choices.
      entity: query["filters.entity"]?.includes(",") ? query["filters.entity"] : undefined,
    }),
  );
  const all = (choices?.view ?? []) as readonly CaseChoices[];
  const list = useRowKeys();
  const rows = (answer?.records ?? []).map(({ id }) => id);
  const question = JSON.stringify(questionOf(query));
  const selection = useSelection(list, rows, question);
  const had = useHad(question, answer);
  const [exporting, setExporting] = useState(false);
  useFoundByReference(query.search, answer);
  const { usual, others } = filtersOf(all, resource.columns, query);
  usual.push(...ledHere(query, all));
  const note = noteOfList(query);
  const [sought, setSought] = useApplicantSought(address.search ?? "");
  const asksForApplicants = resource.actions.some(({ name }) => name === "applicant");
  const several = new Set(all.flatMap(({ entities }) => entities.map(({ code }) => code))).size > 1;
  const choosable = caseColumns(several);
  const [look, setLook] = useLook("cases");
  const chosen = chosenColumns(choosable, look);
  const by = listedBy({
    late: query["filters.late"],
    desk: query["filters.desk"],
    counted: readCounted(query["filters.counted"] ?? ""),
  });
  const typed = parseSearch(search).terms.length > 0;
  const matched = typed && !query.sortBy;
  const tooMany = matched && answer !== null && answer.meta.total > 0 && answer.meta.sortBy !== "match";
  const order = query.sortBy === "receivedAt" ? (query.direction ?? "asc") : matched && !tooMany ? "match" : "";
  const found = (answer?.records ?? []).map(foundOf);
  const { shown, folded } = foldedColumns(chosen, found);
  const columns = [
    ...fixedCaseColumns(
      shown.some(({ key }) => key === "reference"),
      by,
    ),
    ...shown,
  ];
  return (
    <Page
      title={words.title}
      wide="full"
      dense
      actions={
        <>
          {asksForApplicants && (
            <Button small kind="quiet" icon="person" onClick={() => setSought("")}>
              {t(msg("cases-list.caseList.byApplicant"))}
            </Button>
          )}
          {answer !== null && answer.meta.total > 0 && (
            <Button small kind="quiet" icon="archive" onClick={() => setExporting(true)}>
              {t(msg("cases-list.caseList.export"))}
            </Button>
          )}
        </>
      }
    >
      <ViewChips screen="cases" />
      <ListPresets queue={all.some(({ queue }) => queue)} />
      <FilterBar
        filters={usual}
        further={others}
        search={msg("cases-list.caseList.search")}
        chips
        apart={{
          is: leadsToPerson,
          hint: asksForApplicants ? msg("cases-list.caseList.byPerson") : msg("cases-list.caseList.noPerson"),
          onEnter: (typed) => asksForApplicants && setSought(personIn(typed)),
          waits: mayLeadToPerson,
          waitHint: msg("cases-list.caseList.enterToSearch"),
        }}
      >
        <Select
          ariaLabel={msg("cases-list.caseList.order")}
          value={order}
          onChange={(chosen) => setQuery(askedOrder(chosen, typed))}
          choices={[
            ...(typed ? [{ value: "match", label: msg("cases-list.caseList.match") }] : []),
            { value: "", label: msg("cases-list.caseList.urgent") },
            { value: "desc", label: msg("cases-list.caseList.newest") },
            { value: "asc", label: msg("cases-list.caseList.oldest") },
          ]}
        />
        <LookMenu look={look} onLook={setLook} columns={choosable} folded={folded} />
      </FilterBar>
      {sought !== null && asksForApplicants && <ApplicantSearch typed={sought} onClose={() => setSought(null)} />}
      <ProblemBox problem={problem} />
      {tooMany && <p className="muted small">{t(msg("cases-list.caseList.tooManyToMatch"))}</p>}
      {note !== null && <p className="muted small">{t(note)}</p>}
      {answer === null && loading && <Spinner />}
      {answer && (
        <div ref={list} className={look.comfortable ? "cases" : "cases cases-compact"}>
          <Panel flush>
            <Table
              caption={words.title}
              columns={columns}
              rows={found}
              rowKey={({ reference }) => reference}
              rowName={({ reference }) => reference}
              href={({ reference }) => caseAddress(reference)}
              rowClass={({ reference }) => (isFresh(reference) ? "row-fresh" : undefined)}
              selected={selection.all ? new Set(rows) : selection.keys}
              onSelect={selection.choose}
              busy={loading}
              empty={
                <NoCases search={search} onApplicant={asksForApplicants ? () => setSought(search) : null} had={had} />
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
          {!loading && asksForNear(search, answer.meta.total) && (
            <NearCases search={search} shown={rows} columns={columns} />
          )}
          <BulkBar
            selection={selection}
            query={questionOf(query)}
            total={answer.meta.total}
            estimated={answer.meta.estimated}
            subjects={new Map(found.map(({ reference, subject }) => [reference, subject]))}
            onStarted={reload}
          />
        </div>
      )}
      {exporting && answer !== null && (
        <ExportDialog
          query={questionOf(query)}
          total={answer.meta.total}
          estimated={answer.meta.estimated}
          onClose={() => setExporting(false)}
        />
      )}
    </Page>
  );
}
