/** What the demo's people say and write: `seeds/<programme>/population.json`. */
import { readFileSync } from "node:fs";
import type { Bilingual } from "../domain/text.js";

export interface Topic {
  readonly sector: string;
  readonly pillar: string | null;
  readonly subject: Bilingual;
}

export interface TypeMaterial {
  readonly weight: number;
  readonly subjects: readonly Topic[];
  readonly bodies?: readonly Bilingual[];
  readonly bodiesByPillar?: Readonly<Record<string, readonly Bilingual[]>>;
}

export interface PopulationMaterial {
  readonly seed: number;
  readonly arabicPercent: number;
  readonly types: Readonly<Record<string, TypeMaterial>>;
  readonly names: readonly Bilingual[];
  readonly office: {
    readonly questions: readonly Bilingual[];
    readonly replies: readonly Bilingual[];
    readonly answers: readonly Bilingual[];
    readonly reasons: readonly Bilingual[];
    /** To a colleague, in a note. */
    readonly notes: readonly Bilingual[];
    /** To an office that lets a case lie. */
    readonly reminders: readonly Bilingual[];
    readonly secondMatters: readonly { readonly subject: Bilingual; readonly description: Bilingual }[];
  };
}

export function readMaterial(file: string): PopulationMaterial {
  return JSON.parse(readFileSync(file, "utf8")) as PopulationMaterial;
}
