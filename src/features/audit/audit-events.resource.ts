/** The record of changes: who changed what in configuration, people, permissions and machinery. */

import { auditTypeNames, auditTypes } from "../../engine/audit/audit-types.js";
import { defineResource, type ListAsked, type Row, readSource } from "../../platform/admin/define-resource.js";
import { auditStreamNames } from "../../platform/audit/audit-store.js";
import type { AuditView } from "./list-audit.js";

const streams = {
  configuration: { en: "Configuration", ar: "الإعدادات" },
  users: { en: "Accounts", ar: "الحسابات" },
  permissions: { en: "Permissions", ar: "الصلاحيات" },
  operation: { en: "Operation", ar: "التشغيل" },
  personal: { en: "Personal data", ar: "البيانات الشخصية" },
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
  label: { en: "Record of changes", ar: "سجل التغييرات" },
  one: { en: "Change", ar: "تغيير" },
  group: "operation",
  icon: "shield",
  order: 40,
  access: { read: "audit.read" },
  columns: [
    { name: "sentence", label: { en: "What", ar: "ما الذي تغيّر" }, type: "json", list: true },
    { name: "who", label: { en: "Who", ar: "بواسطة" }, type: "text", list: true, filter: true, search: true },
    { name: "part", label: { en: "Part of the system", ar: "جزء النظام" }, type: "json", list: true },
    { name: "at", label: { en: "When", ar: "الوقت" }, type: "moment", list: true, filter: true, sort: true },
    {
      name: "stream",
      label: { en: "Part", ar: "القسم" },
      type: "choice",
      choices: auditStreamNames.map((value) => ({ value, label: streams[value] })),
      list: true,
      filter: true,
    },
    {
      name: "type",
      label: { en: "Kind of change", ar: "نوع التغيير" },
      type: "choice",
      choices: auditTypeNames.map((value) => ({ value, label: auditTypes[value] })),
      filter: true,
    },
    { name: "seq", label: { en: "Number", ar: "الرقم" }, type: "number" },
    { name: "changes", label: { en: "Changes", ar: "التغييرات" }, type: "json" },
    { name: "reason", label: { en: "Reason", ar: "السبب" }, type: "text" },
    { name: "recorded", label: { en: "As recorded", ar: "كما سُجّل" }, type: "json" },
    {
      name: "programme",
      label: { en: "Programme", ar: "البرنامج" },
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
