/** Keys with which channels send applications. */
import { actorAs } from "./actor-as.js";
import { chooseProgramme, readCount } from "./arguments.js";
import type { AddCommand } from "./command.js";
import { tableOf } from "./table.js";

const asWhom = ["--as <email>", "who does it (default: whoever works at this machine)"] as const;

/** The key is printed once; only its hash is stored. */
export const addIssueKey: AddCommand = (program, { io, withServices }) => {
  program
    .command("issue-key")
    .description("Issue a key with which a channel sends applications. It is printed here and never again.")
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

export const addKeys: AddCommand = (program, { io, withServices }) => {
  program
    .command("keys")
    .description("List the keys of a programme's channels: number, label, since when, revoked or not. Never the key.")
    .option("--programme <code>", "of which programme (needed when there are several)")
    .option(...asWhom)
    .option("--json", "as JSON")
    .action(async (options: { programme?: string; as?: string; json?: boolean }) => {
      await withServices(async ({ services }) => {
        const programme = chooseProgramme(options.programme, await services.setup.programmes());
        const keys = await services.keys.list({ programme, actor: await actorAs(services, options.as) });
        if (options.json) return io.out(JSON.stringify(keys, null, 2));
        const at = (moment: Date | null) => moment?.toISOString().slice(0, 16).replace("T", " ") ?? "";
        const rows = keys.map((key) => [key.id, key.channel, key.label, at(key.createdAt), at(key.revokedAt)]);
        for (const line of tableOf(["id", "channel", "label", "issued (UTC)", "revoked (UTC)"], rows)) io.out(line);
      });
    });
};

export const addRevokeKey: AddCommand = (program, { io, withServices }) => {
  program
    .command("revoke-key")
    .description("Take a channel's key out of use, at once and in every instance. “diwan keys” numbers them.")
    .argument("<id>", "number of the key", readCount(2_147_483_647))
    .option(...asWhom)
    .action(async (id: number, { as }: { as?: string }) => {
      await withServices(async ({ services }) => {
        await services.keys.revoke({ id, by: await actorAs(services, as, "revoke-key"), now: services.now() });
        io.out(`The key ${id} opens nothing any more.`);
      });
    });
};
