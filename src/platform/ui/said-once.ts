import type { Bilingual } from "../../engine/text/text.js";
import type { ProblemBody } from "./api.js";

/** What the faults of a problem say beyond its own sentence, each thing once. */
export function saidOnce({ detail, faults }: Pick<ProblemBody, "detail" | "faults">): Bilingual[] {
  const said = new Map([[detail.en, detail], ...faults.map(({ reason }) => [reason.en, reason] as const)]);
  return [...said.values()].slice(1);
}
