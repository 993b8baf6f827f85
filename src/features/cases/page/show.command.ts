import type { Actor } from "../../../engine/access/permissions.js";
import type { CaseEvent } from "../../../engine/lifecycle/case-event.js";
import { actorAs } from "../../../platform/cli/actor-as.js";
import type { AddCommand } from "../../../platform/cli/command.js";
import { tableOf, wallTime } from "../../../platform/cli/table.js";

/** The timeline of a case; a confidential one only as somebody who handles it. */
export const addShow: AddCommand = (program, { io, withServices }) => {
  program
    .command("show")
    .description("Show the state of a case, its time limits, and what happened to it, in order.")
    .argument("<reference>", "the case's reference number")
    .option("--as <email>", "as whom; a confidential case is shown to its handlers only")
    .option("--json", "as JSON")
    .action(async (typed: string, options: { as?: string; json?: boolean }) => {
      await withServices(async ({ services }) => {
        const actor = await actorAs(services, options.as);
        const { theCase, setup, events } = await services.cases.read({ reference: typed, actor });
        if (options.json) {
          const { lastHash: _, ...shown } = theCase;
          return io.out(JSON.stringify({ ...shown, events }, null, 2));
        }
        const zone = setup.programme.timeZone;
        const at = (moment: Date | null) => (moment === null ? null : wallTime(moment, zone));
        io.out(`${theCase.reference}  ${theCase.application.type}  ${theCase.application.subject}`);
        io.out(
          `state ${theCase.state}, entity ${theCase.entity ?? "–"}, pillar ${theCase.pillar ?? "–"}, importance ${theCase.importance ?? "–"}, cycle ${theCase.cycle}, level ${theCase.escalationLevel} (times: ${zone})`,
        );
        const clocks = theCase.clocks.map((c) => [
          c.target,
          c.cycle,
          at(c.startedAt),
          at(c.dueAt),
          at(c.metAt),
          at(c.breachedAt),
          c.pausedAt ? "paused" : c.cancelledAt ? "cancelled" : "",
        ]);
        for (const line of tableOf(["clock", "cycle", "started", "due", "met", "breached", ""], clocks)) io.out(line);
        for (const line of timelineOf(events, zone)) io.out(line);
      });
    });
};

function timelineOf(events: readonly CaseEvent[], timeZone: string): string[] {
  const rows = events.map((event) => [
    event.seq,
    wallTime(event.at, timeZone),
    event.type,
    actorName(event.actor),
    Object.entries(event.data)
      .map(([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`)
      .join(" ")
      .replace(/\s+/g, " ")
      .slice(0, 120),
  ]);
  return tableOf(["#", "at", "event", "by", ""], rows);
}

function actorName(actor: Actor): string {
  if (actor.kind === "user") return actor.name ?? `user ${actor.userId}`;
  if (actor.kind === "channel") return `channel ${actor.channel}`;
  return actor.kind === "system" ? `system (${actor.job})` : actor.kind;
}
