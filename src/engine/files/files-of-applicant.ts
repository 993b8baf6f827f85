/** Which files of a case its applicant may open: what they sent, and what was sent to them. */
import type { CaseEvent } from "../lifecycle/case-event.js";
import { type Attachment, attachmentsIn } from "./attachment.js";

/** Of what was decided, in order: the files of answers, once they took effect. */
export function filesOfDecisions(events: readonly Pick<CaseEvent, "type" | "data">[]): Attachment[] {
  const shown: Attachment[] = [];
  let held: readonly Attachment[] = [];
  for (const { type, data } of events) {
    if (type === "case.answered") held = attachmentsIn(data);
    if (type !== "case.resolved") continue;
    shown.push(...held);
    held = [];
  }
  return shown;
}

/** Files of notes stay inside the office; those of an answer are shown once it took effect, as its text is. */
export const filesOfApplicant = (events: readonly CaseEvent[]): Attachment[] => shownFiles(events, true);

/** Of these what the office sent: with questions and answers. */
export const filesOfOffice = (events: readonly CaseEvent[]): Attachment[] => shownFiles(events, false);

function shownFiles(events: readonly CaseEvent[], withOwn: boolean): Attachment[] {
  const shown: Attachment[] = [];
  let held: readonly Attachment[] = [];
  for (const event of events) {
    const files = attachmentsIn(event.data);
    const own = event.actor.kind === "applicant" || event.actor.kind === "channel";
    if (own ? withOwn : event.type === "applicant.asked") shown.push(...files);
    else if (event.type === "case.answered") held = files;
    if (event.type === "case.resolved") {
      shown.push(...held);
      held = [];
    }
  }
  return shown;
}
