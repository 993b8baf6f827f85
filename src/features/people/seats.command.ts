/** Seats: which there are, new ones, those that are no longer needed, and from whose hands into whose they go. */

import { actorAs } from "../../platform/cli/actor-as.js";
import { chooseProgramme, readMoment, type WrittenMoment } from "../../platform/cli/arguments.js";
import type { AddCommand } from "../../platform/cli/command.js";
import { tableOf, wallTime } from "../../platform/cli/table.js";

const asWhom = ["--as <email>", "who does it (default: the user of this machine)"] as const;
const ofProgramme = ["--programme <code>", "of which programme (needed when there are several)"] as const;

interface Placed {
  readonly programme?: string;
  readonly as?: string;
}

interface ListOptions extends Placed {
  readonly role?: string;
  readonly entity?: string;
  readonly sector?: string;
  readonly empty?: boolean;
  readonly json?: boolean;
}

export const addSeats: AddCommand = (program, { io, withServices }) => {
  program
    .command("seats")
    .description("List the positions of a programme with their codes: who holds each, until when, and who is next.")
    .option(...ofProgramme)
    .option("--role <role>", "only positions of this role")
    .option("--entity <code>", "only positions of this entity")
    .option("--sector <code>", "only positions of this sector")
    .option("--empty", "only positions that nobody holds now")
    .option(...asWhom)
    .option("--json", "as JSON")
    .action(async (options: ListOptions) => {
      await withServices(async ({ services }) => {
        const programme = chooseProgramme(options.programme, await services.setup.programmes());
        const { timeZone } = (await services.setup.of(programme)).programme;
        const actor = await actorAs(services, options.as);
        const all = await services.people.seats({ actor, now: services.now() });
        const seats = all.filter(
          (seat) =>
            seat.programme === programme &&
            seat.retiredAt === null &&
            (options.role === undefined || seat.role === options.role) &&
            (options.entity === undefined || seat.entity === options.entity) &&
            (options.sector === undefined || seat.sector === options.sector) &&
            (!options.empty || seat.holder === null || seat.holder.disabled),
        );
        if (options.json) return io.out(JSON.stringify(seats, null, 2));
        const at = (moment: Date | null | undefined) => (moment ? wallTime(moment, timeZone) : "");
        const rows = seats.map(({ code, role, entity, sector, holder, next, emptySince }) => [
          code,
          role,
          entity ?? sector ?? "",
          holder === null ? "" : `${holder.email}${holder.disabled ? " (disabled)" : ""}`,
          at(holder === null ? emptySince : holder.from),
          at(holder?.to),
          next === null ? "" : `${next.email} from ${at(next.from)}`,
        ]);
        const head = ["seat", "role", "place", "holder", "since", "until", "next"];
        for (const line of tableOf(head, rows)) io.out(line);
      });
    });
};

interface CreateOptions extends Placed {
  readonly role: string;
  readonly titleAr: string;
  readonly titleEn: string;
  readonly entity?: string;
  readonly sector?: string;
  readonly code?: string;
}

export const addCreateSeat: AddCommand = (program, { io, withServices }) => {
  program
    .command("create-seat")
    .description("Create a position. Its code is made of role and entity unless one is given; it is printed.")
    .requiredOption("--role <role>", "focal_point, entity_manager, minister …")
    .requiredOption("--title-ar <text>", "what it is called in Arabic")
    .requiredOption("--title-en <text>", "what it is called in English")
    .option("--entity <code>", "the entity that it belongs to, where the role has one")
    .option("--sector <code>", "the sector of a main focal point")
    .option("--code <code>", "a code of its own")
    .option(...ofProgramme)
    .option(...asWhom)
    .action(async ({ as, programme: named, ...input }: CreateOptions) => {
      await withServices(async ({ services }) => {
        const programme = chooseProgramme(named, await services.setup.programmes());
        const by = await actorAs(services, as, "create-seat");
        const { seat } = await services.people.createSeat({ ...input, programme, by, now: services.now() });
        io.out(seat);
      });
    });
};

export const addRetireSeat: AddCommand = (program, { io, withServices }) => {
  program
    .command("retire-seat")
    .description("Retire a vacant position.")
    .argument("<code>", "code of the position; “diwan seats” lists them")
    .option(...ofProgramme)
    .option(...asWhom)
    .action(async (seat: string, options: Placed) => {
      await withServices(async ({ services }) => {
        const programme = chooseProgramme(options.programme, await services.setup.programmes());
        const by = await actorAs(services, options.as, "retire-seat");
        await services.people.retireSeat({ programme, seat, by, now: services.now() });
        io.out(`Position ${seat} of ${programme} is retired.`);
      });
    });
};

interface HandOverOptions extends Placed {
  readonly seat: string;
  readonly to?: string;
  readonly at?: WrittenMoment;
  readonly reason: string;
}

export const addHandOver: AddCommand = (program, { io, withServices }) => {
  program
    .command("hand-over")
    .description("End a term, appoint the successor and hand over the leaver's open cases.")
    .requiredOption("--seat <code>", "code of the position; “diwan seats” lists them")
    .option("--to <email>", "the successor; without one the cases go back to the entity")
    .option("--at <time>", "when (default: now); without an offset in the programme's zone", readMoment)
    .requiredOption("--reason <text>", "reason, recorded on each case")
    .option(...ofProgramme)
    .option(...asWhom)
    .action(async ({ seat, to, reason, ...options }: HandOverOptions) => {
      await withServices(async ({ services }) => {
        const programme = chooseProgramme(options.programme, await services.setup.programmes());
        const { timeZone } = (await services.setup.of(programme)).programme;
        const now = services.now();
        const at = options.at?.in(timeZone) ?? now;
        const by = await actorAs(services, options.as, "hand-over");
        const { cases } = await services.people.handOver({ programme, seat, at, to: to ?? null, reason, by, now });
        const hands = to === undefined ? "back to the entity" : `to ${to}`;
        io.out(
          at > now
            ? `${seat} of ${programme} is handed over at ${at.toISOString()}; its open cases go ${hands} then.`
            : `${seat} of ${programme} is handed over; ${cases} open cases went ${hands}.`,
        );
      });
    });
};
