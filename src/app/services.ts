/** What the rest of Diwan may ask for: every door (HTTP, command line, jobs, tests) is given these and nothing else. */
import type { Logger } from "pino";
import type { Actor } from "../engine/access/permissions.js";
import type { Attachment } from "../engine/files/attachment.js";
import type { AttachmentLimits } from "../engine/files/attachment-types.js";
import type { ByteRange } from "../engine/files/download-headers.js";
import type { JobSchedule, JobView, SchedulePreview } from "../engine/jobs/job-view.js";
import type { Case } from "../engine/lifecycle/case.js";
import type { CaseEvent } from "../engine/lifecycle/case-event.js";
import type { ListedCase } from "../engine/lifecycle/listed-case.js";
import type { Setup } from "../engine/setup/setup.js";
import type { Bilingual, Language } from "../engine/text/text.js";
import type { ClocksApart } from "../platform/clocks-apart.js";

/** What a channel sends. Everything but programme, type, subject and description may be left out. */
export interface ApplicationInput {
  readonly programme: string;
  readonly type: string;
  readonly language?: Language;
  readonly subject: string;
  readonly description: string;
  readonly sector?: string | null;
  readonly entity?: string | null;
  readonly service?: string | null;
  readonly governorate?: string | null;
  readonly pillar?: string | null;
  readonly importance?: string | null;
  readonly applicant?: {
    readonly category?: string | null;
    readonly name?: string | null;
    readonly nationalNumber?: string | null;
    readonly phone?: string | null;
    readonly email?: string | null;
  } | null;
  readonly fields?: Readonly<Record<string, unknown>>;
}

export interface ReceivedApplication {
  readonly caseId: number;
  readonly reference: string;
  /** The applicant's secret, shown once; only its hash is stored. */
  readonly code: string;
  readonly state: string;
  readonly entity: string | null;
  readonly pillar: string | null;
  readonly importance: string | null;
  /** When an answer is due; null where nothing is promised. */
  readonly dueAt: Date | null;
  /** True when this is the stored answer to a retry. */
  readonly replayed: boolean;
}

/** What the applicant may see of the own case. */
export interface FollowedApplication {
  readonly reference: string;
  readonly programme: string;
  readonly type: string;
  readonly state: string;
  readonly stateName: { readonly ar: string; readonly en: string };
  readonly subject: string;
  readonly entity: string | null;
  readonly entityName: { readonly ar: string; readonly en: string } | null;
  readonly pillar: string | null;
  readonly importance: string | null;
  readonly receivedAt: Date;
  readonly dueAt: Date | null;
  readonly resolvedAt: Date | null;
  readonly closedAt: Date | null;
  /** The case whose second matter this one is; the same code opens both. */
  readonly splitFrom: string | null;
  /** The cases that second matters of this one became. */
  readonly splitInto: readonly string[];
  /** Questions, replies and answers in order; internal notes are not here. */
  readonly conversation: readonly {
    readonly at: Date;
    /** `rejection`: it was closed with this reason. `withdrawal`: an official withdrew it for the applicant, who was said to give this reason. */
    readonly kind: "question" | "reply" | "answer" | "rejection" | "withdrawal";
    readonly text: string;
    /** Of a withdrawal how the applicant was recognised; null of all else. */
    readonly recognised: Bilingual | null;
    /** Files that came with it. */
    readonly attachments: readonly Attachment[];
    /** What the application that this one was linked to was told; it holds for both. */
    readonly shared: boolean;
  }[];
  /** Files that came with the application itself. */
  readonly attachments: readonly Attachment[];
  /** Of `actions` those that may carry files. */
  readonly attachable: readonly string[];
  /** Actions that the applicant may take now. */
  readonly actions: readonly string[];
}

export interface ChannelKey {
  /** Null: our own public pages, which need no key. */
  readonly id: number | null;
  readonly programme: string;
  readonly channel: string;
}

