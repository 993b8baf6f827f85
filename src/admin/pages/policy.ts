/** Every rule set and workflow of a programme: what is in force, who published it and why, its versions, its checks. */
import type {
  CheckedDefinition,
  CopiedWorkflow,
  ListedVersion,
  ReadVersion,
  VersionInForce,
} from "../../configuration/versions.js";
import { type ConfigurationKind, configurationKinds } from "../../db/models/define-configuration-version.js";
import type { Difference } from "../../domain/differences/difference.js";
import { type PolicyVocabulary, policyVocabulary } from "../../domain/explain/policy-vocabulary.js";
import { can } from "../../domain/permissions.js";
import { Problem } from "../../domain/problems.js";
import { definePage } from "../guard/define-page.js";
import type { Call } from "../guard/resource-definition.js";
import { type ChosenProgramme, chosenProgramme, numberOf, reasonOf, textOf } from "./chosen-programme.js";

/** What is in force. */
export interface PolicyOverview extends ChosenProgramme {
  readonly versions: readonly VersionInForce[];
  readonly opened: null;
  readonly copy: null;
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
    /** Its definition. */
    readonly inForce: object | null;
    readonly mayPublish: boolean;
    readonly vocabulary: PolicyVocabulary;
  };
  readonly copy: null;
}

/** A workflow that is to be, under a code of its own. */
export interface PolicyCopy extends ChosenProgramme {
  readonly versions: null;
  readonly opened: null;
  readonly copy: CopiedWorkflow & { readonly checked: CheckedDefinition };
}
export type PolicyView = PolicyOverview | PolicyOpened | PolicyCopy;

function kindOf(value: unknown): ConfigurationKind {
  const kind = configurationKinds.find((one) => one === value);
  if (kind !== undefined) return kind;
  throw new Problem("not-found", {
    en: "Only rules, workflows and calendars are published.",
    ar: "لا تُنشر إلا القواعد ومسارات العمل والتقاويم.",
  });
}

/** The version that is asked for, of a thing by its name; without a number the one in force. Id 0: there is none. */
async function asked(call: Call, programme: string) {
  const { official, query, services } = call;
  const thing = { programme, kind: kindOf(query.kind), name: query.name ?? "" };
  const versions = await services.versions.list({ actor: official.actor, ...thing });
  const current = versions.find((version) => version.status === "published")?.id ?? null;
  const id = query.version === undefined ? (current ?? versions[0]?.id ?? 0) : Number(query.version);
  return { thing, versions, current, id: versions.find((version) => version.id === id)?.id ?? 0 };
}

async function copy(call: Call, chosen: ChosenProgramme, code: string): Promise<PolicyCopy> {
  const { actor } = call.official;
  const { versions } = call.services;
  const { thing, id } = await asked(call, chosen.programme);
  const copied = await versions.copy({ actor, id, code });
  const checked = await versions.check({ actor, ...thing, definition: copied.definition });
  return { ...chosen, versions: null, opened: null, copy: { ...copied, checked } };
}

async function open(call: Call, chosen: ChosenProgramme): Promise<PolicyOpened> {
  const { services } = call;
  const { actor } = call.official;
  const { versions, current, id } = await asked(call, chosen.programme);
  const shown = await services.versions.read({ actor, id });
  const checked = await services.versions.findings({ actor, id: shown.id });
  const mayPublish = can(actor, "configuration.publish", { programme: chosen.programme });
  const inForce =
    current === null ? null : current === shown.id ? shown : await services.versions.read({ actor, id: current });
  const vocabulary = policyVocabulary(await services.setup.of(chosen.programme));
  const opened = { versions, shown, checked, current, inForce: inForce?.definition ?? null, mayPublish, vocabulary };
  return { ...chosen, versions: null, copy: null, opened };
}

export const policyPage = definePage({
  name: "policy",
  label: { en: "Rules and workflows", ar: "القواعد ومسارات العمل" },
  group: "policy",
  icon: "rules",
  order: 20,
  component: "Policy",
  access: "configuration.read",
  query: ["programme", "kind", "name", "version", "copyAs"],
  async read(call): Promise<PolicyView> {
    const chosen = await chosenProgramme(call);
    const { name, copyAs } = call.query;
    if (name !== undefined) return copyAs === undefined ? open(call, chosen) : copy(call, chosen, copyAs);
    const all = await call.services.versions.inForce({ actor: call.official.actor });
    return {
      ...chosen,
      versions: all.filter((version) => version.programme === chosen.programme),
      opened: null,
      copy: null,
    };
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
    /** Ids that no new rule of this set may have. */
    ruleIds: async (call): Promise<{ ids: readonly string[] }> => ({
      ids: await call.services.versions.ruleIds({
        actor: call.official.actor,
        programme: textOf(call, "programme"),
        name: textOf(call, "name"),
      }),
    }),
    /** Whether a workflow can be copied under a code. */
    copy: async (call): Promise<{ code: string }> => {
      const { code } = await call.services.versions.copy({
        actor: call.official.actor,
        id: numberOf(call, "id"),
        code: textOf(call, "code").trim(),
      });
      return { code };
    },
    /** A definition, or the number of a version that is published (again); `asNew`: of a name that nothing has yet. */
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
        asNew: input.asNew === true,
        // Null: where nothing is in force yet.
        basedOn: input.basedOn === null ? null : numberOf(call, "basedOn"),
        reason: reasonOf(call),
        now,
      });
    },
  },
});
