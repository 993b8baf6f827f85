/** What shows that an applicant knows what the office wrote to them before: they acted on it, or it was read out to them. */

import type { CaseEventType, NewCaseEvent } from "../lifecycle/case-event.js";

/** Nobody does these who has not opened their application. */
export const applicantActs: readonly CaseEventType[] = [
  "applicant.replied",
  "case.rated",
  "case.appealed",
  "case.reopened",
  "case.withdrawn",
];

/** Who telephones is read where it is; in a call of the office the person has to be reached and the text opened. */
export function isHeard({ type, actor, data }: NewCaseEvent): boolean {
  if (type === "caller.served") return data.callBack !== true;
  if (type === "call-back.done") return data.told === true;
  return actor.kind === "applicant" && applicantActs.includes(type);
}
