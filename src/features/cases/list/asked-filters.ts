/** What the address of a list asks of the cases, as filters of the search. */

import { type CountedFilter, readCounted } from "../../../engine/lifecycle/counted-cases.js";
import { deskFilters } from "../../../engine/lifecycle/desk-groups.js";
import { happenedFilters } from "../../../engine/lifecycle/happened.js";
import { type CaseFilters, decidingKinds, lateness, orderFilters } from "../../../engine/search/case-search.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { StateKind } from "../../../engine/workflow/workflow-definition.js";
import type { Filters, FilterValue } from "../../../platform/admin/define-resource.js";

/** Not a code: asks for cases that name no sector. */
const noSector = "-";

const text = (value: FilterValue | undefined): string | undefined => (value?.kind === "text" ? value.text : undefined);
const flag = (value: FilterValue | undefined): boolean | undefined =>
  value?.kind === "boolean" ? value.value : undefined;

/** A choice of which only one makes sense. */
function one(value: FilterValue | undefined): string | undefined {
  if (value?.kind !== "oneOf") return undefined;
  if (value.values.length === 1) return value.values[0];
  throw new Problem("malformed-request", msg("cases.casesResource.chooseOneOfThem"));
}

/** `RUN` or `RUN.CHANGE`, as the links of a replay have it. */
const replayForm = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\.(\d{1,4}))?$/;

function replayedOf(value: string | undefined): CaseFilters["replayed"] {
  if (value === undefined) return undefined;
  const [, run, change] = replayForm.exec(value) ?? [];
  if (run !== undefined) return { run, change: change === undefined ? null : Number(change) };
  throw new Problem("malformed-request", msg("cases.casesResource.thisIsNoNumberOf"));
}

/** `KIND.ID`, as the links of a line of versions have it. */
function versionOf(value: string | undefined): CaseFilters["version"] {
  if (value === undefined) return undefined;
  const [, word, id] = /^([a-z]+)\.([1-9]\d{0,8})$/.exec(value) ?? [];
  const kind = decidingKinds.find((one) => one === word);
  if (kind !== undefined) return { kind, id: Number(id) };
  throw new Problem("malformed-request", msg("cases.casesResource.thisIsNoVersion"));
}

function countedOf(value: string | undefined): CountedFilter | undefined {
  if (value === undefined) return undefined;
  const filter = readCounted(value);
  if (filter === null) throw new Problem("malformed-request", msg("cases.casesResource.thisIsNoFigure"));
  return filter;
}

function levelOf(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (/^[1-9]\d?$/.test(value)) return Number(value);
  throw new Problem("malformed-request", msg("cases.casesResource.thisIsNoLevel"));
}

function personOf(value: string | undefined, me: number): number | undefined {
  if (value === undefined) return undefined;
  return value === "me" ? me : /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
}

/** Problem `malformed-request` where a filter is none. @param me who asks: the `me` of what one has taken */
export function filtersOf(filters: Filters, me: number): CaseFilters {
  const received = filters.receivedAt;
  const late = one(filters.late);
  const desk = one(filters.desk);
  const orders = one(filters.orders);
  const happened = one(filters.happened);
  const sector = text(filters.sector);
  return {
    programme: filters.programme?.kind === "oneOf" ? one(filters.programme) : text(filters.programme),
    kinds: filters.kind?.kind === "oneOf" ? (filters.kind.values as StateKind[]) : undefined,
    orders: orderFilters.find((word) => word === orders),
    state: text(filters.state),
    type: text(filters.type),
    sector: sector === noSector ? null : sector,
    entity: text(filters.entity),
    under: text(filters.under),
    unplaced: flag(filters.unplaced),
    reminded: flag(filters.reminded),
    pillar: text(filters.pillar),
    importance: text(filters.importance),
    channel: text(filters.channel),
    late: lateness.find((word) => word === late),
    desk: deskFilters.find((word) => word === desk),
    happened: happenedFilters.find((word) => word === happened),
    counted: countedOf(text(filters.counted)),
    governorate: text(filters.governorate),
    service: text(filters.service),
    replayed: replayedOf(text(filters.replayed)),
    version: versionOf(text(filters.version)),
    level: levelOf(text(filters.level)),
    escalated: flag(filters.escalated),
    confidential: flag(filters.confidential),
    assignee: personOf(text(filters.assignee), me),
    handledBy: personOf(text(filters.handledBy), me),
    receivedFrom: received?.kind === "moments" ? (received.from ?? undefined) : undefined,
    // The gate's ranges end with their last moment, ours before it.
    receivedTo: received?.kind === "moments" && received.to !== null ? new Date(received.to.getTime() + 1) : undefined,
  };
}
