/** What every service that works on a case is given, and what it says where there is none for the asker. */

import { isCode } from "../../engine/applicant/applicant-code.js";
import type { Case } from "../../engine/lifecycle/case.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Database } from "../../platform/db/query.js";
import type { NewMessageState } from "../../platform/mail/message-store.js";
import type { Random } from "../../platform/unguessable.js";
import type { Policies } from "../setup/policies.js";
import type { LoadedCase } from "./case-queries.js";

export interface CaseParts {
  readonly db: Database;
  readonly policies: Policies;
  readonly messages: NewMessageState;
  readonly random: Random;
}

/** Whether what somebody typed is the code that the applicant was given for this case, or for the one it was split from. */
export function verifyCode({ codeReference, codeHash }: LoadedCase, typed: string): boolean {
  return isCode(codeReference, typed, codeHash);
}

/** The same words whether it does not exist or is not for the asker's eyes. */
export function caseNotFound(): Problem {
  return new Problem("not-found", msg("cases.caseParts.thereIsNoCaseWith"));
}

/** For an official: the same words whether it does not exist or is not theirs to see. */
export function caseNotShown(): Problem {
  return new Problem("not-found", msg("cases.caseParts.caseNotFound"));
}

/** Until when an answer is due; null once it was given or is no longer owed, where none was promised, and while a question waits. */
export function answerDueAt({ clocks, cycle }: Case): Date | null {
  const clock = clocks.find((one) => one.target === "resolution" && one.cycle === cycle);
  return clock === undefined || clock.metAt !== null || clock.cancelledAt !== null ? null : clock.dueAt;
}
