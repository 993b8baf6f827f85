/** Runs one command line and says how it ended: 0 done, 1 refused (the reasons are printed), 2 called wrongly. */

import { type Command, CommanderError } from "commander";
import { msg } from "../engine/text/msg.js";
import { Problem, problemLines } from "../engine/text/problems.js";
import { type Bilingual, inLanguage } from "../engine/text/text.js";
import { namedLanguages, readLanguage } from "../platform/cli/arguments.js";
import {
  type AddCommand,
  type CommandContext,
  type CommandHost,
  Refused,
  UsageError,
} from "../platform/cli/command.js";
import { SpokenCommand } from "../platform/cli/spoken-command.js";
import { spokenLanguage } from "../platform/cli/spoken-language.js";

export interface CliOptions {
  /** Without the interpreter and the script. */
  readonly argv: readonly string[];
  readonly host: CommandHost;
  /** What may say in which language it speaks. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly commands: readonly AddCommand[];
  /** Errors that are nobody's fault are printed with their stack. */
  readonly debug: boolean;
  /** Words for errors that mean something here (the database is away), else null. */
  readonly explainError?: (error: unknown) => Bilingual | null;
}

/** The exit code. Nothing is thrown. */
export async function runCli(options: CliOptions): Promise<0 | 1 | 2> {
  const spoken = spokenLanguage(options.argv, options.environment);
  const say = (words: Bilingual) => inLanguage(words, spoken.language);
  const context: CommandContext = { ...options.host, ...spoken, say };
  const program = programOf(context, options.commands);
  try {
    await program.parseAsync([...options.argv], { from: "user" });
    return 0;
  } catch (error) {
    return tell(error, context, options);
  }
}

/** The program with all commands, in the language of its context; `--lang` belongs to each. */
export function programOf(context: CommandContext, commands: readonly AddCommand[]): Command {
  const { io, say } = context;
  const program = new SpokenCommand(say, "diwan")
    .description(say(msg("cli.runCli.about")))
    .helpCommand("help [command]", say(msg("cli.runCli.helpCommand")))
    // Read before the others are made; here for its place in the help and for its refusal.
    .option("--lang <language>", say(msg("cli.runCli.lang", { languages: namedLanguages })), readLanguage)
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => io.out(text.replace(/\n$/, "")),
      writeErr: (text) => io.error(text.replace(/\n$/, "")),
    });
  for (const add of commands) add(program, context);
  for (const command of allOf(program)) inherit(command, say);
  return program;
}

function allOf(command: Command): Command[] {
  return command.commands.flatMap((inner) => [inner, ...allOf(inner)]);
}

/** Every command ends a wrong call in the same manner, with the way to its own help. */
function inherit(command: Command, say: CommandContext["say"]): void {
  command.copyInheritedSettings(command.parent ?? command);
  command.showHelpAfterError(say(msg("cli.runCli.explains", { help: helpOf(command) })));
}

function helpOf(command: Command): string {
  const names: string[] = [];
  for (let c: Command | null = command; c; c = c.parent) names.unshift(c.name());
  return `${names.join(" ")} --help`;
}

function tell(error: unknown, { io, say, language }: CommandContext, { debug, explainError }: CliOptions): 0 | 1 | 2 {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // commander has said why
  if (error instanceof Refused) return 1;
  if (error instanceof UsageError) {
    io.error(say(msg("cli.runCli.error", { what: error.words })));
    return 2;
  }
  if (error instanceof Problem) {
    for (const line of problemLines(error, language)) io.error(line);
    return 1;
  }
  const meaning = explainError?.(error) ?? null;
  io.error(`diwan: ${meaning === null ? (error instanceof Error ? error.message : String(error)) : say(meaning)}`);
  if (debug && error instanceof Error && error.stack) io.error(error.stack);
  else if (meaning === null) io.error(say(msg("cli.runCli.debug")));
  return 1;
}
