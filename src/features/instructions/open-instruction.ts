/** The paper of an instruction, for whoever may read the instruction. */

import { mayReadInstruction } from "../../engine/setup/instructions.js";
import type { Setup } from "../../engine/setup/setup.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Database } from "../../platform/db/query.js";
import type { FileFolder } from "../../platform/files/file-folder.js";
import type { Attachments, OpenedAttachment } from "../files/attachments.js";
import { instructionFileId } from "./instruction-store.js";

/** No such programme, no such instruction, a draft, addressed to others, without a file: the same words. */
const noFile = (): Problem => new Problem("not-found", msg("instructions.openInstruction.fileNotFound"));
const notHere = (): Problem => new Problem("unavailable", msg("instructions.openInstruction.theRegisterNamesThisFile"));

/** Problems: not-found; unavailable where the bytes are not here. */
export async function openInstruction(
  { db, setupOf }: { readonly db: Database; readonly setupOf: (programme: string) => Promise<Setup> },
  folder: FileFolder,
  { programme, code, actor }: Parameters<Attachments["openInstruction"]>[0],
): Promise<OpenedAttachment> {
  const known = actor.kind === "user" && actor.seats.some((seat) => seat.programme === programme);
  const setup = known ? await setupOf(programme) : null;
  const found = setup?.instructions.get(code);
  if (setup === null || !found?.file || !mayReadInstruction(actor, found, setup)) throw noFile();
  const id = await instructionFileId(db, { programme, sha256: found.file.sha256 });
  const bytes = id === null ? null : await folder.size(id);
  if (id === null || bytes === null) throw notHere();
  return { attachment: { ...found.file, id }, bytes, stream: (range) => folder.read(id, range) };
}
