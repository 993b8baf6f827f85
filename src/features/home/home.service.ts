/**
 * The homes: for each of the seats that somebody holds, the numbers that this role acts on.
 *
 * Where a number bears the name of one of `diwan kpi` it is the same number. Those that lead to a list count what that list
 * shows its reader; figures of the whole programme also count confidential cases, which only their handlers can open.
 */

import { type Actor, caseReach, type HeldSeat } from "../../engine/access/permissions.js";
import { type HomeName, roleOf } from "../../engine/access/roles.js";
import type { HomeDesk, HomeView } from "../../engine/measures/home-view.js";
import { codesOf } from "../../engine/registry.js";
import type { InstructionToAcknowledge } from "../../engine/setup/instruction-views.js";
import { keepFigures } from "../reports/keep-figures.js";
import { contactDesk } from "./contact-desk.service.js";
import type { DeskAsked, DeskSetting, HomeParts } from "./home-parts.js";
import { executiveDesk, focalDesk, triageDesk } from "./office-desks.js";
import { auditorDesk, committeeDesk } from "./other-desks.service.js";
import { roomDesk } from "./room-desk.service.js";

/** How old figures of a whole branch or programme may be: they change slowly. */
const keptMs = 5 * 60_000;

type Desks = (parts: HomeParts, asked: DeskAsked, seats: readonly HeldSeat[]) => Promise<HomeDesk[]>;

/** In the order in which they are on the page. Seats of roles with this home make the desk; none, no desk. */
const desksOf: Readonly<Record<HomeName, Desks>> = {
  operation_room: async (parts, asked) => [await roomDesk(parts, asked)],
  main_focal_point: async (parts, asked, seats) => [await triageDesk(parts, asked, seats)],
  focal_point: async (parts, asked, seats) => [await focalDesk(parts, asked, seats)],
  executive: (parts, asked, seats) =>
    Promise.all(
      [...new Set(seats.flatMap(({ entity }) => (entity === null ? [] : [entity])))].map((top) =>
        executiveDesk(parts, asked, {
          top,
          roles: seats.filter(({ entity }) => entity === top).map(({ role }) => role),
        }),
      ),
    ),
  steering_committee: async (parts, asked) => [await committeeDesk(parts, asked)],
  auditor: async (parts, asked) => [await auditorDesk(parts, asked)],
  contact_centre_agent: async (parts, asked) => [await contactDesk(parts, asked)],
};

export type Home = (a: { actor: Actor; now: Date; setting?: DeskSetting }) => Promise<HomeView>;

const asItIs: DeskSetting = { narrowing: {}, rows: {} };

/** A service that answers with the home of whoever asks; without a seat it is empty. */
export function createHome(given: Omit<HomeParts, "cachedKpi">): Home {
  const parts: HomeParts = { ...given, cachedKpi: keepFigures(given.kpi, keptMs) };
  return async ({ actor, now, setting = asItIs }) => {
    const seats = actor.kind === "user" ? actor.seats : [];
    const reach = caseReach(actor);
    const desks: HomeDesk[] = [];
    const toAcknowledge: InstructionToAcknowledge[] = [];
    for (const programme of [...new Set(seats.map((seat) => seat.programme))].sort()) {
      const { setup, calendar } = await parts.policies.fresh(programme);
      toAcknowledge.push(...(await parts.instructions.waiting({ actor, programme })));
      for (const home of codesOf(desksOf)) {
        const held = seats.filter((seat) => seat.programme === programme && roleOf[seat.role].home === home);
        if (held.length > 0)
          desks.push(...(await desksOf[home](parts, { actor, reach, setup, calendar, now, setting }, held)));
      }
    }
    return { at: now.toISOString(), toAcknowledge, desks };
  };
}
