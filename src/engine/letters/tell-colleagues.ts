/** Who hears of what officials do among themselves: a note that names them, a case given to them, a reminder; and of a split. */
import {
  aboutCase,
  alertOfEmptySeats,
  dueOf,
  emptySeatsOf,
  holdersByNumber,
  type Numbered,
  type Teller,
  toApplicant,
  toOfficials,
  wording,
} from "./telling.js";

/** Who did it, by name; the system has none. */
const actorName = ({ actor }: Numbered): string | null => (actor.kind === "user" ? actor.name : null);

/** Each colleague whom a note names. Of a confidential case neither the note nor its writer is told, only which it is. */
export const mentioned: Teller = (event, { theCase, setup }) =>
  toOfficials(
    event,
    theCase,
    "official-mentioned",
    holdersByNumber(setup, event.data.mentions),
    aboutCase(
      theCase,
      { by: actorName(event), note: wording(event.data.note) },
      { dueAt: dueOf(theCase, "resolution") },
    ),
  );

/** The colleague who has the case now. */
export const given: Teller = (event, { theCase, setup }) =>
  toOfficials(
    event,
    theCase,
    "official-given",
    holdersByNumber(setup, [event.data.colleague]),
    aboutCase(
      theCase,
      { by: actorName(event), note: wording(event.data.reason) },
      { dueAt: dueOf(theCase, "resolution") },
    ),
  );

/** The focal points of the entity; where there are none, whoever is told in their place, and the operation room of the seat. */
export const reminded: Teller = (event, telling) => {
  const { theCase, setup } = telling;
  const data = aboutCase(
    theCase,
    { by: actorName(event), note: wording(event.data.note) },
    { dueAt: dueOf(theCase, "resolution") },
  );
  return [
    ...toOfficials(event, theCase, "official-reminder", holdersByNumber(setup, event.data.receivers), data),
    ...alertOfEmptySeats(event, telling, emptySeatsOf(setup, event.data.emptySeats)),
  ];
};

/** The applicant, of a second matter that goes on under a reference of its own: both, and until when. */
export const splitOff: Teller = (event, telling) =>
  toApplicant(
    event,
    telling,
    "applicant-split",
    {},
    { splitFrom: event.data.splitFrom, dueAt: dueOf(telling.theCase, "resolution") },
  );
