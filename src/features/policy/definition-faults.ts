/** One door to the checks of everything that is published: rule sets, workflows, calendars, letters, digests. */

import { createHash } from "node:crypto";
import { canonicalText } from "../../engine/audit/chain.js";
import type { CalendarDefinition } from "../../engine/calendar/calendar-definition.js";
import { daysAsUsual } from "../../engine/calendar/days-as-usual.js";
import { checkCalendar } from "../../engine/calendar/working-calendar.js";
import { yearlyOverlaps } from "../../engine/calendar/yearly-overlaps.js";
import { isRecord } from "../../engine/is-record.js";
import { checkDigest } from "../../engine/letters/check-digest.js";
import { checkMessage } from "../../engine/letters/check-message.js";
import { checkRuleSet } from "../../engine/rules/check-rule-set.js";
import type { ConfigurationFault } from "../../engine/setup/configuration-fault.js";
import type { Setup } from "../../engine/setup/setup.js";
import { msg } from "../../engine/text/msg.js";
import type { FieldFault } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import { checkWorkflow } from "../../engine/workflow/check-workflow.js";
import type { ConfigurationKind } from "../setup/tables/create-models.js";

/** What a definition is called inside itself, a kind. */
const nameKey: Readonly<Record<ConfigurationKind, string>> = {
  rules: "set",
  workflow: "workflow",
  calendar: "code",
  message: "message",
  digest: "digest",
};

export function faultAt(source: string, path: string, reason: Bilingual): ConfigurationFault {
  return { source, ruleId: null, path, reason, severity: "error" };
}

/** The name of a rule set, workflow or calendar as it calls itself; null when it does not. */
export function nameOfDefinition(kind: ConfigurationKind, definition: unknown): string | null {
  const name = isRecord(definition) ? definition[nameKey[kind]] : undefined;
  return typeof name === "string" && name !== "" ? name : null;
}

/**
 * All faults of a definition, warnings among them.
 * @param setup what rules and workflows may refer to; calendars, letters and digests need none
 */
export function definitionFaults(
  kind: ConfigurationKind,
  definition: unknown,
  setup: Setup | null,
  source: string,
): readonly ConfigurationFault[] {
  if (kind === "calendar") {
    const errors = checkCalendar(definition).map(({ field, reason }) => faultAt(source, field, reason));
    const asUsual = errors.length > 0 ? [] : daysAsUsual(definition as CalendarDefinition);
    const warnings = [...yearlyOverlaps(definition), ...asUsual].map(({ field, reason }) =>
      faultAt(source, field, reason),
    );
    return [...errors, ...warnings.map((fault): ConfigurationFault => ({ ...fault, severity: "warning" }))];
  }
  if (kind === "message") return checkMessage(definition, source);
  if (kind === "digest") return checkDigest(definition, source);
  if (setup === null) return [];
  return kind === "rules" ? checkRuleSet(definition, setup, source) : checkWorkflow(definition, setup, source);
}

/** SHA-256 over the canonical text, hexadecimal: two definitions that say the same have the same. */
export function checksumOf(definition: unknown): string {
  return createHash("sha256").update(canonicalText(definition)).digest("hex");
}

/** Faults in the form that a Problem carries: file and place in `field`; a folder has no places. */
export function asFieldFaults(faults: readonly ConfigurationFault[]): FieldFault[] {
  return faults.map(({ source, ruleId, path, reason }) => ({
    field: source.endsWith("/") ? source : `${source}#${path}`,
    reason: ruleId === null ? reason : msg("policy.definitionFaults.rule", { ruleId, reason }),
  }));
}
