/** The service of files over one folder. */
import type { CaseParts } from "../cases/case-parts.js";
import { allStagedOf, dropStaged } from "../db/attachment-store.js";
import { attachmentIdForm } from "../domain/attachments/attachment.js";
import { attachmentLimits } from "../domain/attachments/attachment-types.js";
import { Problem } from "../domain/problems.js";
import type { Setup } from "../domain/setup.js";
import type { Attachments, Random } from "../services.js";
import { admitOwner, limitsOf, ownerOf } from "./admit-owner.js";
import { boundedWork } from "./bounded-work.js";
import type { FileFolder } from "./file-folder.js";
import { openAttachment } from "./open-attachment.js";
import { stageAttachment, thumbnailOf } from "./stage-attachment.js";
import { type SweptFiles, sweepFiles } from "./sweep-files.js";

export interface AttachmentParts extends CaseParts {
  readonly setupOf: (programme: string) => Promise<Setup>;
  readonly random: Random;
  readonly folder: FileFolder;
}

/** Images and archives that are looked into at the same time. */
const atOnce = 2;

export interface AttachmentService extends Attachments {
  /** Forgets what nobody sent for a day, and what a kill left on disk. */
  sweep(a: { now: Date }): Promise<SweptFiles>;
}

export function createAttachments(parts: AttachmentParts): AttachmentService {
  const { db, folder, random, setupOf } = parts;
  const staging = { db, folder, random, inTurn: boundedWork(atOnce) };
  const admitted = async (owner: Parameters<Attachments["mayStage"]>[0]) => {
    const found = await admitOwner(parts, owner);
    await folder.requireRoom(found.limits.mostBytes);
    return found;
  };
  return {
    limits: async (programme) => attachmentLimits((await setupOf(programme)).programme.settings),
    limitsOf: async (owner) => (await limitsOf(parts, owner)).limits,
    mayStage: async (owner) => (await admitted(owner)).limits,
    stage: async (request) => stageAttachment(staging, await admitted(request.owner), request),
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
    sweep: ({ now }) => sweepFiles({ db, folder, now }),
  };
}
