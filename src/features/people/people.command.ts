/** Accounts and the seats that people hold from one moment to another. */

import { msg } from "../../engine/text/msg.js";
import { actorAs } from "../../platform/cli/actor-as.js";
import { chooseProgramme, readMoment, type WrittenMoment } from "../../platform/cli/arguments.js";
import type { AddCommand } from "../../platform/cli/command.js";
import type { Services } from "../../platform/services.js";

export const addDisableUser: AddCommand = (program, { io, say, withServices }) => {
  program
    .command("disable-user")
    .description(say(msg("people.peopleCommand.disable")))
    .argument("<email>", say(msg("people.peopleCommand.email")))
    .option("--as <email>", say(msg("cli.options.as")))
    .action(async (email: string, { as }: { as?: string }) => {
      await withServices(async ({ services }) => {
        const by = await actorAs(services, as, "disable-user");
        await services.people.disable({ email, by, now: services.now() });
        io.out(say(msg("people.peopleCommand.disabled", { email })));
      });
    });
};

export const addEnableUser: AddCommand = (program, { io, say, withServices }) => {
  program
    .command("enable-user")
    .description(say(msg("people.peopleCommand.enable")))
    .argument("<email>", say(msg("people.peopleCommand.email")))
    .option("--as <email>", say(msg("cli.options.as")))
    .action(async (email: string, { as }: { as?: string }) => {
      await withServices(async ({ services }) => {
        const by = await actorAs(services, as, "enable-user");
        await services.people.enable({ email, by, now: services.now() });
        io.out(say(msg("people.peopleCommand.enabled", { email })));
      });
    });
};

/** The programme that is meant, and its time zone, in which days begin. */
async function placeOf(services: Services, named: string | undefined): Promise<{ programme: string; zone: string }> {
  const programme = chooseProgramme(named, await services.setup.programmes());
  return { programme, zone: (await services.setup.of(programme)).programme.timeZone };
}

interface TakeOptions {
  readonly seat: string;
  readonly user: string;
  readonly from: WrittenMoment;
  readonly to?: WrittenMoment;
  readonly programme?: string;
  readonly as?: string;
}

export const addTakeSeat: AddCommand = (program, { io, say, withServices }) => {
  program
    .command("take-seat")
    .description(say(msg("people.peopleCommand.takeSeat")))
    .requiredOption("--seat <code>", say(msg("people.peopleCommand.seat")))
    .requiredOption("--user <email>", say(msg("people.peopleCommand.email")))
    .requiredOption("--from <time>", say(msg("people.peopleCommand.from")), readMoment)
    .option("--to <time>", say(msg("people.peopleCommand.to")), readMoment)
    .option("--programme <code>", say(msg("cli.options.programmeNeeded")))
    .option("--as <email>", say(msg("cli.options.as")))
    .action(async (options: TakeOptions) => {
      await withServices(async ({ services }) => {
        const { seat, user: email } = options;
        const { programme, zone } = await placeOf(services, options.programme);
        const [from, to] = [options.from.in(zone), options.to?.in(zone) ?? null];
        const by = await actorAs(services, options.as, "take-seat");
        await services.people.takeSeat({ programme, seat, email, from, to, by, now: services.now() });
        const term = { email, seat, programme, from: from.toISOString() };
        io.out(
          say(
            to === null
              ? msg("people.peopleCommand.holdsFrom", term)
              : msg("people.peopleCommand.holdsFromTo", { ...term, to: to.toISOString() }),
          ),
        );
      });
    });
};

interface LeaveOptions {
  readonly seat: string;
  readonly at: WrittenMoment;
  readonly programme?: string;
  readonly as?: string;
}

export const addLeaveSeat: AddCommand = (program, { io, say, withServices }) => {
  program
    .command("leave-seat")
    .description(say(msg("people.peopleCommand.leaveSeat")))
    .requiredOption("--seat <code>", say(msg("people.peopleCommand.seat")))
    .requiredOption("--at <time>", say(msg("people.peopleCommand.at")), readMoment)
    .option("--programme <code>", say(msg("cli.options.programmeNeeded")))
    .option("--as <email>", say(msg("cli.options.as")))
    .action(async (options: LeaveOptions) => {
      await withServices(async ({ services }) => {
        const { seat } = options;
        const { programme, zone } = await placeOf(services, options.programme);
        const at = options.at.in(zone);
        const by = await actorAs(services, options.as, "leave-seat");
        await services.people.leaveSeat({ programme, seat, at, by, now: services.now() });
        io.out(say(msg("people.peopleCommand.vacant", { seat, programme, at: at.toISOString() })));
      });
    });
};
