import type { TimelineEntry } from "../../../engine/explain/describe-event.js";
import { wordsOf } from "../../../engine/explain/words.js";
import { msg } from "../../../engine/text/msg.js";
import { type Bilingual, quoted } from "../../../engine/text/text.js";
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
  msg("cases-page.showCommand.by"),
  msg("cases-page.showCommand.event"),
];
const letterColumns = [
  msg("cases-page.showCommand.letterTo"),
  msg("cases-page.showCommand.event"),
  msg("cases-page.showCommand.letterFate"),
];

/** So much of what was written fits a line. */
const oneLine = (text: string): string => text.replace(/\s+/g, " ").slice(0, 120);

/** The timeline of a case; a confidential one only as somebody who handles it. */
export const addShow: AddCommand = (program, { io, say, language, withServices }) => {
  program
    .command("show")
    .description(say(msg("cases-page.showCommand.description")))
    .argument("<reference>", say(msg("cli.options.reference")))
    .option("--as <email>", say(msg("cases-page.showCommand.as")))
    .option("--json", say(msg("cli.options.json")))
    .action(async (typed: string, options: { as?: string; json?: boolean }) => {
      await withServices(async ({ services }) => {
        const actor = await actorAs(services, options.as);
        const found = await services.cases.read({ reference: typed, actor });
        const { theCase, setup, workflow, events, letters } = found;
        if (options.json) {
          const { lastHash: _, ...shown } = theCase;
          return io.out(JSON.stringify({ ...shown, events, letters: Object.fromEntries(letters) }, null, 2));
        }
        const zone = setup.programme.timeZone;
        const at = (moment: Date | null) => (moment === null ? null : wallTime(moment, zone));
        const { value, target } = wordsOf(setup, language);
        io.out(`${theCase.reference}  ${value("type", theCase.application.type)}  ${theCase.application.subject}`);
        const { cycle: round, escalationLevel: level } = theCase;
        const named = (fact: "entity" | "pillar" | "importance") => {
          const code = theCase[fact];
          return code === null ? "–" : value(fact, code);
        };
        const [entity, pillar, importance] = [named("entity"), named("pillar"), named("importance")];
        const state = say(workflow.states[theCase.state]?.name ?? { ar: theCase.state, en: theCase.state });
        io.out(say(msg("cases-page.showCommand.is", { state, entity, pillar, importance, round, level, zone })));
        const clocks = theCase.clocks.map((c) => [
          target(c.target),
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
        for (const line of timelineOf(found.timeline, zone, say)) io.out(line);
        if (letters.size === 0) return;
        io.out(`\n${say(msg("cases-page.showCommand.letters"))}`);
        const rows = [...letters].flatMap(([seq, sent]) =>
          sent.map(({ who, what, fate }) => [seq, say(who), say(what), say(fate)]),
        );
        for (const line of tableOf(["#", ...letterColumns.map(say)], rows)) io.out(line);
      });
    });
};

function timelineOf(entries: readonly TimelineEntry[], timeZone: string, say: (words: Bilingual) => string): string[] {
  const rows = entries.map(({ seq, at, who, what, text, fields = [], files }) => {
    const written = text === null ? [] : [say(quoted({ ar: oneLine(text), en: oneLine(text) }))];
    const asked = fields.map(({ name, value }) => `${say(name)}: ${oneLine(say(value))}.`);
    const told = [say(what), ...written, ...asked, ...files.map(({ name }) => `[${name}]`)].join(" ");
    return [seq, wallTime(at, timeZone), say(who), told];
  });
  return tableOf(["#", ...eventColumns.map(say)], rows);
}
