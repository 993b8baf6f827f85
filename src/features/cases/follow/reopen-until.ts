/** Until when an applicant may have their own case looked at again. */
import { reopenableSince } from "../../../engine/rules/fact-catalogue.js";
import { offeredToApplicant } from "../act/offered-actions.js";
import type { Opened } from "./follow-application.js";

const dayMs = 86_400_000;

/** Null: the workflow offers it no more, or not in this state. */
export function reopenUntil(opened: Opened): Date | null {
  const endedAt = reopenableSince(opened.theCase);
  if (endedAt === null || !offeredToApplicant(opened).some(({ effects }) => effects.includes("reopen"))) return null;
  return new Date(endedAt.getTime() + opened.setup.programme.settings.reopenWindowDays * dayMs);
}
