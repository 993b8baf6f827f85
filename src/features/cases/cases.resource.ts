/** Cases: found by the search service inside the official's reach; acted on by the workflow. */

import { timelineParts } from "../../engine/explain/timeline-window.js";
import type { CaseSort, FoundCase } from "../../engine/search/case-search.js";
import { isLanguage } from "../../engine/text/languages.js";
import { msg } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";
import {
  type Call,
  type Column,
  defineResource,
  type ListAsked,
  type Row,
  readSource,
} from "../../platform/admin/define-resource.js";
import type { Services } from "../../platform/services.js";
import { badAct, composerActions } from "./act/composer-actions.js";
import { filtersOf } from "./list/asked-filters.js";
import { caseSearchActions } from "./list/case-search-actions.js";
import { deskLabels, happenedLabels, kindLabels, lateLabels } from "./page/case-labels.js";
import { presenceAction } from "./page/presence-action.js";

const choicesOf = <Labels extends Readonly<Record<string, Column["label"]>>>(labels: Labels) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

const code = (name: string, label: Bilingual): Column => ({
  name,
  label,
  type: "text",
  filter: true,
  ltr: true,
  unshown: true,
});

/** Codes are compared as a whole; their names stand in `found`. */
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
  code("programme", msg("cases.casesResource.programme")),
  {
    name: "kind",
    label: msg("cases.casesResource.state"),
    type: "choice",
    choices: choicesOf(kindLabels),
    filter: true,
    unshown: true,
  },
  code("state", msg("cases.casesResource.step")),
  code("type", msg("cases.casesResource.type")),
  code("sector", msg("cases.casesResource.sector")),
  code("entity", msg("cases.casesResource.entity")),
  { name: "under", label: msg("cases.casesResource.under"), type: "text", filter: true, unshown: true },
  {
    name: "unplaced",
    label: msg("cases.casesResource.waitsToBePlaced"),
    type: "boolean",
    filter: true,
    unshown: true,
  },
  {
    name: "reminded",
    label: msg("cases.casesResource.reminded"),
    type: "boolean",
    filter: true,
    unshown: true,
  },
  code("pillar", msg("cases.casesResource.pillar")),
  code("importance", msg("cases.casesResource.importance")),
  code("channel", msg("cases.casesResource.channel")),
  {
    name: "late",
    label: msg("cases.casesResource.finalAnswer"),
    type: "choice",
    choices: choicesOf(lateLabels),
    filter: true,
    unshown: true,
  },
  {
    name: "desk",
    label: msg("cases.casesResource.toDo"),
    type: "choice",
    choices: choicesOf(deskLabels),
    filter: true,
    unshown: true,
  },
  {
    name: "happened",
    label: msg("cases.casesResource.whatHappened"),
    type: "choice",
    choices: choicesOf(happenedLabels),
    filter: true,
    unshown: true,
  },
  {
    name: "counted",
    label: msg("cases.casesResource.countedIn"),
    type: "text",
    filter: true,
    unshown: true,
  },
  {
    name: "governorate",
    label: msg("cases.casesResource.governorate"),
    type: "text",
    filter: true,
    unshown: true,
  },
  { name: "service", label: msg("cases.casesResource.service"), type: "text", filter: true, unshown: true },
  {
    name: "replayed",
    label: msg("cases.casesResource.foundByAReplay"),
    type: "text",
    filter: true,
    unshown: true,
    help: msg("cases.casesResource.help"),
  },
  {
    name: "level",
    label: msg("cases.casesResource.level"),
    type: "text",
    filter: true,
    unshown: true,
    help: msg("cases.casesResource.levelHelp"),
  },
  { name: "escalated", label: msg("cases.casesResource.escalated"), type: "boolean", filter: true, unshown: true },
  {
    name: "confidential",
    label: msg("cases.casesResource.confidential"),
    type: "boolean",
    filter: true,
    unshown: true,
  },
  {
    name: "assignee",
    label: msg("cases.casesResource.takenBy"),
    type: "text",
    filter: true,
    unshown: true,
    help: msg("cases.casesResource.help2"),
  },
  {
    name: "handledBy",
    label: msg("cases.casesResource.handledBy"),
    type: "text",
    filter: true,
    unshown: true,
    help: msg("cases.casesResource.help2"),
  },
];

