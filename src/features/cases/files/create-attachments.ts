/** The service of files over one folder: who may stage which files, asked before a byte is read, and who may open one. */

import { availableParallelism } from "node:os";
import type { Logger } from "pino";
import { type Actor, can } from "../../../engine/access/permissions.js";
import { attachmentIdForm, hasThumbnail } from "../../../engine/files/attachment.js";
import {
  ownedByApplicant,
  ownedByDraft,
  ownedByInstruction,
  ownedByKey,
  ownedByLinkOf,
  ownedByOfficial,
} from "../../../engine/files/attachment-owner.js";
import { type AttachmentLimits, attachmentLimits } from "../../../engine/files/attachment-types.js";
import { filesOfApplicant, filesOfDecisions, filesOfOffice } from "../../../engine/files/files-of-applicant.js";
import type { Case } from "../../../engine/lifecycle/case.js";
import { parseReference } from "../../../engine/lifecycle/case-reference.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem, revokedKey } from "../../../engine/text/problems.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { createCheckThreads } from "../../../platform/files/check-threads.js";
import { fairLine } from "../../../platform/files/fair-line.js";
import type { FileFolder } from "../../../platform/files/file-folder.js";
import { tooBusy } from "../../../platform/files/refused-files.js";
import type { VirusScanner } from "../../../platform/files/virus-scanner.js";
import type { Random } from "../../../platform/unguessable.js";
import { allStagedOf, type BoundAttachment, boundAttachment, dropStaged } from "../../files/attachment-store.js";
import type { AttachmentOwner, Attachments, OpenedAttachment } from "../../files/attachments.js";
import {
  type AuthorisedOwner,
  bytesToCome,
  isStranger,
  stageAttachment,
  thumbnailOf,
} from "../../files/stage-attachment.js";
import { type SweptFiles, sweepFiles } from "../../files/sweep-files.js";
import { seePlace } from "../../files/take-place.js";
import { openInstruction } from "../../instructions/instruction-register.js";
import { isKeyGood } from "../../people/channel-key-store.js";
import { decisionsOfOriginal, eventsOfCase } from "../case-event-queries.js";
import { type CaseParts, caseNotFound, caseNotShown } from "../case-parts.js";
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
async function openAttachment(parts: CaseParts, folder: FileFolder, a: Opening): Promise<OpenedAttachment> {
  const { caseId, eventSeq, reference, ...attachment } = await ("actor" in a
    ? authoriseOfficial(parts, a)
    : authoriseApplicant(parts, a));
  if (a.thumbnail && !hasThumbnail(attachment)) throw noFile();
  const name = a.thumbnail ? thumbnailOf(attachment.id) : attachment.id;
  const bytes = await folder.size(name);
  if (bytes === null) throw lost();
  return { attachment, bytes, stream: (range) => folder.read(name, range) };
}

interface AuthoriseParts extends Pick<CaseParts, "db"> {
  /** Name of an address from which nobody can tell the address. */
  readonly originOf: (address: string) => Buffer;
  readonly setupOf: (programme: string) => Promise<Setup>;
  readonly now: () => Date;
}

/** How many times what one act can carry may wait: room to change one's mind, and not a store. */
const maxTimesWaiting = 2;
/** A channel sends for many people at once: so many files, of so many acts' worth of bytes. */
const maxOfChannel = 1000;
const actsOfChannel = 20;
const leastOfToken = 16;

type Owner<Kind extends AttachmentOwner["kind"]> = Extract<AttachmentOwner, { kind: Kind }>;
type Known = Omit<AuthorisedOwner, "limits" | "maxWaiting" | "origin" | "takeUnscanned"> & {
  /** Left out: those of the programme. */
  readonly limits?: AttachmentLimits;
};

async function caseOf(parts: AuthoriseParts, reference: string, missing: () => Problem) {
  const canonical = parseReference(reference);
  const loaded = canonical === null ? null : await caseByReference(parts.db, canonical);
  if (loaded === null) throw missing();
  return loaded;
}

