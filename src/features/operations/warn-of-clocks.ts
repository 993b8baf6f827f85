/** Tells the operation rooms that the clock of an instance is wrong: by a healthy one, once a machine and day. */

import { civilDate } from "../../engine/calendar/civil-days.js";
import type { MessageIntent } from "../../engine/letters/message-intent.js";
import type { Setup } from "../../engine/setup/setup.js";
import { operationRoomAt } from "../../engine/setup/setup-references.js";
import { machineClockWords } from "../../platform/clocks-apart.js";
import { toldOfClock, unreportedClocks, type WrongClock } from "../../platform/db/clock-queries.js";
import type { Database } from "../../platform/db/query.js";
import { insertMessages, type NewMessageState } from "../../platform/mail/message-store.js";

export interface ClockWarningParts {
  readonly db: Database;
  readonly programmes: () => Promise<readonly string[]>;
  readonly setupOf: (programme: string) => Promise<Setup>;
  readonly messages: NewMessageState;
}

/** The machinery serves all programmes at once, so each of their rooms hears of it. */
function intentsFor(setup: Setup, clock: WrongClock, now: Date): MessageIntent[] {
  // A clock that goes wrong again and again is one alert a day.
  const day = civilDate(clock.since, "UTC");
  return operationRoomAt(setup, now).map(({ userId, language }) => ({
    template: "operation-room-alert",
    receiver: { kind: "user", userId },
    language,
    data: { kind: "clock-wrong", message: machineClockWords(clock) },
    key: `clock/${setup.programme.code}/${clock.host}/${day}/user/${userId}`,
  }));
}

/** Run by an instance whose own clock is right; run again it adds nothing. */
export async function warnOfClocks(parts: ClockWarningParts, now: Date): Promise<void> {
  const { db, messages: state } = parts;
  for (const clock of await unreportedClocks(db)) {
    for (const programme of await parts.programmes()) {
      const setup = await parts.setupOf(programme);
      await insertMessages(db, { programme, intents: intentsFor(setup, clock, now), now, state });
    }
    await toldOfClock(db, clock);
  }
}
