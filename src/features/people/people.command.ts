/** Accounts and the seats that people hold from one moment to another. */

import { actorAs } from "../../platform/cli/actor-as.js";
import { chooseProgramme, readMoment, type WrittenMoment } from "../../platform/cli/arguments.js";
import type { AddCommand } from "../../platform/cli/command.js";
import type { Services } from "../../platform/services.js";

const asWhom = ["--as <email>", "who does it (default: the user of this machine)"] as const;
const ofProgramme = ["--programme <code>", "of which programme (needed when there are several)"] as const;

export const addDisableUser: AddCommand = (program, { io, withServices }) => {
  program
    .command("disable-user")
    .description("Disable an account immediately: the person can no longer sign in, act or receive email.")
    .argument("<email>", "email address of the account")
    .option(...asWhom)
    .action(async (email: string, { as }: { as?: string }) => {
      await withServices(async ({ services }) => {
        const by = await actorAs(services, as, "disable-user");
        await services.people.disable({ email, by, now: services.now() });
        io.out(`${email} is disabled.`);
      });
    });
};

export const addEnableUser: AddCommand = (program, { io, withServices }) => {
  program
    .command("enable-user")
    .description("Enable a disabled account again, with the positions it still holds.")
    .argument("<email>", "email address of the account")
    .option(...asWhom)
    .action(async (email: string, { as }: { as?: string }) => {
      await withServices(async ({ services }) => {
        const by = await actorAs(services, as, "enable-user");
        await services.people.enable({ email, by, now: services.now() });
        io.out(`${email} is enabled.`);
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

export const addTakeSeat: AddCommand = (program, { io, withServices }) => {
  program
    .command("take-seat")
    .description(
      "Appoint someone to a position from a given day. A position has one holder: end the current term first.",
    )
    .requiredOption("--seat <code>", "code of the position")
    .requiredOption("--user <email>", "email address of the account")
    .requiredOption("--from <time>", "first day, or moment; without an offset in the programme's zone", readMoment)
    .option("--to <time>", "the day after the last, or the moment; left out while nobody knows", readMoment)
    .option(...ofProgramme)
    .option(...asWhom)
    .action(async (options: TakeOptions) => {
      await withServices(async ({ services }) => {
        const { seat, user: email } = options;
        const { programme, zone } = await placeOf(services, options.programme);
        const [from, to] = [options.from.in(zone), options.to?.in(zone) ?? null];
        const by = await actorAs(services, options.as, "take-seat");
        await services.people.takeSeat({ programme, seat, email, from, to, by, now: services.now() });
        const end = to === null ? "on" : `to ${to.toISOString()}`;
        io.out(`${email} holds ${seat} of ${programme} from ${from.toISOString()} ${end}.`);
      });
    });
};

interface LeaveOptions {
  readonly seat: string;
  readonly at: WrittenMoment;
  readonly programme?: string;
  readonly as?: string;
}

export const addLeaveSeat: AddCommand = (program, { io, withServices }) => {
  program
    .command("leave-seat")
    .description("End the term of the person who holds a position. The position is vacant from then on.")
    .requiredOption("--seat <code>", "code of the position")
    .requiredOption(
      "--at <time>",
      "first day, or moment, without; without an offset in the programme's zone",
      readMoment,
    )
    .option(...ofProgramme)
    .option(...asWhom)
    .action(async (options: LeaveOptions) => {
      await withServices(async ({ services }) => {
        const { seat } = options;
        const { programme, zone } = await placeOf(services, options.programme);
        const at = options.at.in(zone);
        const by = await actorAs(services, options.as, "leave-seat");
        await services.people.leaveSeat({ programme, seat, at, by, now: services.now() });
        io.out(`${seat} of ${programme} is free from ${at.toISOString()}.`);
      });
    });
};
