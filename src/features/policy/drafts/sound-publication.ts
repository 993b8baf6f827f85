/** What stands between a definition and its being published: who asks, what it was made from, what the checks find. */

import type { Transaction } from "sequelize";
import { type Actor, can } from "../../../engine/access/permissions.js";
import { canonicalText } from "../../../engine/audit/chain.js";
import { checkCoverage } from "../../../engine/calendar/check-coverage.js";
import { definitionDifferences } from "../../../engine/differences/definition-differences.js";
import { checkAgreement } from "../../../engine/rules/check-agreement.js";
import { factCatalogue } from "../../../engine/rules/fact-catalogue.js";
import type { RuleSetDefinition } from "../../../engine/rules/rule-set.js";
import type { ConfigurationFault } from "../../../engine/setup/configuration-fault.js";
import type { ProgrammeSettings, Setup } from "../../../engine/setup/setup.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import type { Database } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { loadSetup } from "../../setup/active-setup.js";
import { configurationKinds } from "../../setup/tables/define-configuration-version.js";
import { lockVersions } from "../../setup/version-queries.js";
import { asFieldFaults, checksumOf, definitionFaults, faultAt, nameOfDefinition } from "../definition-faults.js";
import { type VersionKey, type VersionRow, versionsOf } from "../versions/version-store.js";
import { demandNewCode } from "../workflow/copy-workflow.js";

export interface Publication extends VersionKey {
  /** What to publish: a definition as it was written, or the number of a draft or of an earlier version. */
  readonly definition?: unknown;
  readonly version?: number;
  /** Why, in the publisher's words; it stays with the version. */
  readonly reason: string;
  /**
   * Id of the version in force that the definition was made from, null where none was: refused when another is in force by
   * now. Left out by commands and files, which replace whatever is in force.
   */
  readonly basedOn?: number | null;
  /** Why all the same, where the checks warn: people have to say it, the machine does not. */
  readonly warningsReason?: string | null | undefined;
  /** What the checks warned of when somebody else said why, by the words of each, and what they said: those need no reason again. */
  readonly explained?: { readonly warnings: readonly string[]; readonly reason: string } | null | undefined;
  /**
   * One of a change-set: whether the checks of the whole set, which asked for reasons, warn of it. What is checked beside it half-way
   * through the set says nothing of how it ends. Left out: its own checks say.
   */
  readonly warned?: boolean;
  /** True: of a name that nothing has yet (a workflow's alone); refused where it is taken. */
  readonly asNew?: boolean;
  readonly by: Actor;
  readonly now: Date;
}

/** What may be published, in the transaction in which nobody else publishes. */
export interface Sound {
  readonly transaction: Transaction;
  readonly settings: ProgrammeSettings;
  readonly definition: object;
  /** The version that is published (again); null where the publication brings its own definition. */
  readonly stored: VersionRow | null;
  readonly earlier: readonly VersionRow[];
  readonly current: VersionRow | null;
  readonly checksum: string;
  readonly warnings: readonly ConfigurationFault[];
}

const refused = (detail: Bilingual, faults: readonly ConfigurationFault[] = []): Problem =>
  new Problem("invalid-configuration", detail, asFieldFaults(faults));

function checkRequest({ kind, reason, by, programme, name }: Publication): void {
  if (!configurationKinds.includes(kind)) {
    throw refused({
      en: `There is no kind ${kind}: publish rules, workflow, calendar, message or digest.`,
      ar: `لا يوجد نوع ${kind}: انشر rules أو workflow أو calendar أو message أو digest.`,
    });
  }
  if (!can(by, "configuration.publish", { programme })) {
    throw new Problem("forbidden", {
      en: `Only the operation room of ${programme} may publish.`,
      ar: `النشر من صلاحية غرفة العمليات في ${programme} فقط.`,
    });
  }
  if (reason.trim() === "") {
    throw refused({ en: `Say why ${name} is published.`, ar: `اذكر سبب نشر ${name}.` });
  }
}

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
    const fault = faultAt(source, `/rules/${i}/id`, {
      en: `The id ${rule.id} belonged to another rule until version ${before.version}: give this rule a new id.`,
      ar: `كان المعرّف ${rule.id} لقاعدة أخرى حتى النسخة ${before.version}: أعطِ هذه القاعدة معرّفًا جديدًا.`,
    });
    return [{ ...fault, ruleId: rule.id }];
  });
}

