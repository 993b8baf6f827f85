/** Opens drafts of what the files of a folder say differently, for people to look at, approve and publish. */

import { basename, resolve } from "node:path";
import type { Actor } from "../../engine/access/permissions.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import { type Bilingual, inLanguage, perLanguage } from "../../engine/text/text.js";
import type { Database } from "../../platform/db/query.js";
import type { ChangeSets } from "../policy/change-sets/change-sets.js";
import { asFieldFaults } from "../policy/definition-faults.js";
import type { PolicyDrafts } from "../policy/drafts/policy-drafts.js";
import { diffConfiguration, type ProgrammeDifference } from "./diff-configuration.js";

export interface DraftedProgramme {
  readonly programme: string;
  /** `rules/sla`, `pillars/QUALITY` … */
  readonly drafted: readonly string[];
  /** The one that holds all of it, where the set-up differs too; null where policy alone does, a draft a thing. */
  readonly changeSet: string | null;
  /** What stays as it is, and why: a draft is open already, or there is nothing in force that it could stand on. */
  readonly left: readonly { readonly what: string; readonly why: Bilingual }[];
}

interface Desks {
  readonly drafts: Pick<PolicyDrafts, "begin">;
  readonly changeSets: Pick<ChangeSets, "begin" | "put" | "discard">;
}
interface Importer {
  readonly folder: string;
  readonly actor: Actor;
  readonly now: Date;
}

const maxInTitle = 60;

/** Problems: `invalid-configuration` (faults of the files); of `begin`, but for what is left. */
export async function draftConfiguration(
  db: Database,
  desks: Desks,
  a: Importer & { programmes?: readonly string[] | undefined },
): Promise<DraftedProgramme[]> {
  const { programmes, faults } = await diffConfiguration(db, a.folder, a.programmes);
  const errors = faults.filter(({ severity }) => severity === "error");
  if (errors.length > 0) {
    const detail = msg("config-files.draftConfiguration.nothingWasDrafted");
    throw new Problem("invalid-configuration", detail, asFieldFaults(errors));
  }
  const done: DraftedProgramme[] = [];
  for (const one of programmes) done.push(await draftOne(desks, a, one));
  return done;
}

async function draftOne(
  { drafts, changeSets }: Desks,
  { folder, actor, now }: Importer,
  { programme, definitions, setup }: ProgrammeDifference,
): Promise<DraftedProgramme> {
  const drafted: string[] = [];
  const left: { what: string; why: Bilingual }[] = [];
  const keep = async (what: string, work: () => Promise<unknown>) => {
    try {
      await work();
      drafted.push(what);
    } catch (error) {
      // Who may not write at all is told so; one thing that cannot be drafted keeps no other from it.
      if (!(error instanceof Problem) || error.code === "forbidden") throw error;
      left.push({ what, why: reasonOf(error) });
    }
  };
  const title = `Import: ${basename(resolve(folder))}`.slice(0, maxInTitle);
  // Policy may name what the set-up adds, and all of it is to be in force at one instant.
  const set = setup.edits.length === 0 ? null : await changeSets.begin({ actor, programme, title, now });
  for (const edit of set === null ? [] : setup.edits)
    await keep(`${edit.table}/${edit.code}`, () => changeSets.put({ actor, id: set?.id ?? 0, edit, now }));
  for (const { kind, name, definition, basedOn } of definitions)
    await keep(`${kind}/${name}`, () =>
      drafts.begin({ actor, programme, kind, name, definition, basedOn, changeSet: set?.id ?? null, now }),
    );
  if (set === null) return { programme, drafted, changeSet: null, left };
  if (drafted.length === 0) await changeSets.discard({ actor, ...set, now });
  return { programme, drafted, changeSet: drafted.length === 0 ? null : title, left };
}

/** With what is wrong at each place. */
function reasonOf({ detail, faults }: Problem): Bilingual {
  return perLanguage((language) =>
    [detail, ...faults.map(({ reason }) => reason)].map((one) => inLanguage(one, language)).join(" "),
  );
}
