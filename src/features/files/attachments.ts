/** The service of files: staged for somebody, taken along by an application or an act, opened by the rules of their case. */
import type { Actor } from "../../engine/access/permissions.js";
import type { ApplicantProof } from "../../engine/applicant/applicant-keys.js";
import type { Attachment } from "../../engine/files/attachment.js";
import type { AttachmentLimits } from "../../engine/files/attachment-types.js";
import type { ByteRange } from "../../engine/files/download-headers.js";
import type { ChannelKey } from "../people/channel-key-store.js";

/** `GET api/files?reference=…`: what waits to be sent, and what may be attached. */
export interface StagedFiles {
  readonly files: readonly Attachment[];
  readonly most: number;
  readonly mostBytes: number;
  /** Endings, with their dots. */
  readonly accept: readonly string[];
}

/** `POST api/files?reference=…`, the file as the body. */
export interface StagedFile {
  readonly file: Attachment;
}

/** For whom a file is staged: only the same may take it along or drop it. */
export type AttachmentOwner =
  /** An official, for an act on this case. */
  | { readonly kind: "official"; readonly actor: Actor; readonly reference: string }
  /** The applicant, for an act on the own case. `from`: the address they ask from; null where it is not counted. */
  | ({ readonly kind: "applicant"; readonly reference: string; readonly from: string | null } & ApplicantProof)
  /** A form that is being filled in: a token that nobody can guess (16 characters or more), kept by the form. `from` as above. */
  | { readonly kind: "draft"; readonly programme: string; readonly draft: string; readonly from: string | null }
  /** Whoever edits the register of instructions, for one of them. */
  | { readonly kind: "instruction"; readonly actor: Actor; readonly programme: string; readonly code: string }
  /** A channel that will send the application with this key. */
  | { readonly kind: "channel"; readonly key: ChannelKey };

export interface StagingRequest {
  readonly owner: AttachmentOwner;
  /** As it was sent; it is cleaned. */
  readonly name: string;
  readonly content: AsyncIterable<Uint8Array>;
  /** What the sender says it is; only plain text and CSV are told apart by it. */
  readonly declaredType: string | null;
  /** The most that can come, by what the sender declared; null: nothing was, so that it may be as much as a file may have. */
  readonly declaredBytes?: number | null;
  readonly now: Date;
  /** Aborted when nobody waits for the answer any more: checking ends and nothing is kept; `stage` rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** A file on its way to whoever asked for it. */
export interface OpenedAttachment {
  readonly attachment: Attachment;
  /** Of what is streamed: the file or its thumbnail. */
  readonly bytes: number;
  /** The bytes of the range, or all of them. Read it or destroy it. */
  stream(range?: ByteRange | null): NodeJS.ReadableStream & { destroy(error?: Error): unknown };
}

/** Files: staged for somebody, taken along by `intake.receive` and `cases.perform…`, opened by whoever may see the case. */
export interface Attachments {
  /** What may be attached in a programme. */
  limits(programme: string): Promise<AttachmentLimits>;
  /**
   * What this owner may attach, whether or not there is room for more now. Problems: not-found, forbidden, unauthenticated (a
   * channel's key that was revoked), invalid-input (the programme takes none).
   */
  limitsOf(owner: AttachmentOwner): Promise<AttachmentLimits>;
  /**
   * Whether this owner may stage now, a file of this many bytes where that is known: ask it before a body is read. Problems: those of
   * `limitsOf`, not-now (too many wait already), too-many-requests (too much waits from the same address), storage-full.
   */
  mayStage(owner: AttachmentOwner, declaredBytes?: number | null): Promise<AttachmentLimits>;
  /**
   * Checks and stores one file. Problems: those of `mayStage`, and invalid-input at `/file` that says what is wrong with
   * the file; too-large. Whatever was written is gone then.
   */
  stage(a: StagingRequest): Promise<Attachment>;
  /** What an owner has staged and not yet sent. Problem not-found. */
  staged(owner: AttachmentOwner): Promise<readonly Attachment[]>;
  /** Takes a staged file back. Problem not-found. */
  drop(a: { owner: AttachmentOwner; id: string }): Promise<void>;
  /**
   * A file of a case, for an official who may read the case or for its applicant, who sees what was sent to or by them.
   * Problem not-found for everything else. An official's look into a confidential case goes on its record; `again`: a
   * further part of a file whose reading is recorded already.
   */
  open(
    a: { id: string; thumbnail?: boolean; again?: boolean; now: Date } & (
      | { actor: Actor }
      | ({ reference: string } & ApplicantProof)
    ),
  ): Promise<OpenedAttachment>;
  /**
   * The paper of an instruction, for whoever may read it. Problems: not-found; unavailable where its bytes are not here (a
   * register that was imported).
   */
  openInstruction(a: { programme: string; code: string; actor: Actor }): Promise<OpenedAttachment>;
}