/** A workflow under a new name is asked for as such; calendars of new names come in files, for nothing here would use them. */
function demandKnownName({ kind, name }: Publication, earlier: readonly VersionRow[]): void {
  // Letters and digests have names of a closed list, which their own check knows.
  if (kind === "rules" || kind === "message" || kind === "digest" || earlier.length > 0) return;
  throw new Problem("not-found", {
    en: `There is no ${kind} “${name}” here to change.`,
    ar: `لا يوجد هنا ${kind} باسم «${name}» لتعديله.`,
  });
}

/** Somebody else published in the meantime: says what, so that it can be brought together. */
function checkBase(a: Publication, earlier: readonly VersionRow[], setup: Setup | null): void {
  const current = earlier.find((row) => row.status === "published");
  if (a.basedOn === undefined || current === undefined || current.id === a.basedOn) return;
  const base = earlier.find((row) => row.id === a.basedOn);
  const changed =
    base === undefined || setup === null
      ? []
      : definitionDifferences(a.kind, base.definition, current.definition, setup);
  throw new Problem(
    "conflict",
    {
      en: `Version ${current.version} was published while you were working. Nothing of yours is lost: look at what changed, and publish on top of it.`,
      ar: `نُشرت النسخة ${current.version} أثناء عملك. لم يضع شيء مما كتبته: اطّلع على ما تغيّر ثم انشر فوقه.`,
    },
    changed.map(({ what, details }) => ({
      field: "",
      reason: {
        en: [what.en, ...details.map((one) => one.en)].join("; "),
        ar: [what.ar, ...details.map((one) => one.ar)].join("؛ "),
      },
    })),
  );
}

const rulesOf = (row: VersionRow): RuleSetDefinition["rules"] => (row.definition as RuleSetDefinition).rules ?? [];

function definitionOf(
  a: Publication,
  earlier: readonly VersionRow[],
): { definition: object; stored: VersionRow | null } {
  if (a.version === undefined) return { definition: a.definition as object, stored: null };
  const stored = earlier.find((row) => row.version === a.version);
  if (stored === undefined) {
    throw new Problem("not-found", {
      en: `There is no version ${a.version} of ${a.kind} ${a.name} in ${a.programme}.`,
      ar: `لا توجد النسخة ${a.version} من ${a.name} في ${a.programme}.`,
    });
  }
  return { definition: stored.definition, stored };
}

/** The checks of rules and workflows know their programme; what they are called here is only known here. */
function checkName(a: Publication, definition: unknown, source: string): ConfigurationFault[] {
  const name = nameOfDefinition(a.kind, definition);
  if (name === null || name === a.name) return [];
  return [
    faultAt(source, "", {
      en: `It calls itself ${name}, not ${a.name}.`,
      ar: `اسمه في داخله ${name} وليس ${a.name}.`,
    }),
  ];
}

/** What is wrong with a definition by itself. */
interface LookedThrough {
  /** Of the version that is stored, which never changes; null where the publication brings its own. */
  readonly checksum: string | null;
  readonly found: readonly ConfigurationFault[];
  /** The definition, where it is a rule set of sound form. */
  readonly rules: RuleSetDefinition | null;
}

const sourceOf = (a: Publication, stored: VersionRow | null): string =>
  stored === null ? `${a.kind}/${a.name}` : `${a.kind}/${a.name} version ${stored.version}`;

async function lookThrough(
  a: Publication,
  { definition, stored }: { definition: object; stored: VersionRow | null },
  setup: Setup | null,
): Promise<LookedThrough> {
  const source = sourceOf(a, stored);
  const found = [...checkName(a, definition, source), ...definitionFaults(a.kind, definition, setup, source)];
  const checksum = stored?.checksum ?? null;
  if (setup === null || found.some((fault) => fault.severity === "error")) return { checksum, found, rules: null };
  found.push(...checkCoverage({ ...a, definition, source }, setup, a.now));
  if (a.kind !== "rules") return { checksum, found, rules: null };
  const rules = definition as RuleSetDefinition;
  found.push(...(await checkAgreement(rules, factCatalogue(setup), source)));
  return { checksum, found, rules };
}

/** As long as this takes, others publish: nothing is locked yet. Null where there is no such version. */
async function lookBefore(db: Database, a: Publication, setup: Setup | null): Promise<LookedThrough | null> {
  const earlier = a.version === undefined ? [] : await versionsOf(db, a);
  if (a.version !== undefined && !earlier.some((row) => row.version === a.version)) return null;
  return lookThrough(a, definitionOf(a, earlier), setup);
}

