/** Which acts may be done to many cases at once, and how what stands against it is told. */
import type { Bilingual } from "../text/text.js";
import { effectOf } from "../workflow/effects.js";
import { effectsWithin, type WorkflowAction } from "../workflow/workflow-definition.js";

/** True when everything that it could do may be done in bulk. A plain move does nothing by name: it is not among them. */
export function isInBulk(action: Pick<WorkflowAction, "effects" | "to">): boolean {
  return action.effects.length > 0 && effectsWithin(action).every((effect) => effectOf[effect].inBulk);
}

export interface RefusalGroup {
  readonly reason: Bilingual;
  readonly count: number;
  /** The first of them. */
  readonly references: readonly string[];
}

const maxNamed = 50;

/** The most frequent reason first; each names its cases. */
export function groupRefusals(refused: readonly { reference: string; reason: Bilingual }[]): RefusalGroup[] {
  const groups = new Map<string, { reason: Bilingual; references: string[] }>();
  for (const { reference, reason } of refused) {
    const group = groups.get(reason.en) ?? { reason, references: [] };
    group.references.push(reference);
    groups.set(reason.en, group);
  }
  return [...groups.values()]
    .map(({ reason, references }) => ({ reason, count: references.length, references: references.slice(0, maxNamed) }))
    .sort((a, b) => b.count - a.count);
}
