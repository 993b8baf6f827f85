/** Tells the operation room in time that a calendar runs out of confirmed days: feasts are fixed by circulars that come late. */

import { civilDate } from "../../../engine/calendar/civil-days.js";
import { confirmedUntil } from "../../../engine/calendar/coverage.js";
import { dateWords } from "../../../engine/calendar/date-words.js";
import { confirmationNeeded } from "../../../engine/calendar/longest-target.js";
import type { MessageIntent } from "../../../engine/letters/message-intent.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { operationRoomAt } from "../../../engine/setup/setup-references.js";
import { msg } from "../../../engine/text/msg.js";
import type { Database } from "../../../platform/db/query.js";
import { insertMessages, type NewMessageState } from "../../../platform/mail/message-store.js";

export interface CalendarWarningParts {
  readonly db: Database;
  readonly programmes: () => Promise<readonly string[]>;
  readonly setupOf: (programme: string) => Promise<Setup>;
  readonly messages: NewMessageState;
}

function intentsFor(setup: Setup, now: Date): MessageIntent[] {
  const { programme, calendar } = setup;
  const today = civilDate(now, programme.timeZone);
  const until = confirmedUntil(calendar.definition, today);
  if (until >= confirmationNeeded(setup, now).noticed) return [];
  const { code, name } = calendar.definition;
  const message = msg("policy-calendar.warnOfCalendars.daysAreConfirmedUntilOnly", { name, until: dateWords(until) });
  return operationRoomAt(setup, now).map(({ userId, language }) => ({
    template: "operation-room-alert",
    receiver: { kind: "user", userId },
    language,
    data: { kind: "calendar-ends", message, until },
    // Once a month for the same calendar, until somebody confirms.
    key: `calendar/${programme.code}/${code}/${until}/${today.slice(0, 7)}/user/${userId}`,
  }));
}

/** Stores a warning for each member of the operation room whose calendar runs out; run again it adds nothing. */
export async function warnOfCalendars(parts: CalendarWarningParts, now: Date): Promise<{ warned: number }> {
  let warned = 0;
  for (const programme of await parts.programmes()) {
    const setup = await parts.setupOf(programme);
    warned += await insertMessages(parts.db, {
      programme,
      intents: intentsFor(setup, now),
      now,
      state: parts.messages,
    });
  }
  return { warned };
}
