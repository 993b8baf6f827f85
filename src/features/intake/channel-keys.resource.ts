/** Keys with which channels send applications: issued and shown once, revoked, never shown again. */

import { type KeyPurpose, keyPurposeCodes, keyPurposeNames } from "../../engine/access/key-purposes.js";
import { can } from "../../engine/access/permissions.js";
import { msg } from "../../engine/text/msg.js";
import { type Call, defineResource, type Row, readSource } from "../../platform/admin/define-resource.js";
import { countOf, pageOf } from "../../platform/admin/listed-rows.js";
import type { ListedKey } from "../people/channel-key-store.js";
import { faultAt, programmeOf, textOf } from "../people/people-input.js";

const rowOf = (key: ListedKey, programme: string): Row => ({
  id: key.id,
  programme,
  label: key.label,
  channel: key.channel,
  purpose: key.purpose,
  state: key.revokedAt === null ? "inUse" : "revoked",
  issuedAt: key.createdAt,
  revokedAt: key.revokedAt,
  lastUsedOn: key.lastUsedOn,
});

function purposeOf({ purpose = "applications" }: Readonly<Record<string, unknown>>): KeyPurpose {
  const known = keyPurposeCodes.find((code) => code === purpose);
  if (known === undefined) throw faultAt("purpose", msg("intake.channelKeysResource.purposeUnknown"));
  return known;
}

type Asked = Pick<Call, "services" | "official">;
async function rows({ services, official }: Asked): Promise<readonly Row[]> {
  const { actor } = official;
  const programmes = [...new Set(actor.seats.map(({ programme }) => programme))].filter((programme) =>
    can(actor, "setup.edit", { programme }),
  );
  const lists = programmes.map(async (programme) =>
    (await services.keys.list({ programme, actor })).map((key) => rowOf(key, programme)),
  );
  return (await Promise.all(lists)).flat();
}

const searched = ["label", "channel"];

export const channelKeys = defineResource({
  id: "channel-keys",
  label: msg("intake.channelKeysResource.channelKeys"),
  one: msg("intake.channelKeysResource.one"),
  group: "setup",
  icon: "key",
  order: 90,
  access: { read: "setup.edit" },
  columns: [
    {
      name: "label",
      label: msg("intake.channelKeysResource.heldBy"),
      type: "text",
      list: true,
      search: true,
      sort: true,
    },
    {
      name: "channel",
      label: msg("intake.channelKeysResource.channel"),
      type: "reference",
      reference: "channels",
      list: true,
      filter: true,
      search: true,
    },
    {
      name: "purpose",
      label: msg("intake.channelKeysResource.purpose"),
      type: "choice",
      choices: keyPurposeCodes.map((value) => ({ value, label: keyPurposeNames[value] })),
      list: true,
      filter: true,
    },
    {
      name: "state",
      label: msg("intake.channelKeysResource.state"),
      type: "choice",
      choices: [
        { value: "inUse", label: msg("intake.channelKeysResource.stateNamesInUse") },
        { value: "revoked", label: msg("intake.channelKeysResource.stateNamesRevoked") },
      ],
      list: true,
      filter: true,
      sort: true,
    },
    { name: "issuedAt", label: msg("intake.channelKeysResource.issued"), type: "moment", list: true, sort: true },
    { name: "lastUsedOn", label: msg("intake.channelKeysResource.lastUsed"), type: "date", list: true, sort: true },
    { name: "revokedAt", label: msg("intake.channelKeysResource.revoked"), type: "moment", list: true, sort: true },
  ],
  title: ({ label }) => ({ ar: String(label), en: String(label) }),
  source: readSource({
    idForm: /^\d{1,9}$/,
    find: async (asked) => pageOf(await rows(asked), searched, asked),
    count: async (asked) => countOf(await rows(asked), searched, asked),
    one: async ({ id, ...asked }) => (await rows(asked)).find((row) => String(row.id) === id) ?? null,
  }),
  defaultSort: { column: "issuedAt", direction: "desc" },
  components: { list: "KeyList" },
  actions: {
    issue: {
      kind: "resource",
      label: msg("intake.channelKeysResource.actionsIssueLabel"),
      access: "setup.edit",
      run: async ({ input, services, official, now }) => {
        const { id, key } = await services.keys.issue({
          programme: programmeOf(input, official.actor, "setup.edit"),
          channel: textOf(input, "channel"),
          label: textOf(input, "label"),
          purpose: purposeOf(input),
          by: official.actor,
          now,
        });
        // Here and never again.
        return { id, issued: key };
      },
    },
    revoke: {
      kind: "record",
      label: msg("intake.channelKeysResource.actionsRevokeLabel"),
      access: "setup.edit",
      run: ({ record, services, official, now }) =>
        services.keys.revoke({ id: Number(record?.id), by: official.actor, now }),
    },
  },
});
