/** The part of the composition that jobs do: what each of them calls, and how long what is only kept for a while is kept. */

import type { ApplicantWay } from "../engine/letters/applicant-ways.js";
import { enforcer } from "../engine/lifecycle/enforce-due.js";
import type { Setup } from "../engine/setup/setup.js";
import type { KeyRing } from "../engine/text/key-ring.js";
import { sealAudit } from "../features/audit/seal.js";
import { forgetOldActs } from "../features/cases/act/case-act-store.js";
import { forgetOldDrafts } from "../features/cases/act/case-drafts.js";
import { reassignEndedTerms, reassignUnassignedCases } from "../features/cases/act/reassign-cases.js";
import type { CaseParts } from "../features/cases/case-parts.js";
import { enforceDeadlines } from "../features/cases/deadlines/enforce-deadlines.js";
import { programmesHeld } from "../features/cases/deadlines/held-sweep-store.js";
import type { AttachmentService } from "../features/cases/files/create-attachments.js";
import { forgetOldProofs } from "../features/cases/follow/contact-store.js";
import { forgetOldLinks } from "../features/cases/follow/link-store.js";
import { forgetAskedLinks, type LostCodes } from "../features/cases/follow/lost-code.js";
import { makeCallBacks } from "../features/contact-centre/call-backs/make-call-backs.js";
import { forgetOldCallDrafts } from "../features/contact-centre/calls/draft-store.js";
import { sweepActDrafts } from "../features/intake/act-drafts.js";
import { sweepDrafts } from "../features/intake/application-drafts.js";
import { forgetOldKeys } from "../features/intake/idempotency-queries.js";
import { countWords } from "../features/intake/suggestions.js";
import type { createDelivery } from "../features/notifications/deliver-messages.js";
import type { createSmsDelivery } from "../features/notifications/deliver-sms.js";
import type { FailForGood } from "../features/notifications/fail-for-good.js";
import { gatherWaiting } from "../features/notifications/gather.js";
import { lapseLateGathering } from "../features/notifications/lapse-late.js";
import type { MayGetReceipt } from "../features/notifications/may-get-receipt.js";
import { releaseHeld } from "../features/notifications/release-held.js";
import { warnOfClocks } from "../features/operations/warn-of-clocks.js";
import type { Accounts } from "../features/people/accounts/accounts.js";
import { warnOfCalendars } from "../features/policy/calendar/warn-of-calendars.js";
import type { createAlertJudge } from "../features/reports/alerts/judge-alerts.js";
import type { Digests } from "../features/reports/digests/create-digests.js";
import type { Rollups } from "../features/reports/rollups/create-rollups.js";
import { forgetWrongClocks } from "../platform/db/clock-queries.js";
import type { Standing } from "../platform/db/folder-place.js";
import type { JobHandlers } from "../platform/jobs/run-job.js";
import type { Work } from "./compose-work.js";

/** How long a retry with the same Idempotency-Key gets the same answer. */
const keyRetentionDays = 7;
/** So long people who come by a link that ended read that its time is over. */
const linkRetentionDays = 90;
/** How long a text that nobody goes on with is kept: it may quote what an applicant said. */
const draftRetentionDays = 30;
/** A call that nobody finished within a week is made anew. */
const callDraftDays = 7;
const dayMs = 86_400_000;

export interface HandlerParts {
  readonly caseParts: CaseParts;
  readonly setupOf: (programme: string) => Promise<Setup>;
  readonly programmes: () => Promise<readonly string[]>;
  /** Throws where there is none: nothing is sealed without it. */
  readonly sealKeys: () => KeyRing;
  readonly deliver: ReturnType<typeof createDelivery>;
  readonly deliverSms: ReturnType<typeof createSmsDelivery>;
  readonly failForGood: FailForGood;
  readonly mayGetReceipt: MayGetReceipt;
  readonly digests: Pick<Digests, "sendDue">;
  readonly rollups: Pick<Rollups, "advance">;
  readonly judgeAlerts: ReturnType<typeof createAlertJudge>;
  readonly lostCodes: Pick<LostCodes, "send">;
  readonly accounts: Pick<Accounts, "forgetExpired" | "secondFactor">;
  /** Whether SESSION_SECRET is known here. */
  readonly knowsSession: boolean;
  readonly attachments: Pick<AttachmentService, "sweep">;
  /** What the data folder is. The folder of files may be the original's still: what no row of a copy names may be its. */
  readonly standing: () => Standing;
  readonly work: Pick<Work, "tidy" | "resume">;
}

