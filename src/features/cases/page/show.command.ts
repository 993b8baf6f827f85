import type { Actor } from "../../../engine/access/permissions.js";
import type { CaseEvent } from "../../../engine/lifecycle/case-event.js";
import { msg } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { actorAs } from "../../../platform/cli/actor-as.js";
import type { AddCommand } from "../../../platform/cli/command.js";
import { tableOf, wallTime } from "../../../platform/cli/table.js";

const clockColumns = [
  msg("cases-page.showCommand.timeLimit"),
  msg("cases-page.showCommand.round"),
  msg("cases-page.showCommand.started"),
  msg("cli.columns.due"),
  msg("cases-page.showCommand.met"),
  msg("cases-page.showCommand.breached"),
];
const eventColumns = [
  msg("cases-page.showCommand.at"),
  msg("cases-page.showCommand.event"),
  msg("cases-page.showCommand.by"),
];
const letterColumns = [
  msg("cases-page.showCommand.letterTo"),
  msg("cases-page.showCommand.event"),
  msg("cases-page.showCommand.letterFate"),
];

/** The timeline of a case; a confidential one only as somebody who handles it. */
export const addShow: AddCommand = (program, { io, say, withServices }) => {
  program
    .command("show")
    .description(say(msg("cases-page.showCommand.description")))
    .argument("<reference>", say(msg("cli.options.reference")))
    .option("--as <email>", say(msg("cases-page.showCommand.as")))
    .option("--json", say(msg("cli.options.json")))
    .action(async (typed: string, options: { as?: string; json?: boolean }) => {
      await withServices(async ({ services }) => {
        const actor = await actorAs(services, options.as);
        const { theCase, setup, events, letters } = await services.cases.read({ reference: typed, actor });
        if (options.json) {
          const { lastHash: _, ...shown } = theCase;
          return io.out(JSON.stringify({ ...shown, events, letters: Object.fromEntries(letters) }, null, 2));
        }
        const zone = setup.programme.timeZone;
        const at = (moment: Date | null) => (moment === null ? null : wallTime(moment, zone));
        io.out(`${theCase.reference}  ${theCase.application.type}  ${theCase.application.subject}`);
        const { state, cycle: round, escalationLevel: level } = theCase;
        const [entity, pillar, importance] = [theCase.entity, theCase.pillar, theCase.importance].map(
          (code) => code ?? "–",
        ) as [string, string, string];
        io.out(say(msg("cases-page.showCommand.is", { state, entity, pillar, importance, round, level, zone })));
        const clocks = theCase.clocks.map((c) => [
          c.target,
          c.cycle,
          at(c.startedAt),
          at(c.dueAt),
          at(c.metAt),
          at(c.breachedAt),
          c.pausedAt
            ? say(msg("cases-page.showCommand.paused"))
            : c.cancelledAt
              ? say(msg("cases-page.showCommand.cancelled"))
              : "",
        ]);
        for (const line of tableOf([...clockColumns.map(say), ""], clocks)) io.out(line);
        for (const line of timelineOf(events, zone, say)) io.out(line);
        if (letters.size === 0) return;
        io.out(`\n${say(msg("cases-page.showCommand.letters"))}`);
        const rows = [...letters].flatMap(([seq, sent]) =>
          sent.map(({ who, what, fate }) => [seq, say(who), say(what), say(fate)]),
        );
        for (const line of tableOf(["#", ...letterColumns.map(say)], rows)) io.out(line);
      });
    });
};

function timelineOf(events: readonly CaseEvent[], timeZone: string, say: (words: Bilingual) => string): string[] {
  const rows = events.map((event) => [
    event.seq,
    wallTime(event.at, timeZone),
    event.type,
    say(actorName(event.actor)),
    Object.entries(event.data)
      // What became of them is below.
      .filter(([name]) => name !== "letters")
      .map(([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`)
      .join(" ")
      .replace(/\s+/g, " ")
      .slice(0, 120),
  ]);
  return tableOf(["#", ...eventColumns.map(say), ""], rows);
}

function actorName(actor: Actor): Bilingual {
  if (actor.kind === "user") return msg("cases-page.showCommand.user", { name: actor.name ?? String(actor.userId) });
  if (actor.kind === "channel") return msg("cases-page.showCommand.channel", { channel: actor.channel });
  if (actor.kind === "system") return msg("cases-page.showCommand.system", { job: actor.job });
  return msg("cases-page.showCommand.applicant");
}
