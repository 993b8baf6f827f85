/** What the events of a case say to its applicant of where it is: what ended it, and whether it is looked at again. */
import type { Case } from "../../../engine/lifecycle/case.js";
import { type CaseEvent, eventOf } from "../../../engine/lifecycle/case-event.js";
import type { FollowDetail, NoPromise } from "../../../engine/lifecycle/views/follow-view.js";
import type { StateKind } from "../../../engine/workflow/workflow-definition.js";

interface Standing {
  readonly theCase: Case;
  readonly stateKind: StateKind;
  readonly events: readonly CaseEvent[];
}

/** Whether a question stood without a reply to the end. */
function isUnanswered({ events }: Pick<Standing, "events">): boolean {
  return (
    events.filter(({ type }) => type === "applicant.asked" || type === "applicant.replied").at(-1)?.type ===
    "applicant.asked"
  );
}

/** Why no answer is awaited; `none` of what goes on. */
export function whyNone(opened: Standing): NoPromise {
  const { theCase, stateKind } = opened;
  if (stateKind !== "final") return "none";
  if (theCase.duplicateOf !== null) return "linked";
  if (theCase.rejectedAt !== null) return "rejected";
  if (theCase.withdrawnAt !== null) return theCase.withdrawnBy === null ? "withdrawn" : "withdrawnForYou";
  return theCase.resolvedAt === null && isUnanswered(opened) ? "unanswered" : "ended";
}

/** With which appeal the present cycle began. A mark that opens one is given at the same moment. */
export function appealOf({ events }: Pick<Standing, "events">): FollowDetail["appeal"] {
  const begun = events.filter(({ type }) => eventOf(type).beginsCycle).at(-1);
  if (begun?.type !== "case.appealed") return null;
  const rated = events.filter(({ type }) => type === "case.rated").at(-1);
  const isItsOwn = rated?.at.getTime() === begun.at.getTime();
  return { at: begun.at, rating: isItsOwn ? Number(rated?.data.rating) : null };
}