export function composeHandlers(parts: HandlerParts): JobHandlers {
  const {
    caseParts,
    setupOf,
    programmes,
    sealKeys,
    deliver,
    deliverSms,
    digests,
    rollups,
    judgeAlerts,
    accounts,
    attachments,
    work,
    lostCodes,
    knowsSession,
  } = parts;
  const { db, messages, policies } = caseParts;
  const held = {
    db,
    programmes,
    setupOf,
    messages,
    failForGood: parts.failForGood,
    mayGetReceipt: parts.mayGetReceipt,
  };
  /** What a limit held goes on by turns; one that cannot keeps nothing else here, and the run says so in the end. */
  async function afterHeld<Report>(way: ApplicantWay, now: Date, send: () => Promise<Report>): Promise<Report> {
    const failures = await releaseHeld(held, { way, now });
    const report = await send();
    if (failures.length > 0) throw failures[0];
    return report;
  }
  return {
    "enforce-deadlines": async (at) => {
      const swept = await enforceDeadlines(caseParts, { now: at });
      // What somebody leaves is enforced when it changes hands: not where that holds.
      const handed = await reassignEndedTerms(caseParts, { actor: enforcer, now: at, except: swept.held ?? [] });
      return { ...swept, ...handed };
    },
    "deliver-messages": async (at) => {
      await warnOfClocks({ db, programmes, setupOf, messages }, at);
      // Before what is due: who asked for a link waits for it.
      const asked = knowsSession ? await lostCodes.send({ now: at }) : {};
      return afterHeld("email", at, async () => ({ ...(await deliver({ now: at })), ...asked }));
    },
    "deliver-sms": (at) => afterHeld("sms", at, async () => ({ ...(await deliverSms({ now: at })) })),
    "gather-letters": async (at) => {
      await lapseLateGathering({ db, programmes, setupOf, messages }, at);
      return { ...(await gatherWaiting(caseParts, { now: at })) };
    },
    "make-call-backs": async (at) => ({
      ...(await makeCallBacks({ ...caseParts, programmes, policyOf: (programme) => policies.fresh(programme) }, at)),
    }),
    "send-digests": (at) => digests.sendDue({ now: at }),
    "sum-figures": (at) => rollups.advance({ now: at }),
    "figure-alerts": async (at) => ({ ...(await judgeAlerts({ now: at })) }),
    "seal-audit": async (at) => sealAudit(db, { keys: sealKeys(), now: at, messages }),
    "count-words": async () => ({ ...(await countWords(db, await programmes())) }),
    housekeeping: async (at) => ({
      ...(await accounts.forgetExpired({ now: at })),
      ...(knowsSession ? await accounts.secondFactor.sealAnew() : {}),
      ...(parts.standing() === "real" ? await attachments.sweep({ now: at }) : {}),
      ...(await forgetOldKeys(db, new Date(at.getTime() - keyRetentionDays * dayMs))),
      ...(await forgetOldDrafts(db, new Date(at.getTime() - draftRetentionDays * dayMs))),
      ...(await forgetOldCallDrafts(db, {
        before: new Date(at.getTime() - callDraftDays * dayMs),
        lookedBefore: new Date(at.getTime() - dayMs),
      })),
      ...(await forgetOldActs(db, new Date(at.getTime() - keyRetentionDays * dayMs))),
      ...(await sweepDrafts(db, at)),
      ...(await sweepActDrafts(db, at)),
      ...(await forgetOldLinks(db, new Date(at.getTime() - linkRetentionDays * dayMs))),
      ...(await forgetOldProofs(db, at)),
      ...(await forgetAskedLinks(db, at)),
      ...(await forgetWrongClocks(db)),
      ...(await reassignUnassignedCases(caseParts, {
        actor: { kind: "system", job: "housekeeping" },
        now: at,
        except: await programmesHeld(db),
      })),
      ...(await warnOfCalendars({ db, programmes, setupOf, messages }, at)),
      ...(await work.tidy(at)),
    }),
    "resume-work": () => work.resume(),
  };
}
