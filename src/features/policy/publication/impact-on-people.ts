/** Seats, and who hears of delays, as a change-set would leave them. */

import type { Setup } from "../../../engine/setup/setup.js";
import { climb, incumbent } from "../../../engine/setup/setup-references.js";
import { msg } from "../../../engine/text/msg.js";
import { quoted } from "../../../engine/text/text.js";
import { listAddress } from "../../setup/office-addresses.js";
import { error, type Finding, type ImpactInput, nameIn } from "./impact-input.js";

/** Seats and people that an edit names and that are not there. */
export function missingSeats({ before, after, steps, seatCodes, now }: ImpactInput): Finding[] {
  const codes = new Map(before.seats.map((seat) => [seat.code ?? "", seat]));
  const afterwards = new Map(after.seats.map((seat) => [seat.code ?? "", seat]));
  return steps.seats.flatMap((step): Finding[] => {
    const there = codes.get(step.code);
    if (step.create !== undefined && (there !== undefined || seatCodes.has(step.code)))
      return [error(msg("policy-publication.impactOnPeople.thereIsASeatAlready", { code: step.code }))];
    if (step.create === undefined && there === undefined)
      return [error(msg("policy-publication.impactOnPeople.thereIsNoSeat", { code: step.code }))];
    // A seat by its title: codes of seats are made by the system.
    const { titleEn, titleAr } = step.create ?? {};
    const title = quoted(there?.title ?? { en: titleEn ?? step.code, ar: titleAr ?? step.code });
    const place = step.place?.entity ?? step.create?.entity ?? null;
    const gone = place !== null && after.entities.get(place)?.retired !== false;
    const wrong = gone
      ? [
          error(
            msg("policy-publication.impactOnPeople.theSeatWouldBelongTo", {
              title,
              after: nameIn(after, "entities", place),
            }),
          ),
        ]
      : [];
    const seat = afterwards.get(step.code);
    const later = there?.holders.some(({ from }) => from > now) === true && (step.retire || step.hold !== undefined);
    if (later) wrong.push(error(msg("policy-publication.impactOnPeople.somebodyWillSitOnThe", { title })));
    if (
      step.hold === undefined ||
      (seat !== undefined && incumbent(seat, now)?.email === step.hold.trim().toLowerCase())
    )
      return wrong;
    return [...wrong, error(msg("policy-publication.impactOnPeople.nobodyCanSitOnThe", { title, hold: step.hold }))];
  });
}

/** Levels of the ladder with who hears there, an entity. */
function chainOf(setup: Setup, entity: string, now: Date): string {
  const levels = setup.programme.settings.ladder.map(({ level }) => level);
  return levels
    .map((level) => {
      const { receivers } = climb(setup, entity, level, now);
      return `${level}: ${receivers.map(({ name }) => name).join(", ") || "–"}`;
    })
    .join("; ");
}

const maxChains = 30;

/** Whose delays somebody else hears of from then on. */
export function chains({ before, after, now }: ImpactInput): Finding[] {
  const changed = [...after.entities.values()].filter(
    ({ code, retired: out }) =>
      !out && before.entities.has(code) && chainOf(before, code, now) !== chainOf(after, code, now),
  );
  const told = changed.slice(0, maxChains).map(({ code }): Finding => {
    const name = nameIn(after, "entities", code);
    const [was, is] = [chainOf(before, code, now), chainOf(after, code, now)];
    return {
      severity: "info",
      link: null,
      words: msg("policy-publication.impactOnPeople.delaysAtAreToldTo", { name, was, is }),
    };
  });
  const more = changed.length - told.length;
  if (more <= 0) return told;
  const words = msg("policy-publication.impactOnPeople.theChainOfMoreEntities", { more });
  return [...told, { severity: "info", words, link: null }];
}

/** Who has no seat any more. */
export function seatsLost({ before, after, now }: ImpactInput): Finding[] {
  const left = new Map(after.seats.map((seat) => [seat.code ?? "", seat]));
  return before.seats.flatMap((seat): Finding[] => {
    const holder = incumbent(seat, now);
    if (holder === null) return [];
    const then = left.get(seat.code ?? "");
    if (then !== undefined && incumbent(then, now)?.userId === holder.userId) return [];
    const title = quoted(seat.title);
    return [
      {
        severity: "info",
        link: listAddress("seats", { programme: before.programme.code }),
        words: msg("policy-publication.impactOnPeople.leavesTheSeat", { name: holder.name, title }),
      },
    ];
  });
}
