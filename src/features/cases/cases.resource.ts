/** Cases: found by the search service inside the official's reach; acted on by the workflow. */

import type { CaseSort, FoundCase } from "../../engine/search/case-search.js";
import { msg } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";
import {
  type Column,
  defineResource,
  type ListAsked,
  type Row,
  readSource,
} from "../../platform/admin/define-resource.js";
import { readsCases } from "../../platform/admin/may.js";
import type { Services } from "../../platform/services.js";
import { composerActions } from "./act/composer-actions.js";
import { filtersOf } from "./list/asked-filters.js";
import { caseSearchActions } from "./list/case-search-actions.js";
import { deskLabels, happenedLabels, kindLabels, lateLabels, orderLabels } from "./page/case-labels.js";
import { casePageActions } from "./page/case-page-actions.js";

const choicesOf = <Labels extends Readonly<Record<string, Column["label"]>>>(labels: Labels) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

/** A column that lists are asked by and that no list shows: a row has it in `found`. */
const askedBy = (name: string, label: Bilingual, more: Partial<Column> = {}): Column => ({
  name,
  label,
  type: "text",
  filter: true,
  unshown: true,
  ...more,
});
/** A code is compared as a whole. */
const code = (name: string, label: Bilingual): Column => askedBy(name, label, { ltr: true });
const choice = (name: string, label: Bilingual, labels: Parameters<typeof choicesOf>[0]): Column =>
  askedBy(name, label, { type: "choice", choices: choicesOf(labels) });
const flag = (name: string, label: Bilingual): Column => askedBy(name, label, { type: "boolean" });

const columns: readonly Column[] = [
  {
    name: "reference",
    label: msg("cases.casesResource.reference"),
    type: "text",
    list: true,
    search: true,
    ltr: true,
  },
  { name: "subject", label: msg("cases.casesResource.subject"), type: "text", list: true, search: true, unshown: true },
  { name: "found", label: msg("cases.casesResource.case"), type: "json", list: true },
  { name: "dueAt", label: msg("cases.casesResource.due"), type: "moment", list: true, sort: true },
  {
    name: "receivedAt",
    label: msg("cases.casesResource.received"),
    type: "moment",
    list: true,
    sort: true,
    filter: true,
  },
  // Nobody is shown how well a case matches; lists are put in order by it.
  { name: "match", label: msg("cases.casesResource.match"), type: "number", sort: true, unshown: true },
  code("programme", msg("cases.casesResource.programme")),
  choice("kind", msg("cases.casesResource.state"), kindLabels),
  code("state", msg("cases.casesResource.step")),
  code("type", msg("cases.casesResource.type")),
  code("sector", msg("cases.casesResource.sector")),
  code("entity", msg("cases.casesResource.entity")),
  askedBy("under", msg("cases.casesResource.under")),
  flag("unplaced", msg("cases.casesResource.waitsToBePlaced")),
  flag("reminded", msg("cases.casesResource.reminded")),
  code("pillar", msg("cases.casesResource.pillar")),
  code("importance", msg("cases.casesResource.importance")),
  code("channel", msg("cases.casesResource.channel")),
  choice("late", msg("cases.casesResource.finalAnswer"), lateLabels),
  choice("desk", msg("cases.casesResource.toDo"), deskLabels),
  choice("orders", msg("cases.casesResource.orders"), orderLabels),
  choice("happened", msg("cases.casesResource.whatHappened"), happenedLabels),
  askedBy("counted", msg("cases.casesResource.countedIn")),
  askedBy("governorate", msg("cases.casesResource.governorate")),
  askedBy("service", msg("cases.casesResource.service")),
  askedBy("replayed", msg("cases.casesResource.foundByAReplay"), { help: msg("cases.casesResource.help") }),
  askedBy("version", msg("cases.casesResource.ofVersion"), { help: msg("cases.casesResource.versionHelp") }),
  askedBy("level", msg("cases.casesResource.level"), { help: msg("cases.casesResource.levelHelp") }),
  flag("escalated", msg("cases.casesResource.escalated")),
  flag("confidential", msg("cases.casesResource.confidential")),
  askedBy("assignee", msg("cases.casesResource.takenBy"), { help: msg("cases.casesResource.help2") }),
  askedBy("handledBy", msg("cases.casesResource.handledBy"), { help: msg("cases.casesResource.help2") }),
];

