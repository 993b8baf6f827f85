/** The service of files over one folder. */

import { availableParallelism } from "node:os";
import type { Logger } from "pino";
import { attachmentIdForm } from "../../../engine/files/attachment.js";
import { attachmentLimits } from "../../../engine/files/attachment-types.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { createCheckThreads } from "../../../platform/files/check-threads.js";
import { fairLine } from "../../../platform/files/fair-line.js";
import type { FileFolder } from "../../../platform/files/file-folder.js";
import { tooBusy } from "../../../platform/files/refused-files.js";
import type { VirusScanner } from "../../../platform/files/virus-scanner.js";
import type { Random } from "../../../platform/unguessable.js";
import { allStagedOf, dropStaged } from "../../files/attachment-store.js";
import type { Attachments } from "../../files/attachments.js";
import { bytesToCome, isStranger, stageAttachment, thumbnailOf } from "../../files/stage-attachment.js";
import { type SweptFiles, sweepFiles } from "../../files/sweep-files.js";
import { seePlace } from "../../files/take-place.js";
import { openInstruction } from "../../instructions/open-instruction.js";
import type { CaseParts } from "../case-parts.js";
import { authoriseOwner, ownerOf } from "./authorise-owner.js";
import { openAttachment } from "./open-attachment.js";

export interface AttachmentParts extends CaseParts {
  readonly setupOf: (programme: string) => Promise<Setup>;
  readonly random: Random;
  readonly folder: FileFolder;
  readonly originOf: (address: string) => Buffer;
  readonly now: () => Date;
  /** Null: the house has no virus scanner. */
  readonly scanner: VirusScanner | null;
  readonly log: Logger;
}

/**
 * Images are decoded, documents unpacked and texts read in lines of their own, so that none waits for another; of images a
 * small and a large one at a time. Documents leave a core to those who send none: two at a time where there are three or more.
 * A full line is worked off within a minute or two. The first bytes of a file are soon looked at.
 */
const documentsAtOnce = availableParallelism() > 2 ? 2 : 1;
const linesOf = () => ({
  images: fairLine({ atOnce: 1, maxWaiting: 40, maxOfOwner: 12, isStranger }, tooBusy),
  largeImages: fairLine({ atOnce: 1, maxWaiting: 40, maxOfOwner: 12, isStranger }, tooBusy),
  documents: fairLine({ atOnce: documentsAtOnce, maxWaiting: 40, maxOfOwner: 12, isStranger }, tooBusy),
  texts: fairLine({ atOnce: 1, maxWaiting: 40, maxOfOwner: 12, isStranger }, tooBusy),
  scans: fairLine({ atOnce: 4, maxWaiting: 40, maxOfOwner: 12, isStranger }, tooBusy),
  heads: fairLine({ atOnce: 1, maxWaiting: 200, maxOfOwner: 50, isStranger }, tooBusy),
});

export interface AttachmentService extends Attachments {
  /** Forgets what nobody sent for a day, and what a kill left on disk. */
  sweep(a: { now: Date }): Promise<SweptFiles>;
}

export function createAttachments(parts: AttachmentParts): AttachmentService {
  const { db, folder, random, setupOf, now, scanner, log } = parts;
  const places = { db, room: () => folder.roomForWaiting() };
  const staging = { db, folder, random, places, lines: linesOf(), threads: createCheckThreads(), scanner, log };
  return {
    limits: async (programme) => attachmentLimits((await setupOf(programme)).programme.settings),
    limitsOf: async (owner) => (await authoriseOwner(parts, owner)).limits,
    async mayStage(owner, declaredBytes) {
      const { limits, maxWaiting: most, ...whose } = await authoriseOwner(parts, owner);
      const bytes = bytesToCome(limits, declaredBytes);
      await folder.requireRoom(bytes);
      await seePlace(places, { ...whose, most, bytes, now: now() });
      return limits;
    },
    stage: async (request) => stageAttachment(staging, await authoriseOwner(parts, request.owner), request),
    staged: async (owner) => allStagedOf(db, await ownerOf(parts, owner)),
    async drop({ owner, id }) {
      const { owner: name } = await ownerOf(parts, owner);
      if (!attachmentIdForm.test(id) || !(await dropStaged(db, { id, owner: name }))) {
        throw new Problem("not-found", msg("cases-files.createAttachments.thisFileIsNotAmong"));
      }
      await folder.remove(id, thumbnailOf(id));
    },
    open: (a) => openAttachment(parts, folder, a),
    openInstruction: (a) => openInstruction(parts, folder, a),
    sweep: ({ now }) => sweepFiles({ db, folder, now }),
  };
}
