/** Runs one command line and says how it ended: 0 done, 1 refused (the reasons are printed), 2 called wrongly. */

import { Command, CommanderError } from "commander";
import { Problem, problemLines } from "../engine/text/problems.js";
import { type AddCommand, type CommandContext, Refused, UsageError } from "../platform/cli/command.js";

export interface CliOptions {
  /** Without the interpreter and the script. */
  readonly argv: readonly string[];
  readonly context: CommandContext;
  readonly commands: readonly AddCommand[];
  /** Errors that are nobody's fault are printed with their stack. */
  readonly debug: boolean;
  /** A sentence for errors that mean something here (the database is away), else null. */
  readonly explainError?: (error: unknown) => string | null;
}

/** The exit code. Nothing is thrown. */
export async function runCli(options: CliOptions): Promise<0 | 1 | 2> {
  const { io } = options.context;
  const program = new Command("diwan")
    .description("The back office of a national complaints platform, from the command line.")
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => io.out(text.replace(/\n$/, "")),
      writeErr: (text) => io.error(text.replace(/\n$/, "")),
    });
  for (const add of options.commands) add(program, options.context);
  for (const command of allOf(program)) inherit(command);
  try {
    await program.parseAsync([...options.argv], { from: "user" });
    return 0;
  } catch (error) {
    return tell(error, options);
  }
}

function allOf(command: Command): Command[] {
  return command.commands.flatMap((inner) => [inner, ...allOf(inner)]);
}

/** Every command ends a wrong call in the same manner, with the way to its own help. */
function inherit(command: Command): void {
  command.copyInheritedSettings(command.parent ?? command);
  command.showHelpAfterError(`(${helpOf(command)} explains it)`);
}

function helpOf(command: Command): string {
  const names: string[] = [];
  for (let c: Command | null = command; c; c = c.parent) names.unshift(c.name());
  return `${names.join(" ")} --help`;
}

function tell(error: unknown, { context, debug, explainError }: CliOptions): 0 | 1 | 2 {
  const { io } = context;
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // commander has said why
  if (error instanceof Refused) return 1;
  if (error instanceof UsageError) {
    io.error(`error: ${error.message}`);
    return 2;
  }
  if (error instanceof Problem) {
    for (const line of problemLines(error)) io.error(line);
    return 1;
  }
  const meaning = explainError?.(error) ?? null;
  io.error(`diwan: ${meaning ?? (error instanceof Error ? error.message : String(error))}`);
  if (debug && error instanceof Error && error.stack) io.error(error.stack);
  else if (meaning === null) io.error("(LOG_LEVEL=debug shows where)");
  return 1;
}
