/** What the demo's people say and write: `seeds/<programme>/population.json`. Its form is told in `configuration/population-file.ts`. */

import { readFileSync } from "node:fs";
import { faultsOfText } from "../../engine/text/faults-of-text.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import type { EffectName } from "../../engine/workflow/effects.js";
import { type PopulationMaterial, populationFaults } from "../../features/config-files/population-file.js";

import type { SeededRandom } from "./seeded-random.js";

export type { PopulationMaterial } from "../../features/config-files/population-file.js";
/** A file that somebody attaches: a picture that is drawn, alone or in a PDF, or a text. */
export type FileMaterial = PopulationMaterial["files"]["ofApplicants"][number];

/** What is written with an action of these effects. */
export const reasonsFor = (
  { reasons, remarks }: PopulationMaterial["office"],
  effects: readonly EffectName[],
): readonly Bilingual[] =>
  effects.map((effect) => reasons[effect]).find((texts) => texts !== undefined && texts.length > 0) ?? remarks;

/** One of these, more often of an entity that has most of the work. */
export function drawByEntity<T>(
  random: SeededRandom,
  { busy }: Pick<PopulationMaterial, "busy">,
  from: readonly T[],
  entityOf: (one: T) => string,
): T {
  return random.weighted(from, (one) => (busy.entities.includes(entityOf(one)) ? busy.weight : 1));
}

function valueIn(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = msg("office.material.thisIsNoJSON", { message: (error as Error).message });
    throw new Problem("invalid-configuration", reason, [{ field: `${file}#`, reason }]);
  }
}

/** Problem invalid-configuration with file, place and what to do. Whether what it names is there is checked with the set-up, as it is seeded. */
export function readMaterial(file: string): PopulationMaterial {
  const text = readFileSync(file, "utf8").replace(/^\ufeff/, "");
  const value = valueIn(file, text);
  const { faults: ofText, sound } = faultsOfText(text, value);
  const ofForm = sound ? populationFaults(value, null) : [];
  const faults = [...ofText, ...ofForm.map(({ path, reason }) => ({ field: path, reason }))];
  if (faults.length === 0) return value as PopulationMaterial;
  throw new Problem(
    "invalid-configuration",
    msg("office.material.correctTheMaterial"),
    faults.map(({ field, reason }) => ({ field: `${file}#${field}`, reason })),
  );
}
