/** Opens drafts of what the files of a folder say differently, for people to look at, approve and publish. */
import type { Database } from "../db/query.js";
import type { Actor } from "../domain/permissions.js";
import { Problem } from "../domain/problems.js";
import type { Bilingual } from "../domain/text.js";
import { asFieldFaults } from "./definition-faults.js";
import { diffConfiguration, type ProgrammeDifference } from "./diff-configuration.js";
import type { PolicyDrafts } from "./policy-drafts.js";

export interface DraftedProgramme {
  readonly programme: string;
  /** `rules/sla` … */
  readonly drafted: readonly string[];
  /** What stays as it is, and why: a draft is open already, or there is nothing in force that it could stand on. */
  readonly left: readonly { readonly what: string; readonly why: Bilingual }[];
}

/** Set-up rows are edited where they stand, or imported with what is published. */
const setupStays: Bilingual = {
  en: "the set-up is not drafted: edit it in the back office, or publish the import",
  ar: "الإعداد لا يُحفظ مسودة: عدّله في المكتب الخلفي أو انشر الاستيراد",
};

/** Problems: `invalid-configuration` (faults of the files); of `begin`, but for what is left. */
export async function draftConfiguration(
  db: Database,
  drafts: Pick<PolicyDrafts, "begin">,
  a: { folder: string; programmes?: readonly string[] | undefined; actor: Actor; now: Date },
): Promise<DraftedProgramme[]> {
  const { programmes, faults } = await diffConfiguration(db, a.folder, a.programmes);
  const errors = faults.filter(({ severity }) => severity === "error");
  if (errors.length > 0) {
    const detail = { en: "Nothing was drafted: mend the files first.", ar: "لم تُفتح أي مسودة: صحّح الملفات أولًا." };
    throw new Problem("invalid-configuration", detail, asFieldFaults(errors));
  }
  const done: DraftedProgramme[] = [];
  for (const one of programmes) done.push(await draftOne(drafts, a, one));
  return done;
}

async function draftOne(
  drafts: Pick<PolicyDrafts, "begin">,
  { actor, now }: { actor: Actor; now: Date },
  { programme, definitions, setup }: ProgrammeDifference,
): Promise<DraftedProgramme> {
  const drafted: string[] = [];
  const left: { what: string; why: Bilingual }[] = [];
  for (const { kind, name, definition, basedOn } of definitions) {
    const what = `${kind}/${name}`;
    try {
      await drafts.begin({ actor, programme, kind, name, definition, basedOn, now });
      drafted.push(what);
    } catch (error) {
      // Who may not write at all is told so; one thing that cannot be drafted keeps no other from it.
      if (!(error instanceof Problem) || error.code === "forbidden") throw error;
      left.push({ what, why: error.detail });
    }
  }
  if (setup.edits.length > 0) left.push({ what: "seeds", why: setupStays });
  return { programme, drafted, left };
}