/** People say why they publish what the checks warn of. */
function demandWarningsReason(a: Publication, warnings: readonly ConfigurationFault[]): void {
  const known = new Set(a.explained?.warnings);
  const fresh = warnings.filter(({ reason }) => !known.has(reason.en));
  if (a.warned !== undefined || a.by.kind !== "user" || fresh.length === 0 || (a.warningsReason ?? "").trim() !== "")
    return;
  const [first] = fresh;
  if (a.explained != null && first !== undefined) {
    const reason = {
      en: `The checks warn of something that they did not when it was submitted: ${first.reason.en} Say why it is published all the same.`,
      ar: `في الفحص تنبيه لم يكن عند التقديم: ${first.reason.ar} اذكر لماذا يُنشر رغم ذلك.`,
    };
    throw new Problem("invalid-input", reason, [{ field: "/warningsReason", reason }]);
  }
  const reason = {
    en: "The checks warn of something. Say why it is published all the same.",
    ar: "في الفحص تنبيهات. اذكر لماذا يُنشر رغم ذلك.",
  };
  throw new Problem("invalid-input", reason, [{ field: "/warningsReason", reason }]);
}

function demandNoErrors(name: string, found: readonly ConfigurationFault[]): void {
  const errors = found.filter((fault) => fault.severity === "error");
  if (errors.length === 0) return;
  throw refused(
    {
      en: `${name} was not published: ${errors.length} ${errors.length === 1 ? "fault needs" : "faults need"} mending. The version in force stays.`,
      ar: `لم يُنشر ${name}: عدد الأخطاء التي تحتاج إلى تصحيح ${errors.length}. تبقى النسخة السارية كما هي.`,
    },
    errors,
  );
}

/** The transaction in which nobody else publishes in the programme, and the settings that hold in it. */
export interface HeldVersions {
  readonly transaction: Transaction;
  readonly settings: ProgrammeSettings;
}

/**
 * A publication found sound in a transaction that holds the programme's versions.
 * @param setup what it is checked against; null for a calendar that was made from nothing
 * @param before what was found out before the transaction; null: nothing
 */
async function soundIn(
  db: Database,
  a: Publication,
  { transaction, settings }: HeldVersions,
  setup: Setup | null,
  before: LookedThrough | null,
): Promise<Sound> {
  const earlier = await versionsOf(db, a, transaction);
  if (a.basedOn === null && !a.asNew) demandKnownName(a, earlier);
  if (a.asNew) demandNewCode(a.kind, a.name, earlier.length > 0);
  checkBase(a, earlier, setup);
  const { definition, stored } = definitionOf(a, earlier);
  // It was this very definition that was looked through, unless its version came only now.
  const isThis = before !== null && before.checksum === (stored?.checksum ?? null);
  const looked = isThis ? before : await lookThrough(a, { definition, stored }, setup);
  const found = [
    ...looked.found,
    ...(looked.rules === null ? [] : reusedIds(looked.rules, earlier, sourceOf(a, stored))),
  ];
  demandNoErrors(a.name, found);
  const checksum = checksumOf(definition);
  const current = earlier.find((row) => row.status === "published") ?? null;
  if (current?.checksum === checksum) {
    throw refused({
      en: `Nothing changed: version ${current.version} of ${a.name} says the same and is in force.`,
      ar: `لم يتغير شيء: النسخة ${current.version} من ${a.name} تقول الشيء نفسه وهي السارية.`,
    });
  }
  const warnings = found.filter((fault) => fault.severity === "warning");
  demandWarningsReason(a, warnings);
  return { transaction, settings, definition, stored, earlier, current, checksum, warnings };
}

/** As `whenSound`, one of several that are published in the caller's transaction: checked against the set-up as that sees it. */
export async function soundBeside(db: Database, a: Publication, held: HeldVersions): Promise<Sound> {
  checkRequest(a);
  return soundIn(db, a, held, await loadSetup(db, a.programme, held.transaction), null);
}

/**
 * Runs `work` once a publication is found sound, in a transaction in which nobody else publishes in its programme.
 * `admit` runs there first: what else has to be true. Problems: those of `publish`.
 */
export async function whenSound<T>(
  db: Database,
  a: Publication,
  admit: (a: HeldVersions) => Promise<void>,
  work: (sound: Sound) => Promise<T>,
): Promise<T> {
  checkRequest(a);
  const setup = a.kind === "calendar" && a.basedOn == null ? null : await loadSetup(db, a.programme);
  const before = await lookBefore(db, a, setup);
  return inTransaction(db, async (transaction) => {
    const settings = await lockVersions(db, a.programme, transaction);
    if (settings === null) {
      throw new Problem("not-found", {
        en: `There is no programme “${a.programme}”.`,
        ar: `لا يوجد برنامج بالرمز «${a.programme}».`,
      });
    }
    await admit({ transaction, settings });
    return work(await soundIn(db, a, { transaction, settings }, setup, before));
  });
}