/** By need where nothing else is asked for; what is due last first is of use to nobody. */
export function caseSortOf({ column, direction }: { column: string; direction: "asc" | "desc" }): CaseSort | undefined {
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

const referenceOf = (call: Call): string => String(call.record?.id ?? "");
const cases = (call: { services: Services }): Services["cases"] => call.services.cases;

/** `{ template, language }`; without a language the applicant's. It is a POST because it is asked with a body, and changes nothing. */
async function fill(call: Call): Promise<unknown> {
  const { template, language = null } = call.input;
  if (typeof template !== "string" || template === "") {
    throw badAct("/template", msg("cases.casesResource.sayWhichTemplate"));
  }
  if (language !== null && !isLanguage(language)) {
    throw badAct("/language", msg("cases.casesResource.theLanguageIsArOr"));
  }
  const { official, now } = call;
  const asked = { reference: referenceOf(call), template, actor: official.actor, now };
  return cases(call).fillTemplate({ ...asked, ...(language !== null && { language }) });
}

/** `?part=conversation&before=120`: what happened before what the page shows. */
function earlier(call: Call): Promise<unknown> {
  const part = timelineParts.find((one) => one === call.query.part);
  const before = Number(call.query.before);
  if (part === undefined) throw badAct("/part", msg("cases.casesResource.sayWhichPart"));
  if (!Number.isSafeInteger(before) || before < 1) throw badAct("/before", msg("cases.casesResource.sayBeforeWhich"));
  return cases(call).timeline({ reference: referenceOf(call), actor: call.official.actor, part, before });
}

export const casesResource = defineResource({
  id: "cases",
  label: msg("cases.casesResource.cases"),
  one: msg("cases.casesResource.one"),
  group: "cases",
  icon: "cases",
  order: 10,
  access: { read: "case.read" },
  columns,
  title: (row) => ({ en: String(row.reference), ar: String(row.reference) }),
  defaultSort: { column: "dueAt", direction: "asc" },
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
      const { rows, total, estimated } = await page.services.cases.search(asked);
      return { rows: rows.map(rowOf), total, estimated };
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
    page: {
      kind: "record",
      label: msg("cases.casesResource.actionsPageLabel"),
      access: "case.read",
      needs: "nothing",
      read: (call) => cases(call).page({ reference: referenceOf(call), actor: call.official.actor, now: call.now }),
    },
    timeline: {
      kind: "record",
      label: msg("cases.casesResource.actionsTimelineLabel"),
      access: "case.read",
      needs: "nothing",
      query: ["part", "before"],
      read: earlier,
    },
    why: {
      kind: "record",
      label: msg("cases.casesResource.actionsWhyLabel"),
      access: "case.read",
      needs: "nothing",
      read: (call) => cases(call).why({ reference: referenceOf(call), actor: call.official.actor, now: call.now }),
    },
    ...composerActions,
    presence: presenceAction,
    templates: {
      kind: "record",
      label: msg("cases.casesResource.actionsTemplatesLabel"),
      access: "case.read",
      needs: "nothing",
      read: async (call) => ({
        templates: await cases(call).replyTemplates({
          reference: referenceOf(call),
          actor: call.official.actor,
          now: call.now,
        }),
      }),
    },
    fill: {
      kind: "record",
      label: msg("cases.casesResource.actionsFillLabel"),
      access: "case.read",
      needs: "nothing",
      run: fill,
    },
    endLinks: {
      kind: "record",
      label: msg("cases.casesResource.actionsEndLinksLabel"),
      access: "case.act",
      run: async (call) => {
        const by = { actor: call.official.actor };
        return {
          ended: await call.services.applicantLinks.revoke({ reference: referenceOf(call), by, now: call.now }),
        };
      },
    },
    unmask: {
      kind: "record",
      label: msg("cases.casesResource.actionsUnmaskLabel"),
      access: "personal.read",
      run: (call) =>
        cases(call).readApplicant({
          reference: referenceOf(call),
          actor: call.official.actor,
          unmask: true,
          now: call.now,
        }),
    },
  },
});
