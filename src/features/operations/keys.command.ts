/** Keys with which channels send applications. */

import { actorAs } from "../../platform/cli/actor-as.js";
import { chooseProgramme, readCount } from "../../platform/cli/arguments.js";
import { type AddCommand, Refused } from "../../platform/cli/command.js";
import { tableOf, wallTime } from "../../platform/cli/table.js";
import type { KeyUse, ListedKey } from "./key-status.js";

const asWhom = ["--as <email>", "who does it (default: the user of this machine)"] as const;

/** The key is printed once; only its hash is stored. */
export const addIssueKey: AddCommand = (program, { io, withServices }) => {
  program
    .command("issue-key")
    .description("Issue a key that lets a channel send applications. It is shown only once.")
    .argument("<channel>", "code of the channel")
    .requiredOption("--programme <code>", "the channel's programme")
    .requiredOption("--label <text>", "who will hold it")
    .option(...asWhom)
    .action(async (channel: string, { programme, label, as }: { programme: string; label: string; as?: string }) => {
      await withServices(async ({ services }) => {
        const by = await actorAs(services, as, "issue-key");
        const { key } = await services.keys.issue({ programme, channel, label, by, now: services.now() });
        io.out(key);
      });
    });
};

export const addKeys: AddCommand = (program, context) => {
  const keys = program
    .command("keys")
    .description(
      "The keys with which channels send applications, and those that this system itself signs and seals with.",
    );
  addList(keys, context);
  addStatus(keys, context);
};

const addList: AddCommand = (keys, { io, withServices }) => {
  keys
    .command("list", { isDefault: true })
    .description("List the keys of a programme's channels: number, label, since when, revoked or not. Never the key.")
    .option("--programme <code>", "of which programme (needed when there are several)")
    .option(...asWhom)
    .option("--json", "as JSON")
    .action(async (options: { programme?: string; as?: string; json?: boolean }) => {
      await withServices(async ({ services }) => {
        const programme = chooseProgramme(options.programme, await services.setup.programmes());
        const keys = await services.keys.list({ programme, actor: await actorAs(services, options.as) });
        if (options.json) return io.out(JSON.stringify(keys, null, 2));
        const at = (moment: Date | null) => (moment === null ? "" : wallTime(moment, "UTC"));
        const rows = keys.map((key) => [key.id, key.channel, key.label, at(key.createdAt), at(key.revokedAt)]);
        for (const line of tableOf(["id", "channel", "label", "issued (UTC)", "revoked (UTC)"], rows)) io.out(line);
      });
    });
};

const things: Readonly<Record<KeyUse["what"], string>> = {
  seals: "seals",
  "second-factors": "second factors",
  links: "open links",
  cookies: "cookies of sessions and of followed cases",
};

const useOf = ({ what, count, until }: KeyUse): string => {
  const counted = count === null ? things[what] : `${count} ${things[what]}`;
  return until === null ? counted : `${counted} (until ${wallTime(until, "UTC")} UTC)`;
};

const needOf = ({ state, uses }: ListedKey): string => {
  const told = uses.map(useOf).join(", ");
  if (state === "writes") return told === "" ? "what is made from now on" : `what is made from now on, ${told}`;
  return told === "" ? "not needed any more: can be removed" : told;
};

/** Ends with 1 while a key is missing. */
const addStatus: AddCommand = (keys, { io, withServices }) => {
  keys
    .command("status")
    .description(
      "Which keys of SESSION_SECRET and SEAL_KEY are here, what each is still needed for, and which are missing.",
    )
    .option("--json", "as JSON")
    .action(async ({ json }: { json?: boolean }) => {
      await withServices(async ({ services }) => {
        const listed = await services.keyRings.status({ now: services.now(), everySeal: true });
        if (json) io.out(JSON.stringify(listed, null, 2));
        else {
          const rows = listed.map((key) => [
            key.variable,
            key.id ?? (key.fingerprint === null ? "not known" : "without id"),
            key.fingerprint ?? "",
            key.state,
            needOf(key),
          ]);
          for (const line of tableOf(["variable", "id", "fingerprint", "here", "needed for"], rows)) io.out(line);
        }
        if (listed.some(({ state }) => state === "missing")) throw new Refused();
      });
    });
};

export const addRevokeKey: AddCommand = (program, { io, withServices }) => {
  program
    .command("revoke-key")
    .description("Revoke a channel's key, immediately and on every server. “diwan keys” lists the numbers.")
    .argument("<id>", "number of the key", readCount(2_147_483_647))
    .option(...asWhom)
    .action(async (id: number, { as }: { as?: string }) => {
      await withServices(async ({ services }) => {
        await services.keys.revoke({ id, by: await actorAs(services, as, "revoke-key"), now: services.now() });
        io.out(`The key ${id} opens nothing any more.`);
      });
    });
};
