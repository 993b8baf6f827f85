import { randomBytes } from "node:crypto";
import { issueChannelKey } from "../db/channel-key-store.js";
import type { AddCommand } from "./command.js";

/** The key is printed once; only its hash is stored. */
export const addIssueKey: AddCommand = (program, { io, withServices }) => {
  program
    .command("issue-key")
    .description("Issue a key with which a channel sends applications. It is printed here and never again.")
    .argument("<channel>", "code of the channel")
    .requiredOption("--programme <code>", "the channel's programme")
    .requiredOption("--label <text>", "who will hold it")
    .action(async (channel: string, { programme, label }: { programme: string; label: string }) => {
      await withServices(async ({ services, db }) => {
        const by = { kind: "system", job: "issue-key" } as const;
        const random = { bytes: (n: number) => randomBytes(n) };
        const { key } = await issueChannelKey(db, { programme, channel, label, random, by, now: services.now() });
        io.out(key);
      });
    });
};
