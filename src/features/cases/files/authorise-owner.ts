/** Who may stage files, for what, and how many: asked before a byte of a file is read. */

import { can } from "../../../engine/access/permissions.js";
import {
  ownedByApplicant,
  ownedByDraft,
  ownedByInstruction,
  ownedByKey,
  ownedByLinkOf,
  ownedByOfficial,
} from "../../../engine/files/attachment-owner.js";
import { type AttachmentLimits, attachmentLimits } from "../../../engine/files/attachment-types.js";
import type { Case } from "../../../engine/lifecycle/case.js";
import { parseReference } from "../../../engine/lifecycle/case-reference.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { revokedKey } from "../../../engine/text/revoked-key.js";
import type { AttachmentOwner } from "../../files/attachments.js";
import type { AuthorisedOwner } from "../../files/stage-attachment.js";
import { isKeyGood } from "../../people/channel-key-store.js";
import { type CaseParts, caseNotFound, caseNotShown } from "../case-parts.js";
import { caseByReference } from "../case-queries.js";
import { openedBy } from "../follow/open-by-link.js";

export interface AuthoriseParts extends Pick<CaseParts, "db"> {
  /** Name of an address from which nobody can tell the address. */
  readonly originOf: (address: string) => Buffer;
  readonly setupOf: (programme: string) => Promise<Setup>;
  readonly now: () => Date;
}

/** So many times what one act can carry may wait: room to change one's mind, and not a store. */
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
export function ownerOf(parts: AuthoriseParts, owner: AttachmentOwner): Promise<Known> {
  return (owners[owner.kind] as (parts: AuthoriseParts, owner: AttachmentOwner) => Promise<Known>)(parts, owner);
}

/** Problems: those of `ownerOf`, invalid-input where the programme takes no files. */
export async function authoriseOwner(parts: AuthoriseParts, owner: AttachmentOwner): Promise<AuthorisedOwner> {
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
