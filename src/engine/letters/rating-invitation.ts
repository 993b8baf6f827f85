/** When an applicant is invited to rate an answer, and reminded of it. */

import { asksForRating, type WorkflowDefinition } from "../workflow/workflow-definition.js";
import type { MessageTemplate } from "./message-kinds.js";

/** Calendar hours: until the workflow closes the case is calendar time too. */
export const defaultRatingInvitation = { hours: 24, reminderHours: 72 };

/** As a programme sets it. */
export interface RatingInvitationPolicy {
  /** From the answer to the invitation. */
  readonly hours: number;
  /** From the invitation to the reminder; 0: there is none. */
  readonly reminderHours: number;
}

/** What a programme's settings say, and where they say nothing as we ship it. */
export const ratingInvitation = (settings: {
  readonly ratingInviteHours?: number | undefined;
  readonly ratingReminderHours?: number | undefined;
}): RatingInvitationPolicy => ({
  hours: settings.ratingInviteHours ?? defaultRatingInvitation.hours,
  reminderHours: settings.ratingReminderHours ?? defaultRatingInvitation.reminderHours,
});

/** So many hours on the wall later. */
export const hoursAfter = (moment: Date, hours: number): Date => new Date(moment.getTime() + hours * 3_600_000);

/** Whether the workflow ends the time to rate before the invitation would leave, so that no one is ever invited. */
export const endsBeforeInvitation = (workflow: WorkflowDefinition, { hours }: RatingInvitationPolicy): boolean =>
  workflow.timers.some(
    ({ state, after }) => after.unit === "calendarHours" && after.amount <= hours && asksForRating(workflow, state),
  );

/** Messages that ask for a rating, by either way: they matter as long as one can be given. */
export const ratingTemplates = [
  "applicant-rate",
  "applicant-rate-reminder",
  "sms-rate",
  "sms-rate-reminder",
] as const satisfies readonly MessageTemplate[];
