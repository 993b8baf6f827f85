/** A command line over services that answer as they are told: for tests of the commands' own words and arguments. */

import { allCommands } from "../../src/app/all-commands.js";
import { runCli } from "../../src/app/run-cli.js";
import { noContacts } from "../../src/engine/measures/contact-kpi.js";
import type { CommandHost } from "../../src/platform/cli/command.js";
import type { Services } from "../../src/platform/services.js";
import { fakeServices } from "./fake-services.js";

const nothing = () => Promise.reject(new Error("not asked for in this test"));

/** Runs a command line over services that answer as told; `asked` is what they were asked. */
export async function runAsked(
  argv: string[],
  answers: Record<string, unknown> = {},
  environment: Readonly<Record<string, string>> = {},
) {
  const out: string[] = [];
  const errors: string[] = [];
  const asked: Record<string, unknown> = {};
  const answer = (name: string) => async (first: unknown, second?: unknown) => {
    asked[name] = second === undefined ? first : [first, second];
    if (!(name in answers)) return nothing();
    const value = answers[name];
    if (value instanceof Error) throw value;
    return value;
  };
  const { services: basic } = fakeServices();
  const services = {
    ...basic,
    cases: {
      ...basic.cases,
      actorOf: async ({ email }: { email: string }) => ({ kind: "user", userId: 1, name: email, seats: [] }),
      read: answer("read") as never,
      list: answer("list") as never,
      readApplicant: answer("readApplicant") as never,
      recalculateDueDates: answer("recalculateDueDates") as never,
      search: answer("search") as never,
    },
    workflows: { preview: answer("workflows.preview") as never, migrate: answer("workflows.migrate") as never },
    work: {
      replays: {
        start: answer("replays.start") as never,
        of: answer("replays.of") as never,
        one: answer("replays.one") as never,
        resume: () => undefined,
      },
    },
    people: {
      createAdministrator: answer("createAdministrator") as never,
      disable: answer("disable") as never,
      enable: answer("enable") as never,
      takeSeat: answer("takeSeat") as never,
      leaveSeat: answer("leaveSeat") as never,
      seatFaults: answer("seatFaults") as never,
      titleFaults: answer("titleFaults") as never,
      createSeat: answer("createSeat") as never,
      renameSeat: answer("renameSeat") as never,
      retireSeat: answer("retireSeat") as never,
      extendTerm: answer("extendTerm") as never,
      handOver: answer("handOver") as never,
      previewHandOver: answer("previewHandOver") as never,
      edit: answer("edit") as never,
      seats: answer("seats") as never,
      termsOf: answer("termsOf") as never,
      users: answer("users") as never,
      user: answer("user") as never,
    },
    keys: { issue: answer("issue") as never, revoke: answer("revoke") as never, list: answer("keys.list") as never },
    keyRings: { status: answer("keyRings.status") as never },
    mail: { list: answer("mail.list") as never, show: answer("mail.show") as never },
    digests: { preview: answer("digests.preview") as never, list: answer("digests.list") as never },
    digestsSent: answer("digestsSent") as never,
    reports: {
      kpi: answer("kpi") as never,
      rollups: { check: answer("rollups.check"), rebuild: answer("rollups.rebuild"), advance: nothing } as never,
      explain: answer("explain") as never,
    },
    contactCentre: { counts: async () => answers.contacts ?? noContacts } as never,
    jobs: { run: answer("jobs.run"), list: answer("jobs.list") as never },
    history: { importFile: answer("import") as never },
    audit: { seal: answer("seal") as never, verify: answer("verify") as never },
    configuration: {
      publish: answer("publish") as never,
      checkDrafts: answer("drafts") as never,
      seed: answer("seed") as never,
      diff: answer("diff") as never,
      importFrom: answer("importFrom") as never,
      draftFrom: answer("draftFrom") as never,
      exportTo: answer("export") as never,
    },
    // What no command asks for is not there.
  } as unknown as Services;
  const host: CommandHost = {
    io: { out: (line) => out.push(line), error: (line) => errors.push(line), readSecret: async () => "" },
    migrate: async () => answers.migrate as string[],
    withServices: (work) => work({ services, embedded: answers.embedded !== false }),
  };
  const code = await runCli({ argv, host, environment, commands: allCommands, debug: false });
  return { code, out: out.join("\n"), errors: errors.join("\n"), asked };
}
