/** Every rule set, workflow, calendar, letter and digest of a programme: what is in force, its versions, and the draft in which it is changed. */

import { can, caseReach } from "../../engine/access/permissions.js";
import { checkCoverage } from "../../engine/calendar/check-coverage.js";
import type { Difference } from "../../engine/differences/difference.js";
import { type PolicyVocabulary, policyVocabulary } from "../../engine/explain/policy-vocabulary.js";
import { messageName } from "../../engine/letters/message-kinds.js";
import type { Setup } from "../../engine/setup/setup.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import { definePage } from "../../platform/admin/define-page.js";
import type { Call } from "../../platform/admin/resource-definition.js";
import {
  type ChosenProgramme,
  changeSetOf,
  chosenProgramme,
  chosenSetOf,
  maybeText,
  numberOf,
  textOf,
} from "../setup/chosen-programme.page.js";
import { type ConfigurationKind, configurationKinds } from "../setup/tables/create-models.js";
import type { VersionUse } from "../setup/version-queries.js";
import { draftActs, stepOf } from "./drafts/draft-acts.page.js";
import type { ListedDraft, OpenDraft } from "./drafts/policy-drafts.js";
import { letterActs } from "./letters/policy-letters.page.js";
import { trialActs } from "./replay/policy-trial.page.js";
import type { CheckedDefinition, ListedVersion, ReadVersion, VersionInForce } from "./versions/versions.js";

/** What is in force, and what is being written. */
export interface PolicyOverview extends ChosenProgramme {
  readonly versions: readonly VersionInForce[];
  readonly drafts: readonly ListedDraft[];
  /** Letters and digests that the programme has published nothing of: they read as they ship. */
  readonly shipped: readonly { readonly kind: ConfigurationKind; readonly name: string; readonly title: Bilingual }[];
  readonly mayPublish: boolean;
  readonly opened: null;
}

/** One of them: its draft or one of its versions with what it says. */
export interface PolicyOpened extends ChosenProgramme {
  readonly versions: null;
  readonly opened: {
    readonly kind: ConfigurationKind;
    readonly name: string;
    readonly title: Bilingual;
    readonly versions: readonly ListedVersion[];
    /** The version that was asked for, else the one in force, else the newest; null while there is only a draft. */
    readonly shown: ReadVersion | null;
    /** What the checks say of what is looked at: the version that was asked for, else the draft. */
    readonly checked: CheckedDefinition;
    /** Id of the version in force; null where none is. */
    readonly current: number | null;
    /** Its definition; of a letter or digest without one what ships, which is what is sent. */
    readonly inForce: object | null;
    readonly draft: OpenDraft | null;
    /**
     * The change-set that was asked for, while the draft is not in it: it is still to begin there, or is open elsewhere. Null where
     * none was asked for, or it is no more.
     */
    readonly changeSet: {
      readonly id: number;
      readonly title: string;
      /** A draft may still begin there, or be put there. */
      readonly open: boolean;
    } | null;
    readonly mayPublish: boolean;
    /** Whether somebody else has to approve what is published. */
    readonly secondPerson: boolean;
    readonly vocabulary: PolicyVocabulary;
  };
}
export type PolicyView = PolicyOverview | PolicyOpened;

const nothing = (): Problem => new Problem("not-found", msg("policy.policyPage.onlyRulesWorkflowsCalendarsLetters"));

/** What ships was checked before it left. */
const asItShips: CheckedDefinition = {
  faults: [],
  examples: [],
  moreExamples: { passed: 0, failed: 0 },
  differences: [],
};

function kindOf(value: unknown): ConfigurationKind {
  const kind = configurationKinds.find((one) => one === value);
  if (kind === undefined) throw nothing();
  return kind;
}

