/** Every way in which Diwan says no: code, HTTP status and words in both languages. RFC 9457 takes its shape from here. */
import { msg } from "./msg.js";
import { type Bilingual, inLanguage, type Language } from "./text.js";

/** A fault at one place of what was sent: `/applicant/phone`. */
export interface FieldFault {
  /** JSON pointer into what was sent, a CSV column, or an environment variable's name. */
  readonly field: string;
  readonly reason: Bilingual;
}

export interface ProblemKind {
  readonly status: number;
  readonly title: Bilingual;
}

export const problemKinds = {
  "invalid-input": { status: 422, title: msg("text.problems.problemKindsInvalidInputTitle") },
  "malformed-request": { status: 400, title: msg("text.problems.problemKindsMalformedRequestTitle") },
  unauthenticated: { status: 401, title: msg("text.problems.problemKindsUnauthenticatedTitle") },
  forbidden: { status: 403, title: msg("text.problems.problemKindsForbiddenTitle") },
  "not-found": { status: 404, title: msg("text.problems.problemKindsNotFoundTitle") },
  "method-not-allowed": {
    status: 405,
    title: msg("text.problems.problemKindsMethodNotAllowedTitle"),
  },
  "action-refused": {
    status: 409,
    title: msg("text.problems.problemKindsActionRefusedTitle"),
  },
  conflict: { status: 409, title: msg("text.problems.problemKindsConflictTitle") },
  "not-now": {
    status: 409,
    title: msg("text.problems.problemKindsNotNowTitle"),
  },
  "idempotency-conflict": {
    status: 409,
    title: msg("text.problems.problemKindsIdempotencyConflictTitle"),
  },
  "too-large": { status: 413, title: msg("text.problems.problemKindsTooLargeTitle") },
  "storage-full": {
    status: 507,
    title: msg("text.problems.problemKindsStorageFullTitle"),
  },
  "unsupported-media-type": { status: 415, title: msg("text.problems.problemKindsUnsupportedMediaTypeTitle") },
  "too-many-requests": {
    status: 429,
    title: msg("text.problems.problemKindsTooManyRequestsTitle"),
  },
  "invalid-configuration": { status: 422, title: msg("text.problems.problemKindsInvalidConfigurationTitle") },
  unavailable: {
    status: 503,
    title: msg("text.problems.problemKindsUnavailableTitle"),
  },
  internal: { status: 500, title: msg("text.problems.problemKindsInternalTitle") },
} as const satisfies Record<string, ProblemKind>;
export type ProblemCode = keyof typeof problemKinds;

/** A refusal with a name. Thrown by services, shown by every edge in its own manner. */
export class Problem extends Error {
  constructor(
    readonly code: ProblemCode,
    /** What happened here and what to do, in both languages. */
    readonly detail: Bilingual,
    readonly faults: readonly FieldFault[] = [],
    /** Seconds after which trying again makes sense. */
    readonly retryAfter?: number,
  ) {
    super(detail.en);
    this.name = "Problem";
  }
  get status(): number {
    return problemKinds[this.code].status;
  }
}

/** Whole seconds after which trying again makes sense; null where it does not. An absence always has them. */
export function waitOf({ code, retryAfter }: Problem): number | null {
  if (retryAfter === undefined) return problemKinds[code].status === 503 ? shortWait : null;
  return Math.max(1, Math.ceil(retryAfter));
}
const shortWait = 30;

/** A programme that cannot go on because of how it is set up: the operation room has to correct it. */
export function problemOfConfiguration(detail: Bilingual): Problem {
  return new Problem("invalid-configuration", detail);
}

/** A problem for a terminal: what it is, what happened, and a line a field. */
export function problemLines({ code, detail, faults }: Problem, language: Language): string[] {
  const say = (words: Bilingual) => inLanguage(words, language);
  return [
    say(msg("text.problems.refused", { what: problemKinds[code].title })),
    say(detail),
    ...faults.map(({ field, reason }) => `  ${field || say(msg("text.problems.whole"))}: ${say(reason)}`),
  ];
}

/** What a channel is told whose key is out of use. */
export const revokedKey = (): Problem =>
  new Problem("unauthenticated", msg("text.revokedKey.theChannelsKeyWasRevoked"));