export interface PerformedAction {
  readonly reference: string;
  readonly state: string;
  readonly entity: string | null;
  readonly dueAt: Date | null;
  /** The case that a second matter became, where the act split one off. */
  readonly opened?: Omit<PerformedAction, "opened">;
  /** By the act it left the reach of the official who acted. */
  readonly gone?: true;
}

/** For whom a file is staged: only the same may take it along or drop it. */
export type AttachmentOwner =
  /** An official, for an act on this case. */
  | { readonly kind: "official"; readonly actor: Actor; readonly reference: string }
  /** The applicant, for an act on the own case. `from`: the address they ask from; null where it is not counted. */
  | { readonly kind: "applicant"; readonly reference: string; readonly code: string; readonly from: string | null }
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
      | { reference: string; code: string }
    ),
  ): Promise<OpenedAttachment>;
  /**
   * The paper of an instruction, for whoever may read it. Problems: not-found; unavailable where its bytes are not here (a
   * register that was imported).
   */
  openInstruction(a: { programme: string; code: string; actor: Actor }): Promise<OpenedAttachment>;
}

/** A case with its timeline, first event to last, and the set-up that names what is in it. */
export interface ReadCase {
  readonly theCase: Case;
  readonly setup: Setup;
  readonly events: readonly CaseEvent[];
}

/** A channel's key as it is listed: never the key itself. */
export interface ListedKey {
  readonly id: number;
  readonly channel: string;
  readonly label: string;
  readonly createdAt: Date;
  /** Null while it is in use. */
  readonly revokedAt: Date | null;
  /** `YYYY-MM-DD` (UTC); null: never. */
  readonly lastUsedOn: string | null;
}

/** Who changes something, and when. */
export interface Change {
  readonly by: Actor;
  readonly now: Date;
}

/** What changed hands. */
export interface HandedOver {
  readonly cases: number;
}

export interface People {
  /** An account with a seat of its own in the operation room. Problems: forbidden, invalid-input, conflict, not-found. */
  createAdministrator(
    a: { email: string; name: string; password: string; programme: string } & Change,
  ): Promise<{ userId: number }>;
  /**
   * It acts no more and is told nothing, at once; what it had taken goes back to the entities. Also for whoever edits users in
   * one of the programmes where the person sits now: somebody has to be able to close the door.
   * Problems: forbidden, not-found, not-now (the last one of an operation room).
   */
  disable(a: { email: string } & Change): Promise<HandedOver>;
  /** Problems: forbidden, not-found. */
  enable(a: { email: string } & Change): Promise<void>;
  /** `to` is exclusive, null while nobody knows. Problems: forbidden (also oneself), not-found, conflict (taken then), invalid-input. */
  takeSeat(a: { programme: string; seat: string; email: string; from: Date; to: Date | null } & Change): Promise<void>;
  /**
   * Ends the term of whoever holds it at `at`; then what they had taken from that seat changes hands, to whoever sits there
   * next or back to the entity. Problems: forbidden, not-found, not-now (the last one of an operation room).
   */
  leaveSeat(a: { programme: string; seat: string; at: Date } & Change): Promise<HandedOver>;
}

export interface Keys {
  /** `key` can be read here and never again. Problems: forbidden, not-found. */
  issue(a: { programme: string; channel: string; label: string } & Change): Promise<{ id: number; key: string }>;
  /** Out of use at once, in every instance. Problems: forbidden, not-found. */
  revoke(a: { id: number } & Change): Promise<void>;
  /** All of a programme, also revoked ones, the oldest first. Problem forbidden. */
  list(a: { programme: string; actor: Actor }): Promise<readonly ListedKey[]>;
}

