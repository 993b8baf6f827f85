import type { EffectName } from "./effects.js";
/** What an action is for. */

/**
 * The effects by which an action is known: an official who asks takes the case as well, and it is a question all the same. Taking is
 * what an action is for only where it has no other effect.
 */
export function mainEffects(effects: readonly EffectName[]): readonly EffectName[] {
  const others = effects.filter((effect) => effect !== "take");
  return others.length === 0 ? effects : others;
}
