/** Of those who share a case's work one hears of it: the letters that the others are spared. */

import type { RoleCode } from "../access/roles.js";
import type { SeatHolder, Setup } from "../setup/setup.js";
import { seatHoldersAt } from "../setup/setup-references.js";
import { whoGetLetters } from "./choose-delivery.js";
import { nextFocalPointHours } from "./letter-ways.js";
import type { MessageIntent } from "./message-intent.js";
import { inTurn, turnOfWeek } from "./on-duty.js";
import type { Telling } from "./telling.js";

/**
 * Who hears of it at once, and who next if nobody takes it. All focal points hear of it at once where the programme wants that, and where the
 * entity has one alone or none.
 */
export function firstAndNext(
  { theCase, setup, now }: Telling,
  others: readonly SeatHolder[],
): { readonly first: readonly SeatHolder[]; readonly next: SeatHolder | null; readonly afterHours: number } {
  const afterHours = nextFocalPointHours(setup);
  if (afterHours === 0 || others.length < 2) return { first: others, next: null, afterHours };
  // People who want no letters are passed over: a case is not left to somebody who hears of none.
  const turn = whoGetLetters(inTurn(theCase, others, setup, now), theCase, setup, now);
  return { first: turn.slice(0, 1), next: turn[1] ?? null, afterHours };
}

/** Of one event somebody gets one letter, whatever positions they hold: the one that a rule marked, else the first. */
export function oncePerson(intents: readonly MessageIntent[]): MessageIntent[] {
  const kept = new Map<string, MessageIntent>();
  for (const intent of intents) {
    const { receiver, key, mandatory } = intent;
    const who = receiver.kind === "user" ? `user/${receiver.userId}` : key;
    const before = kept.get(who);
    if (before === undefined || (mandatory === true && before.mandatory !== true)) kept.set(who, intent);
  }
  return [...kept.values()];
}

/** Kinds that are for somebody by name, or for all who may have to act against the one who has the case. */
const isForThem = ({ template, data }: MessageIntent): boolean =>
  template === "official-mentioned" || template === "official-given" || data.kind === "appealed";

const withRole = (setup: Setup, role: RoleCode, entity: string | null, now: Date): SeatHolder[] =>
  seatHoldersAt(setup, (seat) => seat.role === role && (entity === null || seat.entity === entity), now);

/**
 * Who need not be written to, since somebody else of those who share the work is. Of focal points the one who took the case, else the one on duty;
 * of the operation room one in turn, and none where the main focal point hears of a case that waits to be placed and that no rule escalates.
 */
function spared(told: ReadonlySet<number>, { theCase, setup, now }: Telling, escalates: boolean): ReadonlySet<number> {
  const { entity, assignee } = theCase;
  const among = (people: readonly SeatHolder[]) =>
    whoGetLetters(
      people.filter(({ userId }) => told.has(userId)),
      theCase,
      setup,
      now,
    );
  const focalPoints = entity === null ? [] : among(withRole(setup, "focal_point", entity, now));
  const first = focalPoints.some(({ userId }) => userId === assignee)
    ? assignee
    : inTurn(theCase, focalPoints, setup, now)[0]?.userId;
  const room = among(withRole(setup, "operation_room", null, now));
  const placed = entity === null && !escalates && among(withRole(setup, "main_focal_point", null, now)).length > 0;
  const ofRoom = placed ? undefined : room[turnOfWeek(room.length, setup, now)]?.userId;
  return new Set([
    ...focalPoints.map(({ userId }) => userId).filter((userId) => userId !== first),
    ...room.map(({ userId }) => userId).filter((userId) => userId !== ofRoom && userId !== first),
  ]);
}

/**
 * Where the programme lets the next one wait, one of those who share a case's work hears of what happens to it, not all of them. What a rule marked, what is for
 * somebody by name, what waits for its turn and alerts reach everybody whom they name.
 */
export function onDutyAlone(intents: readonly MessageIntent[], telling: Telling): readonly MessageIntent[] {
  const isShared = (intent: MessageIntent): boolean =>
    // Nobody is above a case that waits to be placed: the room is written to in the place of those whom the rule means.
    (intent.mandatory !== true || telling.theCase.entity === null) &&
    intent.afterHours === undefined &&
    intent.template !== "operation-room-alert" &&
    !isForThem(intent);
  const shared = intents.flatMap((intent) =>
    intent.receiver.kind === "user" && isShared(intent) ? [intent.receiver.userId] : [],
  );
  if (nextFocalPointHours(telling.setup) === 0 || shared.length < 2) return intents;
  const escalates = intents.some(({ mandatory }) => mandatory === true);
  const others = spared(new Set(shared), telling, escalates);
  return intents.filter(
    (intent) => intent.receiver.kind !== "user" || !isShared(intent) || !others.has(intent.receiver.userId),
  );
}
