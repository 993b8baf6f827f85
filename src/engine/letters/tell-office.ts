/**
 * Who in the office hears that somebody waits for it again: the applicant replied, added something, reopened the case or gave
 * a low rating. It is the official who took the case, else the focal points of its entity; what the applicant wrote stays in
 * the case.
 */
import { attachmentsIn } from "../files/attachment.js";
import type { SeatHolder } from "../setup/setup.js";
import { climb, receiversOf } from "../setup/setup-references.js";
import { whoGetLetters } from "./choose-delivery.js";
import { nextFocalPointHours } from "./letter-ways.js";
import { lowRatingMost } from "./low-rating.js";
import type { MessageIntent } from "./message-intent.js";
import { inTurn } from "./on-duty.js";
import {
  aboutCase,
  alertOfEmptySeats,
  type Data,
  dueOf,
  type Numbered,
  type Teller,
  type Telling,
  toOfficials,
} from "./telling.js";

type Told = ReturnType<typeof receiversOf>;

/** In triage it is the official who has to place it. */
function whoHasIt({ theCase, setup, now }: Telling): Told {
  const reference = theCase.entity === null && theCase.assignee === null ? "sector.mainFocalPoint" : "assignee";
  return receiversOf(reference, theCase, setup, now);
}

/** Of those who may take an appeal the one on duty, where the programme lets the next one wait; else all. */
function oneOfOthers({ theCase, setup, now }: Telling, focalPoints: readonly SeatHolder[]): SeatHolder[] {
  const others = focalPoints.filter(({ userId }) => userId !== theCase.answeredBy && userId !== theCase.assignee);
  if (nextFocalPointHours(setup) === 0) return [...focalPoints];
  return inTurn(theCase, whoGetLetters(others, theCase, setup, now), setup, now).slice(0, 1);
}

/**
 * An appeal is against the official who has the case, and who may not take it: the other focal points hear of it too, and
 * where the entity has none, the level above.
 */
function whoHearsAppeals(telling: Telling): Told {
  const { theCase, setup, now } = telling;
  const ofEntity = receiversOf("entity.focalPoints", theCase, setup, now);
  const found = [whoHasIt(telling), { ...ofEntity, receivers: oneOfOthers(telling, ofEntity.receivers) }];
  const anyoneElse = found.some(({ receivers }) => receivers.some(({ userId }) => userId !== theCase.answeredBy));
  if (!anyoneElse && theCase.entity !== null) found.push(climb(setup, theCase.entity, 1, now));
  const people = new Map(found.flatMap(({ receivers }) => receivers).map((one) => [one.userId, one]));
  const empty = new Map(found.flatMap((one) => one.empty).map((one) => [one.level, one]));
  return { receivers: [...people.values()], empty: [...empty.values()] };
}

const byHand = ({ actor }: Numbered, { userId }: SeatHolder): boolean =>
  actor.kind === "user" && actor.userId === userId;

/** @param open what a letter about a confidential case leaves out */
function heard(event: Numbered, telling: Telling, told: Told, kind: string, open: Data = {}): MessageIntent[] {
  const { theCase } = telling;
  const files = attachmentsIn(event.data).length;
  const data = aboutCase(
    theCase,
    { ...open, ...(files > 0 && { files }) },
    { kind, dueAt: dueOf(theCase, "resolution") },
  );
  const others = told.receivers.filter((holder) => !byHand(event, holder));
  const empty = told.empty.map(({ level, seat }) => ({ level, title: seat === null ? null : { ...seat.title } }));
  return [...toOfficials(event, theCase, "official-news", others, data), ...alertOfEmptySeats(event, telling, empty)];
}

/** A reply to a question, or what the applicant adds of themselves. */
export const replied: Teller = (event, telling) => {
  const { from } = event.data;
  const asked = typeof from === "string" && telling.workflow.states[from]?.kind === "waiting";
  return heard(event, telling, whoHasIt(telling), asked ? "replied" : "added");
};

/** By the applicant, or by an official whom they asked to. */
export const reopened: Teller = (event, telling) => {
  const by = event.actor.kind === "user" ? event.actor.name : null;
  return heard(event, telling, whoHasIt(telling), by === null ? "reopened" : "reopenedFor", by === null ? {} : { by });
};

/** Of one that opens an appeal the letter about the appeal says it. */
export const rated: Teller = (event, telling) => {
  const rating = Number(event.data.rating);
  const { happened, setup } = telling;
  if (happened.has("case.appealed") || rating > lowRatingMost(setup.programme.settings)) return [];
  return heard(event, telling, whoHasIt(telling), "rated", { rating });
};

/** An appeal that came with a rating says which. */
export const appealed: Teller = (event, telling) => {
  const { theCase, happened } = telling;
  const rating = happened.has("case.rated") ? theCase.rating : null;
  return heard(event, telling, whoHearsAppeals(telling), "appealed", rating === null ? {} : { rating });
};
