/** The record of changes: who changed what in configuration, people, permissions and machinery. */

import { auditTypeNames, auditTypes } from "../../engine/audit/audit-types.js";
import { msg } from "../../engine/text/msg.js";
import { defineResource, type ListAsked, type Row, readSource } from "../../platform/admin/define-resource.js";
import { auditStreamNames } from "../../platform/audit/audit-store.js";
import type { AuditView } from "./list-audit.js";

const streams = {
  configuration: msg("audit.auditEventsResource.streamsConfiguration"),
  users: msg("audit.auditEventsResource.streamsUsers"),
  permissions: msg("audit.auditEventsResource.streamsPermissions"),
  operation: msg("audit.auditEventsResource.streamsOperation"),
  personal: msg("audit.auditEventsResource.streamsPersonal"),
} as const satisfies Record<(typeof auditStreamNames)[number], unknown>;

/** `recorded`: all of it, as it stands in the chain. */
const rowOf = ({ data, ...event }: AuditView): Row => ({ ...event, recorded: data });

function questionOf({ official, filters, search }: ListAsked) {
  const { stream, type, who, at, programme } = filters;
  const text = (filter: typeof who) => (filter?.kind === "text" ? filter.text : undefined);
  const name = text(who) ?? search ?? undefined;
  return {
    actor: official.actor,
    ...(programme?.kind === "oneOf" && { programmes: programme.values }),
    filter: {
      ...(stream?.kind === "oneOf" && { streams: stream.values }),
      ...(type?.kind === "oneOf" && { types: type.values }),
      ...(name !== undefined && { who: name }),
      ...(at?.kind === "moments" && at.from !== null && { from: at.from }),
      ...(at?.kind === "moments" && at.to !== null && { to: at.to }),
    },
  };
}

export const auditEvents = defineResource({
  id: "audit-events",
  label: msg("audit.auditEventsResource.recordOfChanges"),
  one: msg("audit.auditEventsResource.one"),
  group: "operation",
  icon: "shield",
  order: 40,
  access: { read: "audit.read" },
  columns: [
    { name: "sentence", label: msg("audit.auditEventsResource.what"), type: "json", list: true },
    { name: "who", label: msg("audit.auditEventsResource.who"), type: "text", list: true, filter: true, search: true },
    { name: "part", label: msg("audit.auditEventsResource.partOfTheSystem"), type: "json", list: true },
    { name: "at", label: msg("audit.auditEventsResource.when"), type: "moment", list: true, filter: true, sort: true },
    {
      name: "stream",
      label: msg("audit.auditEventsResource.part"),
      type: "choice",
      choices: auditStreamNames.map((value) => ({ value, label: streams[value] })),
      list: true,
      filter: true,
    },
    {
      name: "type",
      label: msg("audit.auditEventsResource.kindOfChange"),
      type: "choice",
      choices: auditTypeNames.map((value) => ({ value, label: auditTypes[value] })),
      filter: true,
    },
    { name: "seq", label: msg("audit.auditEventsResource.number"), type: "number" },
    { name: "changes", label: msg("audit.auditEventsResource.changes"), type: "json" },
    { name: "reason", label: msg("audit.auditEventsResource.reason"), type: "text" },
    { name: "recorded", label: msg("audit.auditEventsResource.asRecorded"), type: "json" },
    {
      name: "programme",
      label: msg("audit.auditEventsResource.programme"),
      type: "reference",
      reference: "programmes",
      filter: true,
    },
  ],
  title: ({ sentence }) => sentence as { en: string; ar: string },
  source: readSource({
    idForm: /^[a-z]{1,20}-\d{1,9}$/,
    async find(page) {
      const { offset, limit } = page;
      return (await page.services.operation.audit.page({ ...questionOf(page), offset, limit })).map(rowOf);
    },
    async count(list) {
      const { total, more } = await list.services.operation.audit.count(questionOf(list));
      return { total, estimated: more };
    },
    async one({ id, official, services }) {
      const found = await services.operation.audit.one({ id, actor: official.actor });
      return found === null ? null : rowOf(found);
    },
  }),
  defaultSort: { column: "at", direction: "desc" },
  components: { list: "AuditList", show: "AuditPage" },
});