const mayNotAct = (): Problem => new Problem("forbidden", msg("cases-files.authoriseOwner.yourSeatReadsThisCase"));

const known = (owner: string, { programme }: Pick<Case, "programme">): Known => ({ owner, programme });

const owners = {
  async official(parts: AuthoriseParts, { actor, reference }: Owner<"official">) {
    const { theCase } = await caseOf(parts, reference, caseNotShown);
    const { entities } = await parts.setupOf(theCase.programme);
    if (actor.kind !== "user" || !can(actor, "case.read", { case: theCase, entities })) throw caseNotShown();
    if (!can(actor, "case.act", { case: theCase, entities })) throw mayNotAct();
    return known(ownedByOfficial(actor.userId, theCase.id), theCase);
  },
  async applicant(parts: AuthoriseParts, owner: Owner<"applicant">) {
    const loaded = await caseOf(parts, owner.reference, caseNotFound);
    const { id } = loaded.theCase;
    const link = await openedBy(parts.db, loaded, { ...owner, now: parts.now() });
    return known(link === null ? ownedByApplicant(id) : ownedByLinkOf(id), loaded.theCase);
  },
  async draft(_parts: AuthoriseParts, { programme, draft }: Owner<"draft">) {
    if (draft.length < leastOfToken) throw new Error("a draft's token is too short to be nobody else's");
    return known(ownedByDraft(draft), { programme });
  },
  async instruction(parts: AuthoriseParts, { actor, programme, code }: Owner<"instruction">) {
    const setup = await parts.setupOf(programme);
    if (!setup.instructions.has(code) || actor.kind !== "user" || !can(actor, "setup.edit", { programme }))
      throw new Problem("not-found", msg("cases-files.authoriseOwner.instructionNotFound"));
    const { mostBytes } = attachmentLimits(setup.programme.settings);
    const limits: AttachmentLimits = { most: 1, mostBytes, kinds: ["document"] };
    return { ...known(ownedByInstruction(actor.userId, { programme, code }), { programme }), limits };
  },
  async channel({ db }: AuthoriseParts, { key }: Owner<"channel">) {
    // Keys are remembered at the door, and a file is written long before an application would find out.
    if (key.id !== null && !(await isKeyGood(db, key.id))) throw revokedKey();
    return known(ownedByKey(key.id), key);
  },
};

/** Who this is, as it is kept beside a file. Problem not-found or forbidden. */
function ownerOf(parts: AuthoriseParts, owner: AttachmentOwner): Promise<Known> {
  return (owners[owner.kind] as (parts: AuthoriseParts, owner: AttachmentOwner) => Promise<Known>)(parts, owner);
}

/** Problems: those of `ownerOf`, invalid-input where the programme takes no files. */
async function authoriseOwner(parts: AuthoriseParts, owner: AttachmentOwner): Promise<AuthorisedOwner> {
  const { programme, owner: name, limits: own } = await ownerOf(parts, owner);
  const { settings } = (await parts.setupOf(programme)).programme;
  const limits = own ?? attachmentLimits(settings);
  if (limits.most === 0) {
    const reason = msg("cases-files.authoriseOwner.thisProgrammeTakesNoFiles");
    throw new Problem("invalid-input", reason, [{ field: "/file", reason }]);
  }
  const ofOneAct = limits.most * limits.mostBytes;
  const maxWaiting =
    owner.kind === "channel"
      ? { files: maxOfChannel, bytes: ofOneAct * actsOfChannel }
      : // One more than an act can carry: what is exchanged for another is sent before it is taken off.
        { files: limits.most * maxTimesWaiting, bytes: ofOneAct + limits.mostBytes };
  const from = "from" in owner ? owner.from : null;
  const origin = from === null ? null : parts.originOf(from);
  return { owner: name, origin, programme, limits, maxWaiting, takeUnscanned: settings.takeUnscanned === true };
}

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
