/** What stands between what was written and its being published: what the checks find in it, and what it was made from. */

import type { Transaction } from "sequelize";
import type { Actor, Change } from "../../../engine/access/permissions.js";
import { canonicalText } from "../../../engine/audit/chain.js";
import { checkCoverage } from "../../../engine/calendar/check-coverage.js";
import { definitionDifferences } from "../../../engine/differences/definition-differences.js";
import { checkAgreement } from "../../../engine/rules/check-agreement.js";
import { factCatalogue } from "../../../engine/rules/fact-catalogue.js";
import type { RuleSetDefinition } from "../../../engine/rules/rule-set.js";
import type { ConfigurationFault } from "../../../engine/setup/configuration-fault.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import type { Database } from "../../../platform/db/query.js";
import { type RefusedEdit, refusedEdits, requireNoneRefused, writeEnds } from "../../setup/apply-setup-edits.js";
import { checksumOf, definitionFaults, faultAt, nameOfDefinition } from "../definition-faults.js";
import { draftProblems } from "../drafts/draft-views.js";
import { type VersionRow, versionsOf } from "../versions/version-store.js";
import { requireNewCode } from "../workflow/copy-workflow.js";
import type { Approval } from "./authorise.js";
import type { Finding } from "./impact-input.js";
import { planSteps, type Steps } from "./plan-steps.js";
import { projectSetup } from "./project-setup.js";
import {
  emptySet,
  faultyDefinition,
  faultySet,
  nothingChanged,
  publishedMeanwhile,
  warningsUnexplained,
} from "./publication-refusals.js";
import type { PolicyChange, ReadSet } from "./read-set.js";
import { readRowContext, validateChangeSet } from "./validate-change-set.js";

/** What is wrong with a definition by itself. */
interface CheckedDefinition {
  readonly found: readonly ConfigurationFault[];
  /** The definition, where it is a rule set of sound form. */
  readonly rules: RuleSetDefinition | null;
}

/** What the checks find, for every publisher. */
export interface Checked {
  readonly steps: Steps;
  /** What is found in a change-set as a whole: errors refuse it, warnings alone ask for a reason. */
  readonly findings: readonly Finding[];
  /** Rows that no change-set holds: the machine's. */
  readonly refused: readonly RefusedEdit[];
  /** What is found in each policy of the set, in their order. */
  readonly definitions: readonly CheckedDefinition[];
}

/** One definition as it goes into force. */
export interface ValidVersion {
  readonly change: PolicyChange;
  /** The version that is published (again); null where the publication brings its own definition. */
  readonly stored: VersionRow | null;
  readonly earlier: readonly VersionRow[];
  readonly current: VersionRow | null;
  readonly checksum: string;
  readonly warnings: readonly ConfigurationFault[];
  /** Whether the checks that asked for a reason warn of it. */
  readonly warned: boolean;
}

export interface ValidPublication {
  readonly steps: Steps;
  readonly versions: readonly ValidVersion[];
  /** What the checks warn of, in English: what somebody gave a reason for is known by it. */
  readonly warnings: readonly string[];
  /** Why it is published all the same; null where nothing warns. */
  readonly warningsReason: string | null;
}

const sourceOf = ({ kind, name, version }: PolicyChange): string =>
  version === undefined ? `${kind}/${name}` : `${kind}/${name} version ${version}`;

/** The checks of rules and workflows know their programme; what they are called here is only known here. */
function checkName(a: PolicyChange, source: string): ConfigurationFault[] {
  const name = nameOfDefinition(a.kind, a.definition);
  if (name === null || name === a.name) return [];
  return [faultAt(source, "", msg("policy-publication.validate.itCallsItselfNot", { name, name2: a.name }))];
}

async function checkOne(change: PolicyChange, setup: Setup | null, now: Date): Promise<CheckedDefinition> {
  const { kind, definition } = change;
  const source = sourceOf(change);
  const found = [...checkName(change, source), ...definitionFaults(kind, definition, setup, source)];
  if (setup === null || found.some((fault) => fault.severity === "error")) return { found, rules: null };
  found.push(...checkCoverage({ ...change, source }, setup, now));
  if (kind !== "rules") return { found, rules: null };
  const rules = definition as RuleSetDefinition;
  found.push(...(await checkAgreement(rules, factCatalogue(setup), source)));
  return { found, rules };
}