/** By need where nothing else is asked for; what is due last first is of use to nobody. */
export function caseSortOf({ column, direction }: { column: string; direction: "asc" | "desc" }): CaseSort | undefined {
  if (column === "match") return "match";
  if (column !== "receivedAt") return undefined;
  return direction === "desc" ? "newest" : "oldest";
}

function rowOf(found: FoundCase): Row {
  const { reference, subject, receivedAt, clock, confidential } = found;
  return {
    id: reference,
    programme: found.programme.code,
    reference,
    subject,
    found,
    dueAt: clock?.dueAt ?? null,
    receivedAt,
    kind: found.state.kind,
    state: found.state.code,
    type: found.type.code,
    sector: found.sector?.code ?? null,
    entity: found.entity?.code ?? null,
    unplaced: found.entity === null,
    reminded: found.reminder !== null,
    pillar: found.pillar?.code ?? null,
    importance: found.importance?.code ?? null,
    channel: found.channel.code,
    late: clock?.state === "late" ? "late" : null,
    escalated: found.escalationLevel > 0,
    confidential,
    assignee: found.assignee?.name ?? null,
  };
}

/** What a list of cases asks of the services. */
export const askedCases = ({
  official,
  now,
  filters,
  search,
}: Pick<ListAsked, "official" | "now" | "filters" | "search">) => ({
  actor: official.actor,
  now,
  search,
  filters: filtersOf(filters, official.userId),
});

const cases = (call: { services: Services }): Services["cases"] => call.services.cases;

export const casesResource = defineResource({
  id: "cases",
  label: msg("cases.casesResource.cases"),
  one: msg("cases.casesResource.one"),
  group: "cases",
  icon: "cases",
  order: 10,
  access: { read: readsCases, listed: "case.read" },
  columns,
  title: (row) => ({ en: String(row.reference), ar: String(row.reference) }),
  defaultSort: { column: "dueAt", direction: "asc" },
  searchedSort: { column: "match", direction: "desc" },
  components: { list: "CaseList", show: "CasePage" },
  source: readSource({
    idForm: /^\d{3}-\d{3}-\d{4}$/,
    async find(page) {
      const { offset, limit, sort } = page;
      const found = await page.services.cases.find({ ...askedCases(page), sort: caseSortOf(sort), offset, limit });
      return found.map(rowOf);
    },
    count: (list) => list.services.cases.count(askedCases(list)),
    async page(page) {
      const { offset, limit, sort } = page;
      const asked = { ...askedCases(page), sort: caseSortOf(sort), offset, limit };
      const { rows, total, estimated, sort: had } = await page.services.cases.search(asked);
      const sortedBy = had === "match" ? "match" : had === "need" ? "dueAt" : "receivedAt";
      return { rows: rows.map(rowOf), total, estimated, sortedBy };
    },
    async one({ id, official, now, services }) {
      const [found] = await services.cases.find({ actor: official.actor, now, search: id, offset: 0, limit: 1 });
      return found === undefined ? null : rowOf(found);
    },
    async reach({ id, official, services }) {
      const found = await services.cases.inReach({ reference: id, actor: official.actor });
      return found === null ? null : { id, ...found };
    },
  }),
  actions: {
    choices: {
      kind: "resource",
      label: msg("cases.casesResource.actionsChoicesLabel"),
      access: "case.read",
      query: ["service", "entity"],
      read: (call) =>
        cases(call).choices({
          actor: call.official.actor,
          service: call.query.service,
          entities: call.query.entity?.split(","),
        }),
    },
    ...caseSearchActions,
    ...casePageActions,
    ...composerActions,
  },
});
