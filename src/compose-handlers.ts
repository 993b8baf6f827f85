/** The part of the composition that jobs do: what each of them calls, and how long what is only kept for a while is kept. */
import type { Accounts } from "./accounts/accounts.js";
import type { AttachmentService } from "./attachments/create-attachments.js";
import { sealAudit } from "./audit/seal.js";
import type { CaseParts } from "./cases/case-parts.js";
import { handOverEnded, handOverStrays } from "./cases/hand-over.js";
import { prepareReplays } from "./cases/trial/prepare-replays.js";
import type { Work } from "./compose-work.js";
import { sweepActDrafts } from "./db/act-draft-store.js";
import { sweepDrafts } from "./db/application-draft-store.js";
import { forgetOldActs } from "./db/case-act-store.js";
import { forgetOldDrafts } from "./db/case-draft-store.js";
import { forgetWrongClocks } from "./db/clock-queries.js";
import { programmesHeld } from "./db/held-sweep-store.js";
import { forgetOldKeys } from "./db/idempotency-queries.js";
import { enforceDeadlines } from "./deadlines/enforce-deadlines.js";
import type { KeyRing } from "./domain/key-ring.js";
import { enforcer } from "./domain/movement/enforce-due.js";
import type { Setup } from "./domain/setup.js";
import type { JobHandlers } from "./jobs/run-job.js";
import type { createDelivery } from "./notifications/deliver-messages.js";
import { warnOfCalendars } from "./notifications/warn-of-calendars.js";
import { warnOfClocks } from "./notifications/warn-of-clocks.js";
import type { Digests } from "./reports/digests.js";

/** How long a retry with the same Idempotency-Key gets the same answer. */
const keysKeptDays = 7;
/** How long a text that nobody goes on with is kept: it may quote what an applicant said. */
const draftsKeptDays = 30;
const dayMs = 86_400_000;

export interface HandlerParts {
  readonly caseParts: CaseParts;
  readonly setupOf: (programme: string) => Promise<Setup>;
  readonly programmes: () => Promise<readonly string[]>;
  /** Throws where there is none: nothing is sealed without it. */
  readonly sealKeys: () => KeyRing;
  readonly deliver: ReturnType<typeof createDelivery>;
  readonly digests: Pick<Digests, "queueCommittee" | "queueFocalPoints">;
  readonly accounts: Pick<Accounts, "forgetExpired" | "secondFactor">;
  /** Whether SESSION_SECRET is known here. */
  readonly knowsSession: boolean;
  readonly attachments: Pick<AttachmentService, "sweep">;
  readonly work: Pick<Work, "tidy" | "resume">;
}

export function composeHandlers(parts: HandlerParts): JobHandlers {
  const { caseParts, setupOf, programmes, sealKeys, deliver, digests, accounts, attachments, work, knowsSession } =
    parts;
  const { db, messages } = caseParts;
  return {
    "enforce-deadlines": async (at) => {
      const swept = await enforceDeadlines(caseParts, { now: at });
      // What somebody leaves is enforced when it changes hands: not where that holds.
      const handed = await handOverEnded(caseParts, { actor: enforcer, now: at, except: swept.held ?? [] });
      return { ...swept, ...handed };
    },
    "deliver-messages": async (at) => {
      await warnOfClocks({ db, programmes, setupOf, messages }, at);
      return deliver({ now: at });
    },
    "digest-committee": (at) => digests.queueCommittee({ now: at }),
    "digest-focal-points": (at) => digests.queueFocalPoints({ now: at }),
    "seal-audit": async (at) => sealAudit(db, { keys: sealKeys(), now: at, messages }),
    housekeeping: async (at) => ({
      ...(await accounts.forgetExpired({ now: at })),
      ...(knowsSession ? await accounts.secondFactor.sealAnew() : {}),
      ...(await attachments.sweep({ now: at })),
      ...(await forgetOldKeys(db, new Date(at.getTime() - keysKeptDays * dayMs))),
      ...(await forgetOldDrafts(db, new Date(at.getTime() - draftsKeptDays * dayMs))),
      ...(await forgetOldActs(db, new Date(at.getTime() - keysKeptDays * dayMs))),
      ...(await sweepDrafts(db, at)),
      ...(await sweepActDrafts(db, at)),
      ...(await forgetWrongClocks(db)),
      ...(await handOverStrays(caseParts, {
        actor: { kind: "system", job: "housekeeping" },
        now: at,
        except: await programmesHeld(db),
      })),
      ...(await warnOfCalendars({ db, programmes, setupOf, messages }, at)),
      ...(await work.tidy(at)),
    }),
    "prepare-replays": (at) => prepareReplays(db, { now: at, elapsed: () => performance.now() }),
    "resume-work": () => work.resume(),
  };
}
