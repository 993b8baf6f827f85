/** What the demo's people say and write: `seeds/<programme>/population.json`. */
import { readFileSync } from "node:fs";
import type { Bilingual } from "../domain/text.js";
import type { EffectName } from "../domain/workflow/workflow-definition.js";
import type { Scene } from "./drawn-pictures.js";

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

/** A file that somebody attaches: a picture that is drawn, alone or in a PDF, or a text. */
export interface FileMaterial {
  readonly form: "photo" | "scan" | "pdf" | "text" | "table";
  /** Without its ending. */
  readonly name: Bilingual;
  readonly scene?: Scene;
  readonly text?: Bilingual;
  /** Attached to cases of these only; left out: of all. */
  readonly sectors?: readonly string[];
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
    /** Why something is done, by the effect of the action: nobody sends an answer back because “I no longer need this”. */
    readonly reasons: Readonly<Partial<Record<EffectName, readonly Bilingual[]>>>;
    /** Where an action has no reasons of its own. */
    readonly remarks: readonly Bilingual[];
    /** To a colleague, in a note. */
    readonly notes: readonly Bilingual[];
    /** To an office that lets a case lie. */
    readonly reminders: readonly Bilingual[];
    readonly secondMatters: readonly { readonly subject: Bilingual; readonly description: Bilingual }[];
  };
  readonly files: {
    readonly percentOfApplications: number;
    /** Of the applicants' acts that can carry files. */
    readonly percentOfReplies: number;
    /** Of those of officials. */
    readonly percentOfActs: number;
    readonly ofApplicants: readonly FileMaterial[];
    readonly ofOffices: readonly FileMaterial[];
  };
}

/** What is written with an action of these effects. */
export const reasonsFor = (
  { reasons, remarks }: PopulationMaterial["office"],
  effects: readonly EffectName[],
): readonly Bilingual[] =>
  effects.map((effect) => reasons[effect]).find((texts) => texts !== undefined && texts.length > 0) ?? remarks;

export function readMaterial(file: string): PopulationMaterial {
  return JSON.parse(readFileSync(file, "utf8")) as PopulationMaterial;
}
