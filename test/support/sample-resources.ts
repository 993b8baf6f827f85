/** Resources for tests of the gate: real tables in shapes that the shipped ones do not have. */
import { modelSource } from "../../src/features/setup/tables/setup-resources.js";
import { defineResource, type ResourceDefinition } from "../../src/platform/admin/define-resource.js";

const both = (text: string) => ({ en: text, ar: text });
const named = (row: Readonly<Record<string, unknown>>) => ({ ar: String(row.nameAr), en: String(row.nameEn) });

/** What the acts of these resources have done, in order. */
export const done: string[] = [];

const base = {
  group: "setup",
  icon: "box",
  order: 1,
  access: { read: "setup.read", write: "setup.edit" },
  defaultSort: { column: "code", direction: "asc" },
} as const;

/** Accounts by their plain columns; the table holds password hashes beside them. */
const sampleAccounts = defineResource({
  ...base,
  id: "sample-accounts",
  label: both("Accounts"),
  one: both("Account"),
  access: { read: "users.edit" },
  columns: [
    { name: "email", label: both("E-mail"), type: "text", list: true, filter: true, search: true, sort: true },
    { name: "name", label: both("Name"), type: "text", list: true },
  ],
  title: ({ name }) => both(String(name)),
  source: modelSource("User", { programme: null }),
  defaultSort: { column: "email", direction: "asc" },
});

/** Services of entities: they refer to entities by code. Two acts, and one that only says that it was done. */
export const sampleServices = defineResource({
  ...base,
  id: "sample-services",
  label: both("Services"),
  one: both("Service"),
  columns: [
    { name: "code", label: both("Code"), type: "text", list: true, filter: true, search: true, sort: true },
    { name: "name", label: both("Name"), type: "bilingual", list: true, search: true, filter: true, sort: true },
    { name: "entity", label: both("Entity"), type: "reference", reference: "entities", list: true, filter: true },
    { name: "sortOrder", label: both("Order"), type: "number", filter: true, sort: true },
  ],
  title: named,
  source: modelSource("services"),
  actions: {
    ring: {
      kind: "record",
      label: both("Ring"),
      access: "setup.edit",
      run: async ({ record }) => void done.push(`ring ${record?.code}`),
    },
    knock: {
      kind: "record",
      label: both("Knock"),
      access: "setup.edit",
      read: async () => ({ seen: true }),
      run: async ({ record }) => void done.push(`knock ${record?.code}`),
    },
    ringAll: {
      kind: "bulk",
      label: both("Ring all"),
      access: "setup.edit",
      run: async ({ ids }) => void done.push(`ring all ${ids.join()}`),
    },
    peek: { kind: "resource", label: both("Peek"), access: "configuration.read", read: async () => ({ seen: true }) },
    fail: {
      kind: "resource",
      label: both("Fail"),
      access: "setup.edit",
      run: async () => {
        throw new Error("select * from secrets where name = 'inside'");
      },
    },
  },
});

/** An access rule that answers later, as JavaScript makes easy: it must not count as a yes. */
const sampleLater: ResourceDefinition = defineResource({
  ...base,
  id: "sample-later",
  label: both("Later"),
  one: both("Later"),
  access: { read: (async () => false) as unknown as () => boolean },
  columns: [{ name: "code", label: both("Code"), type: "text" }],
  title: ({ code }) => both(String(code)),
  source: modelSource("pillars", { programme: null }),
});

export const sampleResources = [sampleAccounts, sampleServices, sampleLater];
