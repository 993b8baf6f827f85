/** The SLA grid as its editors know it: the cells of the version in force, and changes of cells published as a new version. */
import type { Database } from "../db/query.js";
import { versionOfId } from "../db/version-queries.js";
import { definitionDifferences } from "../domain/differences/definition-differences.js";
import type { Difference } from "../domain/differences/difference.js";
import { asked } from "../domain/explain/explain-decision.js";
import { wordsOf } from "../domain/explain/words.js";
import { type Actor, can } from "../domain/permissions.js";
import { type FieldFault, Problem } from "../domain/problems.js";
import { checkRuleSet } from "../domain/rules/check-rule-set.js";
import { factsOf } from "../domain/rules/compile-condition.js";
import type { SlaOutcome } from "../domain/rules/outcomes.js";
import { type RuleDefinition, type RuleSetDefinition, ruleSetNames } from "../domain/rules/rule-set.js";
import { every, type GridGap, gapsOfGrid, readGrid, type TypeGrid } from "../domain/rules/sla-grid.js";
import { type CellChange, writeGrid } from "../domain/rules/write-sla-grid.js";
import type { Setup } from "../domain/setup.js";
import type { Budget } from "../domain/sla/budget.js";
import type { Bilingual } from "../domain/text.js";
import {
  demandPublisher,
  demandReader,
  inDefinition,
  type ListedVersion,
  listedVersion,
  type VersionParts,
} from "./listed-version.js";
import type { Proposed } from "./policy-drafts.js";
import { versionsOf } from "./version-store.js";

/** A rule that asks for more than type, pillar and importance. */
export interface OverrideRule {
  readonly id: string;
  readonly title: Bilingual;
  readonly priority: number;
  readonly when: Bilingual;
  readonly outcome: SlaOutcome;
}

export interface SlaGridOfProgramme {
  readonly programme: string;
  readonly version: ListedVersion;
  readonly types: readonly TypeGrid[];
  readonly overrides: readonly OverrideRule[];
  /** What a gap gets. */
  readonly default: SlaOutcome;
  readonly mayPublish: boolean;
}

export interface CheckedGrid {
  readonly differences: readonly Difference[];
  /** `field` names a change: `/changes/0/resolution`; else a place in the rule set. */
  readonly faults: readonly (FieldFault & { readonly severity: "error" | "warning" })[];
}

interface GridChange {
  readonly actor: Actor;
  readonly programme: string;
  /** Id of the version that the cells were read from. */
  readonly basedOn: number;
  /** As it was sent: a list of `CellChange`, checked here. */
  readonly changes: unknown;
}

export interface GridVersions {
  /** Ids of the rules of every version of a set so far: none is used again. Problem not-found. */
  ruleIds(a: { actor: Actor; programme: string; name: string }): Promise<readonly string[]>;
  /** @param split types to be shown cell by cell although nothing makes a difference. Problem not-found. */
  grid(a: { actor: Actor; programme: string; split?: readonly string[] }): Promise<SlaGridOfProgramme>;
  /** Cells that only the default answers. Problem not-found. */
  gaps(a: { actor: Actor; programme: string }): Promise<readonly GridGap[]>;
  /** What publishing these cells would change and say. Problems: not-found, invalid-input. */
  checkGrid(a: GridChange): Promise<CheckedGrid>;
  /** At once, or as a draft that waits for a second person. Problems: as `checkGrid`, forbidden, invalid-configuration, conflict. */
  publishGrid(
    a: GridChange & {
      readonly reason: string;
      readonly warningsReason?: string | null | undefined;
      readonly now: Date;
    },
  ): Promise<Proposed>;
}

const mostChanges = 1000;
const mostAmount = 10_000;
const units: readonly string[] = ["workingHours", "workingDays", "calendarHours"] satisfies Budget["unit"][];
const targets = ["acknowledgement", "firstResponse", "resolution"] as const;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function budgetFault(value: unknown): Bilingual | null {
  if (value === null) return null;
  if (!isRecord(value) || typeof value.amount !== "number" || !units.includes(value.unit as string)) {
    return { en: "Give a number and a unit.", ar: "أدخل عددًا ووحدة." };
  }
  const { amount, unit } = value;
  if (!Number.isFinite(amount) || amount < 0 || amount > mostAmount) {
    return { en: `From 0 to ${mostAmount}.`, ar: `من 0 إلى ${mostAmount}.` };
  }
  if (unit === "workingDays" && !Number.isInteger(amount)) {
    return {
      en: "Working days are whole days; use working hours for less.",
      ar: "أيام العمل أيام كاملة؛ استعمل ساعات الدوام لما هو أقل.",
    };
  }
  return null;
}

function keyFault(change: Record<string, unknown>, setup: Setup): Bilingual | null {
  const among = (records: ReadonlyMap<string, unknown>, code: unknown) =>
    code === null || code === every || (typeof code === "string" && records.has(code));
  const known =
    typeof change.type === "string" &&
    setup.types.has(change.type) &&
    among(setup.pillars, change.pillar) &&
    among(setup.importanceLevels, change.importance);
  return known ? null : { en: "There is no such cell in the grid.", ar: "لا توجد هذه الخانة في الجدول." };
}

