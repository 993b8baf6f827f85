/** The staged files that an application or an act names, on the way into a case. */

import { type Attachment, attachmentIdForm } from "../../../engine/files/attachment.js";
import { attachmentLimits } from "../../../engine/files/attachment-types.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import type { Database } from "../../../platform/db/query.js";
import { stagedOf } from "../../files/attachment-store.js";

type Transaction = Parameters<typeof stagedOf>[2];

function refused(reason: Bilingual, field = "/attachments"): Problem {
  return new Problem("invalid-input", reason, [{ field, reason }]);
}

/** For an action whose workflow lets it carry none. */
export const carriesNoFiles = (): Problem => refused(msg("cases-act.filesToTake.filesCannotBeAttachedTo"));

const tooMany = (most: number): Problem =>
  refused(
    most === 0
      ? msg("cases-act.filesToTake.thisProgrammeTakesNoFiles")
      : msg("cases-act.filesToTake.atMostFilesCanBe", { most }),
  );

/** Whose, unknown, taken already: nobody learns which. */
const notThere = (place: number): Problem =>
  refused(msg("cases-act.filesToTake.thisFileIsNoLonger"), `/attachments/${place}`);

/**
 * The files of these ids, all of them staged by `owner` for this programme and still to be had; inside a transaction they
 * are locked, so that nobody else takes them. Problem invalid-input at `/attachments` or at one of them.
 */
export async function filesToTake(
  db: Database,
  a: { ids: readonly string[]; owner: string; setup: Pick<Setup, "programme"> },
  transaction?: Transaction,
): Promise<readonly Attachment[]> {
  const { ids, owner, setup } = a;
  if (ids.length === 0) return [];
  const { most } = attachmentLimits(setup.programme.settings);
  if (ids.length > most) throw tooMany(most);
  const wrong = ids.findIndex((id, i) => !attachmentIdForm.test(id) || ids.indexOf(id) < i);
  if (wrong >= 0) throw notThere(wrong);
  const files = await stagedOf(db, { ids, owner, programme: setup.programme.code }, transaction);
  const found = new Set(files.map(({ id }) => id));
  if (found.size < ids.length) throw notThere(ids.findIndex((id) => !found.has(id)));
  return files;
}
