/** What the rest of Diwan may ask for: every door (HTTP, command line, jobs, tests) is given these and nothing else. */
import type { Logger } from "pino";
import type { Actor } from "./domain/permissions.js";
import type { Setup } from "./domain/setup.js";
import type { Language } from "./domain/text.js";

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
  /** Questions, replies and answers in order; internal notes are not here. */
  readonly conversation: readonly {
    readonly at: Date;
    readonly kind: "question" | "reply" | "answer";
    readonly text: string;
  }[];
  /** Actions that the applicant may take now. */
  readonly actions: readonly string[];
}

export interface ChannelKey {
  readonly id: number;
  readonly programme: string;
  readonly channel: string;
}

export interface PerformedAction {
  readonly reference: string;
  readonly state: string;
  readonly entity: string | null;
  readonly dueAt: Date | null;
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
    }): Promise<PerformedAction>;
    /** Problems: not-found (also when it is not the actor's to see), forbidden, action-refused, invalid-input, conflict (`expectedSeq` moved on). */
    perform(a: {
      reference: string;
      action: string;
      fields: Record<string, unknown>;
      actor: Actor;
      now: Date;
      expectedSeq?: number;
    }): Promise<PerformedAction>;
    /** Actor of a user with the seats held at `now`; Problem not-found. */
    actorOf(a: { email: string; now: Date }): Promise<Actor>;
  };
  deadlines: {
    /** Enforces what is due at `now`, batch by batch; how many of each happened. */
    enforce(a: {
      now: Date;
      limit?: number;
    }): Promise<{
      cases: number;
      breaches: number;
      warnings: number;
      escalations: number;
      timers: number;
      faults: number;
    }>;
  };
  health: {
    /** Null when ready, otherwise why not: database, migrations, queue. */
    notReady(): Promise<string | null>;
  };
}