async function open(call: Call, chosen: ChosenProgramme): Promise<PolicyOpened> {
  const { services, query } = call;
  const { actor } = call.official;
  const { programme } = chosen;
  const thing = { programme, kind: kindOf(query.kind), name: query.name ?? "" };
  const draft = await services.policyDrafts.of({ actor, ...thing });
  // Something new has no version yet.
  const versions = draft !== null && draft.basedOn === null ? [] : await services.versions.list({ actor, ...thing });
  const current = versions.find((version) => version.status === "published")?.id ?? null;
  const wanted = query.version === undefined ? (current ?? versions[0]?.id ?? 0) : Number(query.version);
  const id = versions.find((version) => version.id === wanted)?.id ?? 0;
  const shipped = versions.length === 0 ? services.versions.asShipped({ actor, ...thing }) : null;
  if (id === 0 && ((draft === null && shipped === null) || query.version !== undefined)) throw nothing();
  const read = (version: number) => services.versions.read({ actor, id: version });
  const shown = id === 0 ? null : await read(id);
  const inForce = current === null ? null : current === id ? shown : await read(current);
  const ofDraft = draft !== null && query.version === undefined ? draft.checked : id === 0 ? asItShips : null;
  const setup = await services.setup.of(programme);
  const asked = query.changeSet === undefined ? null : Number(query.changeSet);
  // A version that is asked for is looked at as it is.
  const looked = query.version !== undefined;
  // What a draft may name includes what its own change-set adds.
  const askedSet = draft === null ? asked : (draft.changeSet?.id ?? null);
  const named = await services.changeSets.setupWithChangeSet({ actor, programme, id: askedSet });
  return {
    ...chosen,
    versions: null,
    opened: {
      kind: thing.kind,
      name: thing.name,
      title: draft?.title ?? shown?.title ?? messageName(thing.name),
      versions,
      shown,
      checked: withCoverage(
        ofDraft ?? (await services.versions.findings({ actor, id, changeSet: looked ? null : asked })),
        { ...thing, definition: (ofDraft === null ? shown?.definition : draft?.definition) ?? null },
        setup,
        call.now,
      ),
      current,
      inForce: inForce?.definition ?? shipped,
      draft,
      changeSet: asked !== null && draft?.changeSet?.id !== asked ? await openSet(call, programme, asked) : null,
      mayPublish: can(actor, "configuration.publish", { programme }),
      secondPerson: setup.programme.settings.secondPerson === true,
      vocabulary: policyVocabulary(named, thing),
    },
  };
}

async function openSet({ services, official }: Call, programme: string, id: number) {
  const sets = await services.changeSets.list({ actor: official.actor });
  const found = sets.find((set) => set.id === id && set.programme === programme);
  return found === undefined ? null : { id, title: found.title, open: found.state === "open" };
}

/** With the warning that goes by today's date, and is worked out anew each time: whether promises rest on confirmed days. */
function withCoverage(
  checked: CheckedDefinition,
  { definition, ...thing }: { kind: ConfigurationKind; name: string; definition: unknown },
  setup: Setup,
  now: Date,
): CheckedDefinition {
  if (definition === null || checked.faults.some(({ severity }) => severity === "error")) return checked;
  const found = checkCoverage({ ...thing, definition: definition as object, source: thing.name }, setup, now);
  const faults = found.map(({ path, reason, severity }) => ({ field: path, reason, severity }));
  return { ...checked, faults: [...checked.faults, ...faults] };
}

const thingOf = (call: Call) => ({
  actor: call.official.actor,
  programme: textOf(call, "programme"),
  kind: kindOf(call.input.kind),
  name: textOf(call, "name"),
});
/** Null: where nothing is in force yet. */
const basedOnOf = (call: Call) => (call.input.basedOn === null ? null : numberOf(call, "basedOn"));

