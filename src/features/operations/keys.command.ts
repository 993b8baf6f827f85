/** Keys of channels, with which they send applications or read figures. */

import { Option } from "commander";

import { type KeyPurpose, keyPurposeCodes, keyPurposeNames } from "../../engine/access/key-purposes.js";
import { msg } from "../../engine/text/msg.js";
import { type Bilingual, listed } from "../../engine/text/text.js";
import { actorAs } from "../../platform/cli/actor-as.js";
import { chooseProgramme, readCount } from "../../platform/cli/arguments.js";
import { type AddCommand, Refused } from "../../platform/cli/command.js";
import { tableOf, wallTime } from "../../platform/cli/table.js";
import type { KeyUse, ListedKey } from "./key-status.js";

interface IssueOptions {
  readonly programme: string;
  readonly label: string;
  readonly for: KeyPurpose;
  readonly as?: string;
}

/** The key is printed once; only its hash is stored. */
export const addIssueKey: AddCommand = (program, { io, say, withServices }) => {
  program
    .command("issue-key")
    .description(say(msg("operations.keysCommand.issue")))
    .argument("<channel>", say(msg("operations.keysCommand.channel")))
    .requiredOption("--programme <code>", say(msg("operations.keysCommand.programme")))
    .requiredOption("--label <text>", say(msg("operations.keysCommand.label")))
    .addOption(
      new Option("--for <purpose>", say(msg("operations.keysCommand.purpose")))
        .choices(keyPurposeCodes)
        .default("applications"),
    )
    .option("--as <email>", say(msg("cli.options.as")))
    .action(async (channel: string, options: IssueOptions) => {
      const { programme, label, as, for: purpose } = options;
      await withServices(async ({ services }) => {
        const by = await actorAs(services, as, "issue-key");
        const { key } = await services.keys.issue({ programme, channel, label, purpose, by, now: services.now() });
        io.out(key);
      });
    });
};

export const addKeys: AddCommand = (program, context) => {
  const keys = program.command("keys").description(context.say(msg("operations.keysCommand.description")));
  addList(keys, context);
  addStatus(keys, context);
};

const channelKeyColumns = [
  msg("operations.keysCommand.channelColumn"),
  msg("operations.keysCommand.labelColumn"),
  msg("operations.keysCommand.purposeColumn"),
  msg("operations.keysCommand.issuedColumn"),
  msg("operations.keysCommand.revokedColumn"),
];

const addList: AddCommand = (keys, { io, say, withServices }) => {
  keys
    .command("list", { isDefault: true })
    .description(say(msg("operations.keysCommand.list")))
    .option("--programme <code>", say(msg("cli.options.programmeNeeded")))
    .option("--as <email>", say(msg("cli.options.as")))
    .option("--json", say(msg("cli.options.json")))
    .action(async (options: { programme?: string; as?: string; json?: boolean }) => {
      await withServices(async ({ services }) => {
        const programme = chooseProgramme(options.programme, await services.setup.programmes());
        const keys = await services.keys.list({ programme, actor: await actorAs(services, options.as) });
        if (options.json) return io.out(JSON.stringify(keys, null, 2));
        const at = (moment: Date | null) => (moment === null ? "" : wallTime(moment, "UTC"));
        const rows = keys.map((key) => [
          ...[key.id, key.channel, key.label, say(keyPurposeNames[key.purpose])],
          ...[at(key.createdAt), at(key.revokedAt)],
        ]);
        for (const line of tableOf(["id", ...channelKeyColumns.map(say)], rows)) io.out(line);
      });
    });
};

const things: Readonly<Record<KeyUse["what"], Bilingual>> = {
  seals: msg("operations.keysCommand.seals"),
  "second-factors": msg("operations.keysCommand.secondFactors"),
  links: msg("operations.keysCommand.links"),
  cookies: msg("operations.keysCommand.cookies"),
};

const useOf = ({ what, count, until }: KeyUse): Bilingual => {
  const counted =
    count === null ? things[what] : msg("operations.keysCommand.counted", { what: things[what], n: count });
  return until === null
    ? counted
    : msg("operations.keysCommand.until", { what: counted, until: `${wallTime(until, "UTC")} UTC` });
};

const needOf = ({ state, uses }: ListedKey): Bilingual => {
  const told = uses.map(useOf);
  if (state === "writes") return listed([msg("operations.keysCommand.fromNowOn"), ...told]);
  return told.length === 0 ? msg("operations.keysCommand.notNeeded") : listed(told);
};

const keyStates: Readonly<Record<ListedKey["state"], Bilingual>> = {
  writes: msg("operations.keysCommand.writes"),
  reads: msg("operations.keysCommand.reads"),
  missing: msg("operations.keysCommand.missing"),
};

const keyColumns = [
  msg("operations.keysCommand.variable"),
  msg("operations.keysCommand.id"),
  msg("operations.keysCommand.fingerprint"),
  msg("operations.keysCommand.here"),
  msg("operations.keysCommand.neededFor"),
];

/** Ends with 1 while a key is missing. */
const addStatus: AddCommand = (keys, { io, say, withServices }) => {
  keys
    .command("status")
    .description(say(msg("operations.keysCommand.status")))
    .option("--json", say(msg("cli.options.json")))
    .action(async ({ json }: { json?: boolean }) => {
      await withServices(async ({ services }) => {
        const listed = await services.keyRings.status({ now: services.now(), everySeal: true });
        if (json) io.out(JSON.stringify(listed, null, 2));
        else {
          const rows = listed.map((key) => [
            key.variable,
            key.id ??
              say(
                key.fingerprint === null
                  ? msg("operations.keysCommand.notKnown")
                  : msg("operations.keysCommand.withoutId"),
              ),
            key.fingerprint ?? "",
            say(keyStates[key.state]),
            say(needOf(key)),
          ]);
          for (const line of tableOf(keyColumns.map(say), rows)) io.out(line);
        }
        if (listed.some(({ state }) => state === "missing")) throw new Refused();
      });
    });
};

export const addRevokeKey: AddCommand = (program, { io, say, withServices }) => {
  program
    .command("revoke-key")
    .description(say(msg("operations.keysCommand.revoke")))
    .argument("<id>", say(msg("operations.keysCommand.number")), readCount(2_147_483_647))
    .option("--as <email>", say(msg("cli.options.as")))
    .action(async (id: number, { as }: { as?: string }) => {
      await withServices(async ({ services }) => {
        await services.keys.revoke({ id, by: await actorAs(services, as, "revoke-key"), now: services.now() });
        io.out(say(msg("operations.keysCommand.revoked", { id: String(id) })));
      });
    });
};