/**
 * What the checks find in the set-up as it would be. Nothing is refused here: as long as it takes, others publish.
 * @param setup as it is, to the transaction where one is given; null for a calendar that is made from nothing
 */
export async function validate(
  db: Database,
  set: ReadSet,
  setup: Setup | null,
  now: Date,
  tx?: Transaction,
): Promise<Checked> {
  const { edits, policies, owner } = set;
  const checkAll = async (after: Setup | null) => {
    const definitions: CheckedDefinition[] = [];
    for (const change of policies) definitions.push(await checkOne(change, after, now));
    return definitions;
  };
  if (setup === null) {
    const steps = { edits: [], seats: [], moves: [] };
    return { steps, findings: [], refused: [], definitions: await checkAll(null) };
  }
  if (owner?.kind === "changeSet") {
    const { steps, after, findings } = await validateChangeSet(db, setup, set, now, tx);
    return { steps, findings, refused: [], definitions: await checkAll(after) };
  }
  const steps = planSteps(edits, setup);
  const after = projectSetup(setup, { steps, policies, people: new Map(), now });
  const rows = steps.edits.length === 0 ? null : await readRowContext(db, after, policies, tx);
  const refused = rows === null ? [] : refusedEdits(steps.edits, { ...rows, setup: after, before: setup });
  return { steps, findings: [], refused, definitions: await checkAll(after) };
}

const rulesOf = (row: VersionRow): RuleSetDefinition["rules"] => (row.definition as RuleSetDefinition).rules ?? [];

/** A rule's id is its name in every decision for ever: an id that was dropped comes back only with the same meaning. */
function reusedIds(
  definition: RuleSetDefinition,
  earlier: readonly VersionRow[],
  source: string,
): ConfigurationFault[] {
  const current = earlier.find((row) => row.status === "published");
  const inUse = new Set(current === undefined ? [] : rulesOf(current).map((rule) => rule.id));
  const meanings = new Map<string, { readonly version: number; readonly texts: Set<string> }>();
  for (const row of earlier) {
    if (row.publishedAt === null) continue;
    for (const rule of rulesOf(row)) {
      const known = meanings.get(rule.id) ?? { version: row.version, texts: new Set<string>() };
      known.texts.add(canonicalText(rule));
      meanings.set(rule.id, { version: row.version, texts: known.texts });
    }
  }
  return definition.rules.flatMap((rule, i) => {
    const before = meanings.get(rule.id);
    if (before === undefined || inUse.has(rule.id) || before.texts.has(canonicalText(rule))) return [];
    const fault = faultAt(
      source,
      `/rules/${i}/id`,
      msg("policy-publication.validate.theIdBelongedToAnother", { id: rule.id, version: before.version }),
    );
    return [{ ...fault, ruleId: rule.id }];
  });
}

/** A workflow under a new name is asked for as such; calendars of new names come in files, for nothing here would use them. */
function requireKnownName({ kind, name, basedOn, asNew }: PolicyChange, earlier: readonly VersionRow[]): void {
  if (asNew === true) requireNewCode(kind, name, earlier.length > 0);
  if (basedOn !== null || asNew === true) return;
  // Letters and digests have names of a closed list, which their own check knows.
  if (kind === "rules" || kind === "message" || kind === "digest" || earlier.length > 0) return;
  throw draftProblems.notHere({ kind, name });
}

/** Somebody else published in the meantime: says what, so that it can be brought together. */
function requireBase({ kind, basedOn }: PolicyChange, earlier: readonly VersionRow[], setup: Setup | null): void {
  const current = earlier.find((row) => row.status === "published");
  if (basedOn === undefined || current === undefined || current.id === basedOn) return;
  const base = earlier.find((row) => row.id === basedOn);
  const isTold = base !== undefined && setup !== null;
  throw publishedMeanwhile(
    current.version,
    isTold ? definitionDifferences(kind, base.definition, current.definition, setup) : [],
  );
}

