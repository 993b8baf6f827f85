/** Seats: which there are, new ones, those that are no longer needed, and from whose hands into whose they go. */

import { msg } from "../../engine/text/msg.js";
import { actorAs } from "../../platform/cli/actor-as.js";
import { chooseProgramme, readMoment, type WrittenMoment } from "../../platform/cli/arguments.js";
import type { AddCommand } from "../../platform/cli/command.js";
import { tableOf, wallTime } from "../../platform/cli/table.js";

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

const columns = [
  msg("people.seatsCommand.seatColumn"),
  msg("people.seatsCommand.roleColumn"),
  msg("people.seatsCommand.placeColumn"),
  msg("people.seatsCommand.holderColumn"),
  msg("people.seatsCommand.sinceColumn"),
  msg("people.seatsCommand.untilColumn"),
  msg("people.seatsCommand.nextColumn"),
];

export const addSeats: AddCommand = (program, { io, say, withServices }) => {
  program
    .command("seats")
    .description(say(msg("people.seatsCommand.list")))
    .option("--programme <code>", say(msg("cli.options.programmeNeeded")))
    .option("--role <role>", say(msg("people.seatsCommand.role")))
    .option("--entity <code>", say(msg("people.seatsCommand.entity")))
    .option("--sector <code>", say(msg("people.seatsCommand.sector")))
    .option("--empty", say(msg("people.seatsCommand.empty")))
    .option("--as <email>", say(msg("cli.options.as")))
    .option("--json", say(msg("cli.options.json")))
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
          holder === null
            ? ""
            : holder.disabled
              ? say(msg("people.seatsCommand.disabled", { email: holder.email }))
              : holder.email,
          at(holder === null ? emptySince : holder.from),
          at(holder?.to),
          next === null ? "" : say(msg("people.seatsCommand.next", { email: next.email, from: at(next.from) })),
        ]);
        for (const line of tableOf(columns.map(say), rows)) io.out(line);
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

export const addCreateSeat: AddCommand = (program, { io, say, withServices }) => {
  program
    .command("create-seat")
    .description(say(msg("people.seatsCommand.create")))
    .requiredOption("--role <role>", say(msg("people.seatsCommand.roles")))
    .requiredOption("--title-ar <text>", say(msg("people.seatsCommand.titleAr")))
    .requiredOption("--title-en <text>", say(msg("people.seatsCommand.titleEn")))
    .option("--entity <code>", say(msg("people.seatsCommand.ofEntity")))
    .option("--sector <code>", say(msg("people.seatsCommand.ofSector")))
    .option("--code <code>", say(msg("people.seatsCommand.code")))
    .option("--programme <code>", say(msg("cli.options.programmeNeeded")))
    .option("--as <email>", say(msg("cli.options.as")))
    .action(async ({ as, programme: named, ...input }: CreateOptions) => {
      await withServices(async ({ services }) => {
        const programme = chooseProgramme(named, await services.setup.programmes());
        const by = await actorAs(services, as, "create-seat");
        const { seat } = await services.people.createSeat({ ...input, programme, by, now: services.now() });
        io.out(seat);
      });
    });
};

export const addRetireSeat: AddCommand = (program, { io, say, withServices }) => {
  program
    .command("retire-seat")
    .description(say(msg("people.seatsCommand.retire")))
    .argument("<code>", say(msg("people.seatsCommand.seat")))
    .option("--programme <code>", say(msg("cli.options.programmeNeeded")))
    .option("--as <email>", say(msg("cli.options.as")))
    .action(async (seat: string, options: Placed) => {
      await withServices(async ({ services }) => {
        const programme = chooseProgramme(options.programme, await services.setup.programmes());
        const by = await actorAs(services, options.as, "retire-seat");
        await services.people.retireSeat({ programme, seat, by, now: services.now() });
        io.out(say(msg("people.seatsCommand.retired", { seat, programme })));
      });
    });
};

interface HandOverOptions extends Placed {
  readonly seat: string;
  readonly to?: string;
  readonly at?: WrittenMoment;
  readonly reason: string;
}

export const addHandOver: AddCommand = (program, { io, say, withServices }) => {
  program
    .command("hand-over")
    .description(say(msg("people.seatsCommand.handOver")))
    .requiredOption("--seat <code>", say(msg("people.seatsCommand.seat")))
    .option("--to <email>", say(msg("people.seatsCommand.to")))
    .option("--at <time>", say(msg("people.seatsCommand.at")), readMoment)
    .requiredOption("--reason <text>", say(msg("cli.options.reasonOnCases")))
    .option("--programme <code>", say(msg("cli.options.programmeNeeded")))
    .option("--as <email>", say(msg("cli.options.as")))
    .action(async ({ seat, to, reason, ...options }: HandOverOptions) => {
      await withServices(async ({ services }) => {
        const programme = chooseProgramme(options.programme, await services.setup.programmes());
        const { timeZone } = (await services.setup.of(programme)).programme;
        const now = services.now();
        const at = options.at?.in(timeZone) ?? now;
        const by = await actorAs(services, options.as, "hand-over");
        const { cases } = await services.people.handOver({ programme, seat, at, to: to ?? null, reason, by, now });
        const place = { seat, programme };
        const later = { ...place, at: at.toISOString() };
        io.out(
          say(
            at > now
              ? to === undefined
                ? msg("people.seatsCommand.willGoBack", later)
                : msg("people.seatsCommand.willGoTo", { ...later, to })
              : to === undefined
                ? msg("people.seatsCommand.wentBack", { ...place, cases })
                : msg("people.seatsCommand.wentTo", { ...place, cases, to }),
          ),
        );
      });
    });
};
