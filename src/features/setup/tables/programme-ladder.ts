/** The ladder of escalation as a form has it: a column a step, and its faults and changes at those columns. */

import type { EscalationLevel } from "../../../engine/access/permissions.js";
import { onLadder, type RoleCode, roleCodes, roleNames } from "../../../engine/access/roles.js";
import { msg } from "../../../engine/text/msg.js";
import type { FieldFault } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import type { SetupChange } from "../setup-history.js";

export type Values = Readonly<Record<string, unknown>>;

const roleChoice = (role: RoleCode) => ({ value: role, label: roleNames[role] });
export const ladderChoices = roleCodes.filter(onLadder).map(roleChoice);

/** As many as there are roles that may be on it: each is on it once. */
export const steps: readonly { readonly column: string; readonly label: Bilingual }[] = ladderChoices.map((_, i) => ({
  column: `ladder${i + 1}`,
  label: msg("setup.programmeLadder.level", { n: i + 1 }),
}));
export const ladderHelp: Bilingual = msg("setup.programmeLadder.ladderHelp");

/** The ladder a column a step, as the form has it. */
export function spread({ ladder, ...values }: Values): Values {
  const roles = (ladder ?? []) as readonly EscalationLevel[];
  const own = steps.map(({ column }, i) => [column, roles.find(({ level }) => level === i + 1)?.role ?? null] as const);
  return { ...values, ...Object.fromEntries(own) };
}

/**
 * And back. A step that is left out between two others stays a gap, which the editor then refuses.
 * @param before the steps as they were: one that is not said stays
 */
export function gathered(values: Values, before: Values = values): Values {
  const others = Object.fromEntries(Object.entries(values).filter(([name]) => !/^ladder\d+$/.test(name)));
  if (!steps.some(({ column }) => column in values)) return others;
  const roleAt = (column: string) => (column in values ? values : before)[column];
  const ladder = steps.flatMap(({ column }, i) => (roleAt(column) ? [{ level: i + 1, role: roleAt(column) }] : []));
  return { ...others, ladder };
}

/** Faults of the ladder stand at its steps: `/ladder/1/role` at the column of the second that is filled. */
export function atSteps({ field, reason }: FieldFault, values: Values): FieldFault {
  if (field === "/ladder") return { field: "/ladder1", reason };
  const place = /^\/ladder\/(\d+)/.exec(field)?.[1];
  if (place === undefined) return { field, reason };
  const filled = steps.filter(({ column }) => values[column]);
  return { field: `/${filled[Number(place)]?.column ?? "ladder1"}`, reason };
}

/** A change of the ladder as changes of its steps. */
export function byStep(change: SetupChange): readonly SetupChange[] {
  if (change.field !== "ladder") return [change];
  const [from, to] = [spread({ ladder: change.from }), spread({ ladder: change.to })];
  return steps
    .map(({ column }) => ({ field: column, from: from[column], to: to[column] }))
    .filter((step) => step.from !== step.to);
}
