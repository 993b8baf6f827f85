/**
 * Publishes a version of a rule set, a workflow or a calendar. It decides the very next application in every running
 * instance (the revision moves); what was decided before keeps the version that decided it.
 */
import type { Transaction } from "sequelize";
import { appendAudit } from "../db/audit-store.js";
import { type ConfigurationKind, configurationKinds } from "../db/models/define-configuration-version.js";
import type { Database } from "../db/query.js";
import { inTransaction } from "../db/transaction.js";
import { canonicalText } from "../domain/audit/chain.js";
import type { ConfigurationFault } from "../domain/configuration-fault.js";
import { definitionDifferences } from "../domain/differences/definition-differences.js";
import { type Actor, can } from "../domain/permissions.js";
import { Problem } from "../domain/problems.js";
import { checkAgreement } from "../domain/rules/check-agreement.js";
import { factCatalogue } from "../domain/rules/fact-catalogue.js";
import type { RuleSetDefinition } from "../domain/rules/rule-set.js";
import type { Setup } from "../domain/setup.js";
import type { Bilingual } from "../domain/text.js";
import { loadSetup } from "./active-setup.js";
import { demandNewCode } from "./copy-workflow.js";
import { asFieldFaults, checksumOf, definitionFaults, faultAt, nameOfDefinition } from "./definition-faults.js";
import {
  addVersion,
  lockVersions,
  publisherOf,
  retirePublished,
  type VersionKey,
  type VersionRow,
  versionsOf,
} from "./version-store.js";

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
  /** True: of a name that nothing has yet (a workflow's alone); refused where it is taken. */
  readonly asNew?: boolean;
  readonly by: Actor;
  readonly now: Date;
}

export interface PublishedResult {
  readonly versionId: number;
  readonly version: number;
  readonly checksum: string;
  /** What was published although it is odd: gaps, rules that never match. */
  readonly warnings: readonly ConfigurationFault[];
}

const refused = (detail: Bilingual, faults: readonly ConfigurationFault[] = []): Problem =>
  new Problem("invalid-configuration", detail, asFieldFaults(faults));

function checkRequest({ kind, reason, by, programme, name }: Publication): void {
  if (!configurationKinds.includes(kind)) {
    throw refused({
      en: `There is no kind ${kind}: publish rules, workflow or calendar.`,
      ar: `لا يوجد نوع ${kind}: انشر rules أو workflow أو calendar.`,
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
  if (kind === "rules" || earlier.length > 0) return;
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
  if (a.kind !== "rules" || setup === null || found.some((fault) => fault.severity === "error"))
    return { checksum, found, rules: null };
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

/**
 * Publishes a definition, a draft, or an earlier version again (as a new version that says the same).
 *
 * Problems: `forbidden` (not of the operation room), `invalid-configuration` (with a fault a place; also when nothing
 * changed or no reason was given), `not-found` (no such programme or version), `conflict` (another version than the one
 * it is based on is in force by now), `invalid-input` (the name of something new is taken, or no code).
 */
export async function publish(db: Database, a: Publication): Promise<PublishedResult> {
  checkRequest(a);
  const setup = a.kind === "calendar" && a.basedOn == null ? null : await loadSetup(db, a.programme);
  const before = await lookBefore(db, a, setup);
  return inTransaction(db, async (transaction) => {
    if (!(await lockVersions(db, a.programme, transaction))) {
      throw new Problem("not-found", {
        en: `There is no programme “${a.programme}”.`,
        ar: `لا يوجد برنامج بالرمز «${a.programme}».`,
      });
    }
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
    const errors = found.filter((fault) => fault.severity === "error");
    if (errors.length > 0) {
      throw refused(
        {
          en: `${a.name} was not published: ${errors.length} ${errors.length === 1 ? "fault needs" : "faults need"} mending. The version in force stays.`,
          ar: `لم يُنشر ${a.name}: عدد الأخطاء التي تحتاج إلى تصحيح ${errors.length}. تبقى النسخة السارية كما هي.`,
        },
        errors,
      );
    }
    const checksum = checksumOf(definition);
    const current = earlier.find((row) => row.status === "published");
    if (current?.checksum === checksum) {
      throw refused({
        en: `Nothing changed: version ${current.version} of ${a.name} says the same and is in force.`,
        ar: `لم يتغير شيء: النسخة ${current.version} من ${a.name} تقول الشيء نفسه وهي السارية.`,
      });
    }
    const row = await store(db, a, { definition, stored, earlier }, transaction);
    await recordPublication(db, a, row, current ?? null, transaction);
    return {
      versionId: row.id,
      version: row.version,
      checksum,
      warnings: found.filter((fault) => fault.severity === "warning"),
    };
  });
}

async function store(
  db: Database,
  a: Publication,
  { definition, stored, earlier }: { definition: object; stored: VersionRow | null; earlier: readonly VersionRow[] },
  transaction: Transaction,
): Promise<VersionRow> {
  const reason = a.reason.trim();
  const newest = earlier.at(-1);
  // A draft that is the newest becomes the version itself; anything older comes again under a number of its own, so that
  // a higher number was always published later.
  if (stored !== null && stored.status === "draft" && stored === newest) {
    await retirePublished(earlier, a.now, transaction);
    return stored.update(
      { status: "published", reason, publishedAt: a.now, publishedBy: publisherOf(a.by) },
      { transaction },
    );
  }
  if (stored?.status === "draft") await stored.update({ status: "retired", retiredAt: a.now }, { transaction });
  return addVersion(db, a, { earlier, status: "published", definition, reason, by: a.by, now: a.now }, transaction);
}

async function recordPublication(
  db: Database,
  a: Publication,
  row: VersionRow,
  before: VersionRow | null,
  transaction: Transaction,
): Promise<void> {
  await appendAudit(transaction, db, {
    stream: "configuration",
    type: "configuration.published",
    actor: a.by,
    data: {
      programme: a.programme,
      kind: a.kind as ConfigurationKind,
      name: a.name,
      version: row.version,
      versionId: row.id,
      checksum: row.checksum,
      replaces: before?.version ?? null,
      again: a.version ?? null,
      reason: a.reason.trim(),
    },
    at: a.now,
  });
}
