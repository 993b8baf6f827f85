/** The shape of `seeds/<programme>/population.json`, the material of the demo's people, and whether what it names is there. */

import { z } from "zod";
import { msg } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";
import { listed } from "../../engine/text/text.js";
import { effectNames } from "../../engine/workflow/effects.js";
import { checkReference, type Report } from "../setup/setup-fault.js";
import { pointerOf, reasonOfIssue, type SetupFiles } from "../setup/tables/setup-files.js";

/** Pictures that the demo can draw. */
export const scenes = ["road", "water", "lamp", "paper"] as const;
export type Scene = (typeof scenes)[number];

const sentence = z.string().regex(/\S/);
const bilingual = z.strictObject({ ar: sentence, en: sentence });
/** One of them is drawn. */
const some = z.array(bilingual).min(1);
const percent = z.number().min(0).max(100);
/** Drawing goes on from it in whole numbers. */
const seed = z.int().min(0).max(4_000_000_000);

const topic = z.strictObject({ sector: z.string(), pillar: z.string().nullable(), subject: bilingual });
const material = z.strictObject({
  weight: z.number().min(0),
  subjects: z.array(topic).min(1),
  bodies: some.optional(),
  bodiesByPillar: z.record(z.string(), some).optional(),
});
const file = z.strictObject({
  form: z.enum(["photo", "scan", "pdf", "text", "table"]),
  /** Without its ending. */
  name: bilingual,
  scene: z.enum(scenes).optional(),
  text: bilingual.optional(),
  /** Attached to cases of these only; left out: of all. */
  sectors: z.array(z.string()).optional(),
});

export const populationSchema = z.strictObject({
  seed,
  arabicPercent: percent,
  /** Entities that have most of the work, so that their figures say something: each is drawn as often as so many others. */
  busy: z.strictObject({ entities: z.array(z.string()), weight: z.number().min(1) }),
  /** So much of all comes in the last days, and who places it takes longer then: in working hours at the median. */
  newest: z.strictObject({ days: z.number().min(0).max(30), percent, hoursToPlace: z.number().min(0) }),
  types: z.record(z.string(), material),
  names: some,
  office: z.strictObject({
    questions: some,
    replies: some,
    answers: some,
    /** Why something is done, by the effect of the action: nobody sends an answer back because “I no longer need this”. */
    reasons: z.partialRecord(z.enum(effectNames), z.array(bilingual)),
    /** Where an action has no reasons of its own. */
    remarks: some,
    /** To a colleague, in a note. */
    notes: some,
    /** To an office that lets a case lie. */
    reminders: some,
    secondMatters: z.array(z.strictObject({ subject: bilingual, description: bilingual })).min(1),
  }),
  files: z.strictObject({
    percentOfApplications: percent,
    /** Share of the applicants' acts that can carry files. */
    percentOfReplies: percent,
    /** Share of officials' acts that can carry files. */
    percentOfActs: percent,
    ofApplicants: z.array(file),
    ofOffices: z.array(file),
  }),
});

export type PopulationMaterial = z.output<typeof populationSchema>;
type TypeMaterial = PopulationMaterial["types"][string];

export interface PopulationFault {
  /** JSON pointer. */
  readonly path: string;
  readonly reason: Bilingual;
}

/** In `bodiesByPillar`: what is written with subjects of no pillar. */
const noPillar = "";

/** What people write with a subject must be there for each, in general or for its pillar. */
function unwritten({ subjects, bodies, bodiesByPillar }: TypeMaterial): number {
  if (bodies !== undefined) return -1;
  return subjects.findIndex(({ pillar }) => bodiesByPillar?.[pillar ?? noPillar] === undefined);
}

/** @param files the set-up that it goes with; null: only its form is looked at */
export function populationFaults(value: unknown, files: SetupFiles | null): PopulationFault[] {
  const read = populationSchema.safeParse(value);
  if (!read.success)
    return read.error.issues.map((issue) => ({ path: pointerOf(issue.path), reason: reasonOfIssue(issue) }));
  const faults: PopulationFault[] = [];
  const report: Report = (_part, path, reason) => {
    faults.push({ path: pointerOf(path), reason });
  };
  const { types, busy, files: attached } = read.data;
  const drawn = Object.values(types).some(({ weight }) => weight > 0);
  if (!drawn) report("applicationTypes", ["types"], msg("config-files.populationFile.giveOneOfTheTypes"));
  for (const [type, words] of Object.entries(types)) {
    const at = ["types", type];
    const missing = unwritten(words);
    if (missing >= 0)
      report(
        "applicationTypes",
        [...at, "subjects", missing],
        msg("config-files.populationFile.nothingIsThereToWrite"),
      );
    if (files === null) continue;
    checkReference(
      "applicationTypes",
      at,
      type,
      files.applicationTypes,
      msg("config-files.populationFile.applicationType"),
      report,
    );
    const sector = (path: readonly (string | number)[], code: string) =>
      checkReference("sectors", path, code, files.sectors, msg("config-files.populationFile.sector"), report);
    const pillar = (path: readonly (string | number)[], code: string) =>
      checkReference("pillars", path, code, files.pillars, msg("config-files.populationFile.pillar"), report);
    words.subjects.forEach((one, i) => {
      sector([...at, "subjects", i, "sector"], one.sector);
      if (one.pillar !== null) pillar([...at, "subjects", i, "pillar"], one.pillar);
    });
    for (const code of Object.keys(words.bodiesByPillar ?? {}))
      if (code !== noPillar) pillar([...at, "bodiesByPillar", code], code);
  }
  if (files !== null)
    busy.entities.forEach((code, i) => {
      const at = ["busy", "entities", i];
      checkReference("entities", at, code, files.entities, msg("config-files.populationFile.entity"), report);
    });
  for (const list of ["ofApplicants", "ofOffices"] as const) {
    attached[list].forEach(({ form, scene, text, sectors }, i) => {
      const at = ["files", list, i];
      const written = form === "text" || form === "table";
      if (written ? text === undefined : scene === undefined)
        report(
          "applicationTypes",
          [...at, written ? "text" : "scene"],
          written
            ? msg("config-files.populationFile.needsText")
            : msg("config-files.populationFile.needsScene", { scenes: listed(scenes) }),
        );
      if (files === null) return;
      sectors?.forEach((code, k) => {
        checkReference(
          "sectors",
          [...at, "sectors", k],
          code,
          files.sectors,
          msg("config-files.populationFile.sector"),
          report,
        );
      });
    });
  }
  return faults;
}
