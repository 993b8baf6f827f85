/** A file of a case, for whoever may see it. Whatever else is asked for is not there. */

import { type Actor, can } from "../../../engine/access/permissions.js";
import { attachmentIdForm, hasThumbnail } from "../../../engine/files/attachment.js";
import { filesOfApplicant, filesOfDecisions, filesOfOffice } from "../../../engine/files/files-of-applicant.js";
import type { Case } from "../../../engine/lifecycle/case.js";
import { parseReference } from "../../../engine/lifecycle/case-reference.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import type { FileFolder } from "../../../platform/files/file-folder.js";
import { type BoundAttachment, boundAttachment } from "../../files/attachment-store.js";
import type { Attachments, OpenedAttachment } from "../../files/attachments.js";
import { thumbnailOf } from "../../files/stage-attachment.js";
import { decisionsOfOriginal, eventsOfCase } from "../case-event-queries.js";
import { type CaseParts, caseNotFound } from "../case-parts.js";
import { caseByReference } from "../case-queries.js";
import { openedBy } from "../follow/open-by-link.js";
import { recordLook } from "../record-look.js";

type Opening = Parameters<Attachments["open"]>[0];

/** Unknown, another's, staged only, of another case: the same words. */
const noFile = (): Problem => new Problem("not-found", msg("cases-files.openAttachment.fileNotFound"));

const lost = (): Problem => new Problem("unavailable", msg("cases-files.openAttachment.theFileCannotBeRead"));

async function boundTo(parts: CaseParts, id: string): Promise<BoundAttachment> {
  const bound = attachmentIdForm.test(id) ? await boundAttachment(parts.db, id) : null;
  if (bound === null) throw noFile();
  return bound;
}

/** The case of the file, in the official's reach. */
async function readableCase(parts: CaseParts, bound: BoundAttachment, actor: Actor): Promise<Case> {
  const loaded = await caseByReference(parts.db, bound.reference);
  if (loaded === null) throw noFile();
  const { setup } = await parts.policies.fresh(loaded.theCase.programme);
  if (!can(actor, "case.read", { case: loaded.theCase, entities: setup.entities })) throw noFile();
  return loaded.theCase;
}

/** Puts the look on the record of the case, or refuses it: what was seen is on record, or was not seen. */
async function recordReading(
  parts: CaseParts,
  { reference }: Case,
  a: { bound: BoundAttachment; actor: Actor; now: Date },
): Promise<void> {
  const { bound, actor, now } = a;
  await parts.policies.loaded(() =>
    inTransaction(parts.db, async (transaction) => {
      const loaded = await caseByReference(parts.db, reference, transaction);
      if (loaded === null) throw noFile();
      const { theCase, revision } = loaded;
      const { setup } = parts.policies.at(theCase.programme, revision);
      if (!can(actor, "case.read", { case: theCase, entities: setup.entities })) throw noFile();
      const read = { id: bound.id, name: bound.name };
      await recordLook(parts, transaction, loaded, { type: "attachment.read", data: read, actor, now });
    }),
  );
}

async function authoriseOfficial(parts: CaseParts, a: Extract<Opening, { actor: Actor }>): Promise<BoundAttachment> {
  const bound = await boundTo(parts, a.id);
  const theCase = await readableCase(parts, bound, a.actor);
  if (!theCase.confidential) return bound;
  // A small picture in a list shows what the file shows, and nobody could tell who looked.
  if (a.thumbnail) throw noFile();
  if (!a.again) await recordReading(parts, theCase, { bound, actor: a.actor, now: a.now });
  return bound;
}

async function authoriseApplicant(parts: CaseParts, a: Exclude<Opening, { actor: Actor }>): Promise<BoundAttachment> {
  const reference = parseReference(a.reference);
  const loaded = reference === null ? null : await caseByReference(parts.db, reference);
  if (loaded === null) throw caseNotFound();
  // By a link no more than the page shows by it: what the office sent.
  const link = await openedBy(parts.db, loaded, a);
  const filesOf = link === null ? filesOfApplicant : filesOfOffice;
  const bound = await boundTo(parts, a.id);
  const { id: caseId, duplicateOf } = loaded.theCase;
  if (bound.caseId !== caseId && duplicateOf === null) throw noFile();
  const shown =
    bound.caseId === caseId
      ? filesOf(await eventsOfCase(parts.db, caseId))
      : // The answer to the case that this one was linked to is the answer to this one.
        filesOfDecisions(await decisionsOfOriginal(parts.db, caseId));
  if (!shown.some(({ id }) => id === bound.id)) throw noFile();
  return bound;
}

/** Problem not-found for whatever the asker may not see; unavailable where the bytes are gone. */
export async function openAttachment(parts: CaseParts, folder: FileFolder, a: Opening): Promise<OpenedAttachment> {
  const { caseId, eventSeq, reference, ...attachment } = await ("actor" in a
    ? authoriseOfficial(parts, a)
    : authoriseApplicant(parts, a));
  if (a.thumbnail && !hasThumbnail(attachment)) throw noFile();
  const name = a.thumbnail ? thumbnailOf(attachment.id) : attachment.id;
  const bytes = await folder.size(name);
  if (bytes === null) throw lost();
  return { attachment, bytes, stream: (range) => folder.read(name, range) };
}