/** The operation room's side of the jobs. */
export interface JobDesk {
  /** All jobs, or the one of that name. Problem forbidden. */
  list(a: { actor: Actor; now: Date }): Promise<readonly JobView[]>;
  /** What a schedule would mean; faults at `/cron`, `/timeZone`. */
  preview(a: { cron: string; timeZone: string; now: Date }): SchedulePreview;
  /**
   * From the next bell on, in every instance. Moments before the edit are not caught up: the next run is the one shown.
   * `before`: what the form was filled with. Problems: forbidden, not-found, invalid-input, conflict.
   */
  edit(a: {
    name: string;
    actor: Actor;
    values: Partial<JobSchedule>;
    before: Partial<JobSchedule>;
    now: Date;
  }): Promise<JobView>;
  /**
   * Puts it into the queue; whichever instance takes it runs it once. `queued` is false when it waits there or runs
   * already. Problems: forbidden, not-found, not-now (this instance works off no queue).
   */
  runNow(a: { name: string; actor: Actor; now: Date }): Promise<{ readonly queued: boolean }>;
}

export interface Random {
  /** `n` bytes nobody can guess (or, in a simulation, that a seed repeats). */
  bytes(n: number): Buffer;
}

export interface Services {
  readonly log: Logger;
  /** The time it is: the machine's, or DIWAN_NOW's. Only doors ask; everything else is told. */
  now(): Date;
  setup: {
    /** The programme's set-up and published configuration as of now. Unknown programme: Problem not-found. */
    of(programme: string): Promise<Setup>;
    programmes(): Promise<readonly string[]>;
  };
  intake: {
    channelOfKey(key: string): Promise<ChannelKey | null>;
    /** Problems: invalid-input with a fault a field, idempotency-conflict, unavailable. */
    receive(a: {
      input: unknown;
      key: ChannelKey;
      idempotencyKey: string | null;
      now: Date;
      /** Ids of staged files, and the form's draft in which they were staged; without one the key itself staged them. */
      attachments?: readonly string[] | undefined;
      draft?: string | undefined;
    }): Promise<ReceivedApplication>;
  };
  cases: {
    /** Problem not-found for an unknown reference and for a wrong code alike. */
    follow(a: { reference: string; code: string; now: Date }): Promise<FollowedApplication>;
    /** As the applicant, by reference and code. */
    performAsApplicant(a: {
      reference: string;
      code: string;
      action: string;
      fields: Record<string, unknown>;
      now: Date;
      /** Ids of files that the applicant of this case has staged. */
      attachments?: readonly string[] | undefined;
    }): Promise<PerformedAction>;
    /** Problems: not-found (also when it is not the actor's to see), forbidden, action-refused, invalid-input, conflict (`expectedSeq` moved on). */
    perform(a: {
      reference: string;
      action: string;
      fields: Record<string, unknown>;
      actor: Actor;
      now: Date;
      expectedSeq?: number;
      /** Made by whoever asks, one an act: a request that is sent again with it is done once. */
      actKey?: string;
      /** Ids of files that this official has staged for this case. */
      attachments?: readonly string[] | undefined;
    }): Promise<PerformedAction>;
    /** A case with its timeline. Problem not-found, also when it is not the actor's; the system reads no confidential ones. */
    read(a: { reference: string; actor: Actor }): Promise<ReadCase>;
    /** Open cases in the actor's reach, the most urgent first. */
    list(a: { actor: Actor; limit: number }): Promise<readonly ListedCase[]>;
    /** Actor of a user with the seats held at `now`; Problem not-found. */
    actorOf(a: { email: string; now: Date }): Promise<Actor>;
  };
  attachments: Attachments;
  people: People;
  keys: Keys;
  deadlines: {
    /** Enforces what is due at `now`, batch by batch; how many of each happened. */
    enforce(a: { now: Date; limit?: number }): Promise<{
      cases: number;
      breaches: number;
      warnings: number;
      escalations: number;
      timers: number;
      faults: number;
      held?: readonly string[];
    }>;
  };
  health: {
    /** Null when ready, otherwise why not: database, migrations, queue, clock. */
    notReady(): Promise<string | Bilingual | null>;
    /** What the clocks of this machine and of the database say when they are too far apart; null while they agree. */
    clocksApart(): ClocksApart | null;
  };
}