/** One definition beside the versions that there are, behind the programme's lock. */
async function requireVersion(
  db: Database,
  change: PolicyChange,
  { found, rules }: CheckedDefinition,
  setup: Setup | null,
  tx: Transaction,
): Promise<Omit<ValidVersion, "warned">> {
  const { name, version, definition } = change;
  const earlier = await versionsOf(db, change, tx);
  requireKnownName(change, earlier);
  requireBase(change, earlier, setup);
  const stored = earlier.find((row) => row.version === version) ?? null;
  const all = [...found, ...(rules === null ? [] : reusedIds(rules, earlier, sourceOf(change)))];
  const errors = all.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw faultyDefinition(name, errors);
  const checksum = checksumOf(definition);
  const current = earlier.find((row) => row.status === "published") ?? null;
  if (current?.checksum === checksum) throw nothingChanged(current.version, name);
  return { change, stored, earlier, current, checksum, warnings: all.filter(({ severity }) => severity === "warning") };
}

/** People say why they publish what the checks warn of, unless the submitter said so of the same. */
function requireReasons(
  { owner }: ReadSet,
  warnings: readonly ConfigurationFault["reason"][],
  a: { approval: Approval; by: Actor; warningsReason: string | null },
): void {
  const head = a.approval.approving ? owner?.head : undefined;
  const explained = head == null || head.warningsReason === null ? null : (head.warningsSeen ?? []);
  const [fresh] = warnings.filter(({ en }) => explained === null || !explained.includes(en));
  if (a.by.kind !== "user" || fresh === undefined || a.warningsReason !== null) return;
  throw warningsUnexplained(fresh, owner?.kind === "changeSet" ? "changeSet" : explained === null ? "new" : "more");
}

/**
 * The publication, where nothing is in its way. Problems: invalid-configuration (what the checks find, or nothing changed),
 * not-now (there is nothing in it), not-found, conflict (another version is in force by now), invalid-input (a name that is taken, rows
 * that are refused, or nobody said why although the checks warn).
 */
export async function requireValid(
  db: Database,
  set: ReadSet,
  checked: Checked,
  a: { setup: Setup | null; approval: Approval; warningsReason: string | null } & Change,
  tx: Transaction,
): Promise<ValidPublication> {
  const { programme, owner, edits, policies } = set;
  const { steps, findings, refused, definitions } = checked;
  const isChangeSet = owner?.kind === "changeSet";
  const ofSet = findings.filter(({ severity }) => severity === "warning");
  if (isChangeSet) {
    if (edits.length + policies.length === 0) throw emptySet();
    const errors = findings.filter(({ severity }) => severity === "error");
    if (errors.length > 0) throw faultySet(errors);
    requireReasons(
      set,
      ofSet.map(({ words }) => words),
      a,
    );
  }
  const versions: ValidVersion[] = [];
  for (const [i, change] of policies.entries()) {
    const valid = await requireVersion(db, change, definitions[i] as CheckedDefinition, a.setup, tx);
    const warned = isChangeSet
      ? ofSet.some(({ policy }) => policy?.kind === change.kind && policy.name === change.name)
      : valid.warnings.length > 0;
    versions.push({ ...valid, warned });
  }
  if (refused.length > 0 && a.setup !== null) {
    // All that is in the way is said at once: also what cannot go out of use, as things are.
    const ends = { programme, edits: steps.edits, setup: a.setup, by: a.by, now: a.now };
    requireNoneRefused([...refused, ...(await writeEnds(db, ends, tx))]);
  }
  const warnings = isChangeSet
    ? ofSet.map(({ words }) => words)
    : versions.flatMap((version) => version.warnings.map(({ reason }) => reason));
  if (!isChangeSet) requireReasons(set, warnings, a);
  const said = [a.approval.approving ? owner?.head.warningsReason : null, a.warningsReason].filter((text) => text);
  return {
    steps,
    versions,
    warnings: warnings.map(({ en }) => en),
    warningsReason: (warnings.length > 0 && said.join("\n")) || null,
  };
}