export const policyPage = definePage({
  name: "policy",
  label: msg("policy.policyPage.rulesAndWorkflows"),
  group: "policy",
  icon: "rules",
  order: 20,
  component: "Policy",
  access: "configuration.read",
  query: ["programme", "kind", "name", "version", "changeSet"],
  async read(call): Promise<PolicyView> {
    const chosen = await chosenProgramme(call);
    if (call.query.name !== undefined) return open(call, chosen);
    const { actor } = call.official;
    const [versions, drafts] = await Promise.all([
      call.services.versions.inForce({ actor }),
      call.services.policyDrafts.list({ actor }),
    ]);
    const here = ({ programme }: { programme: string }) => programme === chosen.programme;
    const published = versions.filter(here);
    const mayPublish = can(actor, "configuration.publish", { programme: chosen.programme });
    const shipped = call.services.versions.shipped
      .filter(({ kind, name }) => !published.some((version) => version.kind === kind && version.name === name))
      .map((one) => ({ ...one, title: messageName(one.name) }));
    return { ...chosen, versions: published, drafts: drafts.filter(here), shipped, mayPublish, opened: null };
  },
  acts: {
    ...trialActs,
    ...letterActs,
    /** What publishing would say, and what it would change. */
    check: async (call): Promise<CheckedDefinition> => {
      const { definition } = call.input;
      const { actor, ...thing } = thingOf(call);
      const checked = await call.services.versions.check({ actor, ...thing, definition, changeSet: changeSetOf(call) });
      return withCoverage(checked, { ...thing, definition }, await call.services.setup.of(thing.programme), call.now);
    },
    differences: async (call): Promise<{ differences: readonly Difference[] }> => ({
      differences: await call.services.versions.differences({
        actor: call.official.actor,
        from: numberOf(call, "from"),
        to: numberOf(call, "to"),
      }),
    }),
    /** How much each version decided, and whether who asks may read the cases behind it. */
    uses: async (call): Promise<{ uses: readonly VersionUse[]; mayList: boolean }> => {
      const thing = thingOf(call);
      const mayList = caseReach(thing.actor).all.includes(thing.programme);
      return { uses: await call.services.versions.uses(thing), mayList };
    },
    /** Ids that no new rule of this set may have. */
    ruleIds: async (call): Promise<{ ids: readonly string[] }> => ({
      ids: await call.services.versions.ruleIds({
        actor: call.official.actor,
        programme: textOf(call, "programme"),
        name: textOf(call, "name"),
      }),
    }),
    /** A draft of what was written over the version in force; `changeSet`: in which one, or `{ title }` of one that begins with it. */
    begin: async (call) =>
      call.services.policyDrafts.begin({
        ...thingOf(call),
        definition: call.input.definition,
        basedOn: basedOnOf(call),
        changeSet: chosenSetOf(call),
        now: call.now,
      }),
    /** A draft that stands by itself goes into a change-set. */
    intoSet: async (call) => {
      const changeSet = chosenSetOf(call) ?? numberOf(call, "changeSet");
      return call.services.policyDrafts.intoSet({ ...stepOf(call), changeSet });
    },
    /** A draft of what a version says. */
    reopen: async (call) =>
      call.services.policyDrafts.reopen({
        actor: call.official.actor,
        version: numberOf(call, "version"),
        reason: maybeText(call, "reason"),
        changeSet: chosenSetOf(call),
        now: call.now,
      }),
    /** A workflow under another code, as a draft. */
    copy: async (call) =>
      call.services.policyDrafts.copy({
        actor: call.official.actor,
        version: numberOf(call, "version"),
        code: textOf(call, "code").trim(),
        now: call.now,
      }),
    save: async (call) => {
      const basedOn = call.input.basedOn === undefined ? {} : { basedOn: basedOnOf(call) };
      return call.services.policyDrafts.save({ ...stepOf(call), definition: call.input.definition, ...basedOn });
    },
    /** What somebody else made of the draft, and what one's own text would change of that. */
    compare: async (call) =>
      call.services.policyDrafts.compare({
        actor: call.official.actor,
        id: numberOf(call, "id"),
        before: call.input.before,
        after: call.input.after,
      }),
    ...draftActs(({ policyDrafts }) => policyDrafts),
  },
});
