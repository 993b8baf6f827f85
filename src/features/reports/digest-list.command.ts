import { type RoleCode, roleNames } from "../../engine/access/roles.js";
import { messageStateNames } from "../../engine/letters/message-states.js";
import { msg } from "../../engine/text/msg.js";
import { type Bilingual, listed } from "../../engine/text/text.js";
import { chooseProgramme } from "../../platform/cli/arguments.js";
import type { AddCommand } from "../../platform/cli/command.js";
import { tableOf, wallTime } from "../../platform/cli/table.js";

const headings = ["digest", "recipients", "next", "last", "emails"] as const;
const words: Readonly<Record<(typeof headings)[number], Bilingual>> = {
  digest: msg("reports.digest.name"),
  recipients: msg("reports.digest.audience"),
  next: msg("reports.digest.next"),
  last: msg("reports.digest.last"),
  emails: msg("reports.digestsCommand.emails"),
};
const most = 50;

/** The digests of a programme, when each goes out and went out; or the letters of one of them. */
export const addDigestList: AddCommand = (program, { io, say, withServices }) => {
  program
    .command("digest-list")
    .description(say(msg("reports.digestsCommand.description")))
    .option("--programme <code>", say(msg("cli.options.programmeNeeded")))
    .option("--sent <digest>", say(msg("reports.digestsCommand.sent")))
    .action(async (options: { readonly programme?: string; readonly sent?: string }) => {
      await withServices(async ({ services }) => {
        const programme = chooseProgramme(options.programme, await services.setup.programmes());
        const { timeZone } = (await services.setup.of(programme)).programme;
        const time = (at: Date | null) => (at === null ? "" : wallTime(at, timeZone));
        if (options.sent !== undefined) {
          const asked = { programme, digest: options.sent, receiver: null, limit: most };
          const sent = await services.digestsSent(asked);
          const rows = sent.map(({ id, createdAt, receiver, state }) => [
            ...[id, time(createdAt), receiver ?? "", say(messageStateNames[state])],
          ]);
          const head = [msg("reports.digest.at"), msg("reports.digest.receiver"), msg("reports.digest.state")].map(say);
          for (const line of tableOf(["#", ...head], rows)) io.out(line);
          return;
        }
        const all = await services.digests.list({ programme, now: services.now() });
        const rows = all.map(({ digest, next, last }) => [
          ...[digest.code, say(listed(digest.audience.map((role) => roleNames[role as RoleCode])))],
          ...[time(next), time(last?.ranAt ?? null), last?.queued ?? ""],
        ]);
        for (const line of tableOf(
          headings.map((name) => say(words[name])),
          rows,
        ))
          io.out(line);
      });
    });
};
