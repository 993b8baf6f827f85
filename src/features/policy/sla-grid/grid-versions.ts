/** What the SLA grid in force does not decide and which ids its rules had; and the reader of changed cells. */

import type { Actor } from "../../../engine/access/permissions.js";
import type { Budget } from "../../../engine/calendar/budget.js";
import { isRecord } from "../../../engine/is-record.js";
import type { SlaOutcome } from "../../../engine/rules/outcomes.js";
import { type RuleSetDefinition, ruleSetNames } from "../../../engine/rules/rule-set.js";
import { every, type GridGap, gapsOfGrid } from "../../../engine/rules/sla-grid.js";
import type { CellChange } from "../../../engine/rules/write-sla-grid.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import type { Database } from "../../../platform/db/query.js";
import { requireReader, type VersionParts } from "../versions/listed-version.js";
import { versionsOf } from "../versions/version-store.js";

export interface GridVersions {
  /** Ids of the rules of every version of a set so far: none is used again. Problem not-found. */
  ruleIds(a: { actor: Actor; programme: string; name: string }): Promise<readonly string[]>;
  /** Cells that only the default answers. Problem not-found. */
  gaps(a: { actor: Actor; programme: string }): Promise<readonly GridGap[]>;
}

const maxChanges = 1000;
const maxAmount = 10_000;
const units: readonly string[] = ["workingHours", "workingDays", "calendarHours"] satisfies Budget["unit"][];
const targets = ["acknowledgement", "firstResponse", "resolution"] as const;

function budgetFault(value: unknown): Bilingual | null {
  if (value === null) return null;
  if (!isRecord(value) || typeof value.amount !== "number" || !units.includes(value.unit as string)) {
    return msg("policy-sla-grid.gridVersions.giveANumberAndA");
  }
  const { amount, unit } = value;
  if (!Number.isFinite(amount) || amount < 0 || amount > maxAmount) {
    return msg("policy-sla-grid.gridVersions.fromTo", { maxAmount });
  }
  if (unit === "workingDays" && !Number.isInteger(amount)) {
    return msg("policy-sla-grid.gridVersions.workingDaysAreWholeDays");
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
  return known ? null : msg("policy-sla-grid.gridVersions.cellNotFound");
}

/** Cells as they were sent; throws `invalid-input` with a fault at each place. */
export function readChanges(sent: unknown, setup: Setup): CellChange[] {
  const faults: FieldFault[] = [];
  const report = (field: string, reason: Bilingual | null) => {
    if (reason !== null) faults.push({ field, reason });
    return reason === null;
  };
  const list = Array.isArray(sent) ? sent.slice(0, maxChanges + 1) : [];
  const size: Bilingual = msg("policy-sla-grid.gridVersions.size", { maxChanges });
  report("/changes", list.length === 0 || list.length > maxChanges ? size : null);
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
    throw new Problem("invalid-input", msg("policy-sla-grid.gridVersions.someCellsCannotBeRead"), faults);
  }
  return read;
}

function noGrid(programme: string): Problem {
  return new Problem("not-found", msg("policy-sla-grid.gridVersions.thereAreNoServiceLevel", { programme }));
}

export function createGridVersions({ db, setupOf }: VersionParts): GridVersions {
  async function published(actor: Actor, programme: string) {
    requireReader(actor, programme);
    const setup = await setupOf(programme);
    const set = setup.ruleSets.get("sla");
    if (set === undefined) throw noGrid(programme);
    return { setup, set };
  }

  return {
    async ruleIds({ actor, programme, name }) {
      requireReader(actor, programme);
      const set = ruleSetNames.find((one) => one === name);
      return set === undefined ? [] : [...(await usedIds(db, programme, set))];
    },
    async gaps({ actor, programme }) {
      const { setup, set } = await published(actor, programme);
      return gapsOfGrid(set.definition, setup);
    },
  };
}

export async function usedIds(db: Database, programme: string, name: string): Promise<Set<string>> {
  const versions = await versionsOf(db, { programme, kind: "rules", name });
  return new Set(versions.flatMap((row) => ((row.definition as RuleSetDefinition).rules ?? []).map((rule) => rule.id)));
}