/** Cells as they were sent; throws `invalid-input` with a fault at each place. */
export function readChanges(sent: unknown, setup: Setup): CellChange[] {
  const faults: FieldFault[] = [];
  const report = (field: string, reason: Bilingual | null) => {
    if (reason !== null) faults.push({ field, reason });
    return reason === null;
  };
  const list = Array.isArray(sent) ? sent.slice(0, mostChanges + 1) : [];
  const size: Bilingual = {
    en: `Change between 1 and ${mostChanges} cells.`,
    ar: `غيّر من خانة واحدة إلى ${mostChanges} خانة.`,
  };
  report("/changes", list.length === 0 || list.length > mostChanges ? size : null);
  const read = list.flatMap((change: unknown, i): CellChange[] => {
    const at = `/changes/${i}`;
    const one = isRecord(change) ? change : {};
    if (!report(at, keyFault(one, setup))) return [];
    const { outcome } = one;
    const key = { type: one.type as string, pillar: one.pillar as string, importance: one.importance as string };
    if (outcome === null) return [{ ...key, outcome }];
    const given = isRecord(outcome) ? outcome : {};
    const fine = targets.map((target) => report(`${at}/${target}`, budgetFault(given[target])));
    if (fine.includes(false)) return [];
    const { acknowledgement, firstResponse, resolution } = given as unknown as SlaOutcome;
    return [{ ...key, outcome: { acknowledgement, firstResponse, resolution } }];
  });
  if (faults.length > 0) {
    throw new Problem(
      "invalid-input",
      { en: "Some cells cannot be read; see each.", ar: "تعذّرت قراءة بعض الخانات؛ راجع كلًا منها." },
      faults,
    );
  }
  return read;
}

function overridesOf(definition: RuleSetDefinition, setup: Setup): OverrideRule[] {
  const [en, ar] = [wordsOf(setup, "en"), wordsOf(setup, "ar")];
  const grid: ReadonlySet<string> = new Set(["programme", "type", "pillar", "importance"]);
  return definition.rules
    .filter((rule) => [...factsOf(rule.conditions)].some((fact) => !grid.has(fact)))
    .sort((a, b) => b.priority - a.priority)
    .map(({ id, title, priority, conditions, event }: RuleDefinition) => ({
      id,
      title,
      priority,
      when: { en: asked(conditions, en), ar: asked(conditions, ar) },
      outcome: event.params as unknown as SlaOutcome,
    }));
}

function noGrid(programme: string): Problem {
  return new Problem("not-found", {
    en: `There are no service level rules of “${programme}” here.`,
    ar: `لا توجد هنا قواعد لمستويات الخدمة في «${programme}».`,
  });
}

export function createGridVersions({ db, setupOf, propose }: VersionParts): GridVersions {
  async function published(actor: Actor, programme: string) {
    demandReader(actor, programme);
    const setup = await setupOf(programme);
    const set = setup.ruleSets.get("sla");
    if (set === undefined) throw noGrid(programme);
    return { setup, set };
  }

  /** The rules as these cells want them, on top of the version that the cells were read from. */
  async function written(a: GridChange) {
    demandPublisher(a.actor, a.programme);
    const { setup, set } = await published(a.actor, a.programme);
    const changes = readChanges(a.changes, setup);
    const ids = await usedIds(db, a.programme, "sla");
    // Written onto what is in force; the publication refuses when that is not what the cells were read from.
    const { definition, ruleIds } = writeGrid(set.definition, changes, setup, ids);
    return { setup, set, definition, ruleIds };
  }

  return {
    async grid({ actor, programme, split = [] }) {
      const { setup, set } = await published(actor, programme);
      const head = await versionOfId(db, set.versionId);
      if (head === null) throw noGrid(programme);
      return {
        programme,
        version: listedVersion(head),
        types: readGrid(set.definition, setup, new Set(split)),
        overrides: overridesOf(set.definition, setup),
        default: set.definition.default as unknown as SlaOutcome,
        mayPublish: can(actor, "configuration.publish", { programme }),
      };
    },
    async ruleIds({ actor, programme, name }) {
      demandReader(actor, programme);
      const set = ruleSetNames.find((one) => one === name);
      return set === undefined ? [] : [...(await usedIds(db, programme, set))];
    },
    async gaps({ actor, programme }) {
      const { setup, set } = await published(actor, programme);
      return gapsOfGrid(set.definition, setup);
    },
    async checkGrid(a) {
      const { setup, set, definition, ruleIds } = await written(a);
      const faults = checkRuleSet(definition, setup, "sla").map(({ path, reason, severity, ruleId }) => ({
        field: placeOf(path, ruleId, ruleIds),
        reason,
        severity,
      }));
      return { differences: definitionDifferences("rules", set.definition, definition, setup), faults };
    },
    async publishGrid(a) {
      const { definition, ruleIds } = await written(a);
      const { changes: _, ...asked } = a;
      try {
        return await propose({ ...asked, kind: "rules", name: "sla", definition });
      } catch (error) {
        const problem = inDefinition(error);
        if (!(problem instanceof Problem)) throw problem;
        const at = (field: string) => {
          const rule = /^\/rules\/(\d+)/.exec(field)?.[1];
          return placeOf(field, rule === undefined ? null : (definition.rules[Number(rule)]?.id ?? null), ruleIds);
        };
        const faults = problem.faults.map(({ field, reason: why }) => ({ field: at(field), reason: why }));
        throw new Problem(problem.code, problem.detail, faults, problem.retryAfter);
      }
    },
  };
}

/** The change that wrote the rule at fault, else the place in the rules. */
function placeOf(path: string, ruleId: string | null, ruleIds: readonly (string | null)[]): string {
  const change = ruleId === null ? -1 : ruleIds.indexOf(ruleId);
  return change === -1 ? path : `/changes/${change}`;
}

export async function usedIds(db: Database, programme: string, name: string): Promise<Set<string>> {
  const versions = await versionsOf(db, { programme, kind: "rules", name });
  return new Set(versions.flatMap((row) => ((row.definition as RuleSetDefinition).rules ?? []).map((rule) => rule.id)));
}
