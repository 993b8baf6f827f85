/** The service of files over one folder. */
import type { CaseParts } from "../cases/case-parts.js";
import { allStagedOf, dropStaged } from "../db/attachment-store.js";
import { attachmentIdForm } from "../domain/attachments/attachment.js";
import { attachmentLimits } from "../domain/attachments/attachment-types.js";
import { Problem } from "../domain/problems.js";
import type { Setup } from "../domain/setup.js";
import type { Attachments, Random } from "../services.js";
import { admitOwner, ownerOf } from "./admit-owner.js";
import { fairLine } from "./fair-line.js";
import type { FileFolder } from "./file-folder.js";
import { openAttachment } from "./open-attachment.js";
import { openInstruction } from "./open-instruction.js";
import { tooBusy } from "./refused-files.js";
import { bytesToCome, stageAttachment, thumbnailOf } from "./stage-attachment.js";
import { type SweptFiles, sweepFiles } from "./sweep-files.js";
import { seePlace } from "./take-place.js";

export interface AttachmentParts extends CaseParts {
  readonly setupOf: (programme: string) => Promise<Setup>;
  readonly random: Random;
  readonly folder: FileFolder;
  readonly originOf: (address: string) => Buffer;
  readonly now: () => Date;
}

/**
 * Images are decoded and archives unpacked in lines of their own, so that a text waits for neither; of images one for each
 * of two cores. A full line is worked off within a minute or two.
 */
const linesOf = () => ({
  images: fairLine({ atOnce: 2, mostWaiting: 40, mostOfOwner: 12 }, tooBusy),
  documents: fairLine({ atOnce: 2, mostWaiting: 40, mostOfOwner: 12 }, tooBusy),
});

export interface AttachmentService extends Attachments {
  /** Forgets what nobody sent for a day, and what a kill left on disk. */
  sweep(a: { now: Date }): Promise<SweptFiles>;
}

export function createAttachments(parts: AttachmentParts): AttachmentService {
  const { db, folder, random, setupOf, now } = parts;
  const places = { db, room: () => folder.roomForWaiting() };
  const staging = { db, folder, random, places, lines: linesOf() };
  return {
    limits: async (programme) => attachmentLimits((await setupOf(programme)).programme.settings),
    limitsOf: async (owner) => (await admitOwner(parts, owner)).limits,
    async mayStage(owner, declaredBytes) {
      const { limits, mostWaiting: most, ...whose } = await admitOwner(parts, owner);
      const bytes = bytesToCome(limits, declaredBytes);
      await folder.requireRoom(bytes);
      await seePlace(places, { ...whose, most, bytes, now: now() });
      return limits;
    },
    stage: async (request) => stageAttachment(staging, await admitOwner(parts, request.owner), request),
    staged: async (owner) => allStagedOf(db, await ownerOf(parts, owner)),
    async drop({ owner, id }) {
      const { owner: name } = await ownerOf(parts, owner);
      if (!attachmentIdForm.test(id) || !(await dropStaged(db, { id, owner: name }))) {
        throw new Problem("not-found", {
          en: "This file is not among those that wait to be sent.",
          ar: "هذا الملف ليس ضمن الملفات التي تنتظر الإرسال.",
        });
      }
      await folder.remove(id, thumbnailOf(id));
    },
    open: (a) => openAttachment(parts, folder, a),
    openInstruction: (a) => openInstruction(parts, folder, a),
    sweep: ({ now }) => sweepFiles({ db, folder, now }),
  };
}
