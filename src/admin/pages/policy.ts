/** Every rule set and workflow of a programme: what is in force, who published it and why, its versions, its checks. */
import type { CheckedDefinition, ListedVersion, ReadVersion, VersionInForce } from "../../configuration/versions.js";
import { type ConfigurationKind, configurationKinds } from "../../db/models/define-configuration-version.js";
import type { Difference } from "../../domain/differences/difference.js";
import { can } from "../../domain/permissions.js";
import { Problem } from "../../domain/problems.js";
import { definePage } from "../guard/define-page.js";
import type { Call } from "../guard/resource-definition.js";
import { type ChosenProgramme, chosenProgramme, numberOf, reasonOf, textOf } from "./chosen-programme.js";

/** What is in force. */
export interface PolicyOverview extends ChosenProgramme {
  readonly versions: readonly VersionInForce[];
  readonly opened: null;
}

/** One rule set, workflow or calendar: its versions, and one of them with what it says. */
export interface PolicyOpened extends ChosenProgramme {
  readonly versions: null;
  readonly opened: {
    readonly versions: readonly ListedVersion[];
    readonly shown: ReadVersion;
    /** Of the version shown. */
    readonly checked: CheckedDefinition;
    /** Id of the version in force; null where none is. */
    readonly current: number | null;
    readonly mayPublish: boolean;
  };
}
export type PolicyView = PolicyOverview | PolicyOpened;

function kindOf(value: unknown): ConfigurationKind {
  const kind = configurationKinds.find((one) => one === value);
  if (kind !== undefined) return kind;
  throw new Problem("not-found", {
    en: "Only rules, workflows and calendars are published.",
    ar: "لا تُنشر إلا القواعد ومسارات العمل والتقاويم.",
  });
}

async function open(call: Call, chosen: ChosenProgramme): Promise<PolicyOpened> {
  const { official, query, services } = call;
  const thing = { programme: chosen.programme, kind: kindOf(query.kind), name: query.name ?? "" };
  const { actor } = official;
  const versions = await services.versions.list({ actor, ...thing });
  const current = versions.find((version) => version.status === "published")?.id ?? null;
  const id = query.version === undefined ? (current ?? versions[0]?.id ?? 0) : Number(query.version);
  const known = versions.find((version) => version.id === id);
  const shown = await services.versions.read({ actor, id: known?.id ?? 0 });
  const checked = await services.versions.check({ actor, ...thing, definition: shown.definition });
  const mayPublish = can(actor, "configuration.publish", { programme: chosen.programme });
  return { ...chosen, versions: null, opened: { versions, shown, checked, current, mayPublish } };
}

export const policyPage = definePage({
  name: "policy",
  label: { en: "Rules and workflows", ar: "القواعد ومسارات العمل" },
  group: "policy",
  icon: "rules",
  order: 20,
  component: "Policy",
  access: "configuration.read",
  query: ["programme", "kind", "name", "version"],
  async read(call): Promise<PolicyView> {
    const chosen = await chosenProgramme(call);
    if (call.query.name !== undefined) return open(call, chosen);
    const all = await call.services.versions.inForce({ actor: call.official.actor });
    return { ...chosen, versions: all.filter((version) => version.programme === chosen.programme), opened: null };
  },
  acts: {
    /** What publishing would say, and what it would change. */
    check: async (call): Promise<CheckedDefinition> =>
      call.services.versions.check({
        actor: call.official.actor,
        programme: textOf(call, "programme"),
        kind: kindOf(call.input.kind),
        name: textOf(call, "name"),
        definition: call.input.definition,
      }),
    differences: async (call): Promise<{ differences: readonly Difference[] }> => ({
      differences: await call.services.versions.differences({
        actor: call.official.actor,
        from: numberOf(call, "from"),
        to: numberOf(call, "to"),
      }),
    }),
    /** A definition, or the number of a version that is published (again). */
    publish: async (call) => {
      const { official, services, now, input } = call;
      const again =
        input.version === undefined ? { definition: input.definition } : { version: numberOf(call, "version") };
      return services.versions.publish({
        actor: official.actor,
        programme: textOf(call, "programme"),
        kind: kindOf(input.kind),
        name: textOf(call, "name"),
        ...again,
        ...(input.basedOn === null ? {} : { basedOn: numberOf(call, "basedOn") }),
        reason: reasonOf(call),
        now,
      });
    },
  },
});
