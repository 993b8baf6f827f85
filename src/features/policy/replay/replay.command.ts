import { writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { Option } from "commander";
import type { Actor } from "../../../engine/access/permissions.js";
import { civilDate, shiftDate, startOfDay } from "../../../engine/calendar/civil-days.js";
import { formatCount } from "../../../engine/formatting/counted-nouns.js";
import { formatMoment } from "../../../engine/formatting/moments.js";
import { formatPercent } from "../../../engine/formatting/numbers.js";
import { replayInWords } from "../../../engine/replay/replay-in-words.js";
import type { ReplayDetail, ReplayView } from "../../../engine/replay/replay-view.js";
import type { FoundCase } from "../../../engine/search/case-search.js";
import { msg } from "../../../engine/text/msg.js";
import { csvLine, safeText } from "../../../engine/text/safe-cell.js";
import { type Bilingual, perLanguage } from "../../../engine/text/text.js";
import { readDate } from "../../../platform/cli/arguments.js";
import { type AddCommand, type CommandIo, Refused, UsageError } from "../../../platform/cli/command.js";
import { readDefinition } from "../../../platform/cli/read-definition.js";
import type { Services } from "../../../platform/services.js";
import { nameOfDefinition } from "../definition-faults.js";

interface ReplayOptions {
  readonly programme: string;
  readonly kind: Exclude<ReplayView["kind"], "set">;
  readonly as: string;
  readonly from?: string;
  readonly to?: string;
  readonly out?: string;
}

/** Days that are looked back on where nobody says from when. */
const defaultDays = 365;
const lookAgainMs = 400;
const perPage = 100;
const overStates: ReadonlySet<ReplayView["state"]> = new Set(["done", "failed", "cancelled"]);

/** Half-open, in the programme's zone; today is part of it where no end is said. */
function periodOf({ from, to }: ReplayOptions, now: Date, timeZone: string): { from: Date; to: Date } {
  const today = civilDate(now, timeZone);
  const end = to ?? shiftDate(today, 1);
  const begin = from ?? shiftDate(end, -defaultDays);
  if (begin >= end) throw new UsageError(msg("cli.arguments.backwards"));
  return { from: startOfDay(begin, timeZone), to: startOfDay(end, timeZone) };
}

/** Stays with a run to its end, and takes it up where nobody is at it. */
async function watched(
  { work: { replays } }: Services,
  io: CommandIo,
  a: { actor: Actor; id: string; say: (words: Bilingual) => string },
): Promise<ReplayDetail> {
  for (let told = -1; ; ) {
    const run = await replays.one(a);
    const percent = run.expected === 0 ? 100 : Math.floor((100 * run.cases) / run.expected);
    if (percent >= told + 5) {
      const { cases, expected } = run;
      const share = perLanguage((language) => formatPercent(percent / 100, language));
      io.error(a.say(msg("policy-replay.replayCommand.soFar", { cases, expected, percent: share })));
      told = percent;
    }
    if (overStates.has(run.state)) return run;
    replays.resume();
    await sleep(lookAgainMs);
  }
}

/** The cases of which something would be otherwise, the oldest first, as far as whoever asks may read them. */
async function* changedCases({ cases }: Services, a: { actor: Actor; run: string; now: Date }) {
  let receivedFrom: Date | undefined;
  // Of those received at that very moment, how many were told already.
  let offset = 0;
  for (;;) {
    const filters = { replayed: { run: a.run, change: null }, receivedFrom };
    const { rows } = await cases.search({
      actor: a.actor,
      now: a.now,
      filters,
      sort: "oldest",
      offset,
      limit: perPage,
    });
    yield* rows;
    const last = rows.at(-1)?.receivedAt;
    if (last === undefined || rows.length < perPage) return;
    const alike = rows.filter(({ receivedAt }) => receivedAt.getTime() === last.getTime()).length;
    offset = last.getTime() === receivedFrom?.getTime() ? offset + alike : alike;
    receivedFrom = last;
  }
}

const columns = ["reference", "received", "type", "entity", "pillar", "importance", "state"];

async function writeCases(file: string, found: AsyncIterable<FoundCase>): Promise<number> {
  const lines = [csvLine(columns)];
  for await (const one of found) {
    const { reference, receivedAt, type, entity, pillar, importance, state } = one;
    const codes = [type.code, entity?.code ?? "", pillar?.code ?? "", importance?.code ?? "", state.code];
    lines.push(csvLine([reference, receivedAt.toISOString(), ...codes].map(safeText)));
  }
  await writeFile(file, lines.join(""));
  return lines.length - 1;
}

/** A run of the same text over the same time that is not over: it was begun before, and interrupted. */
const begun = (runs: readonly ReplayView[], { from, to }: { from: Date; to: Date }): ReplayView | undefined =>
  runs.find(
    (run) =>
      run.mine &&
      run.sameText === true &&
      !overStates.has(run.state) &&
      run.from.getTime() === from.getTime() &&
      run.to.getTime() === to.getTime(),
  );

/** What a draft would have changed over the cases of a time; nothing of any case is written. */
export const addReplay: AddCommand = (program, { io, say, language, withServices }) => {
  program
    .command("replay")
    .description(say(msg("policy-replay.replayCommand.description")))
    .argument("<file>", say(msg("policy-replay.replayCommand.file")))
    .requiredOption("--programme <code>", say(msg("cli.options.programme")))
    .addOption(
      new Option("--kind <kind>", say(msg("cli.options.what"))).choices(["rules", "calendar"]).default("rules"),
    )
    .requiredOption("--as <email>", say(msg("policy-replay.replayCommand.as")))
    .option(
      "--from <date>",
      say(msg("policy-replay.replayCommand.from", { days: formatCount(defaultDays, "day") })),
      readDate,
    )
    .option("--to <date>", say(msg("policy-replay.replayCommand.to")), readDate)
    .option("--out <file>", say(msg("policy-replay.replayCommand.out")))
    .addHelpText("after", `\n${say(msg("policy-replay.replayCommand.interrupted"))}`)
    .action(async (file: string, options: ReplayOptions) => {
      const { programme, kind, out } = options;
      const definition = await readDefinition(file);
      await withServices(async ({ services }) => {
        const now = services.now();
        const actor = await services.cases.actorOf({ email: options.as, now });
        const setup = await services.setup.of(programme);
        const period = periodOf(options, now, setup.programme.timeZone);
        const thing = { programme, kind, name: nameOfDefinition(kind, definition) ?? "", actor, definition };
        const earlier = begun(await services.work.replays.of(thing), period);
        if (earlier !== undefined) {
          const at = formatMoment(earlier.createdAt, language, setup.programme.timeZone);
          io.error(say(msg("policy-replay.replayCommand.continuing", { at })));
        }
        const { id } = earlier ?? (await services.work.replays.start({ ...thing, ...period, now }));
        const run = await watched(services, io, { actor, id, say });
        if (run.state !== "done") {
          io.error(say(run.failure ?? msg("policy-replay.replayCommand.cancelled")));
          throw new Refused();
        }
        for (const line of replayInWords(run, setup, language)) io.out(line);
        if (out === undefined) return;
        const written = await writeCases(out, changedCases(services, { actor, run: id, now }));
        io.out(`${out}: ${written}`);
      });
    });
};
