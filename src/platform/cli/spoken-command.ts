/** Commander in the language of the command line: headings and descriptions of its help, and what it says of a wrong call. */
import { type Argument, Command, type ErrorOptions, type Help, InvalidArgumentError, type Option } from "commander";
import { msg } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";
import { columnsOf } from "./table.js";

type Say = (words: Bilingual) => string;

/** A value that a reader of options or arguments refuses, in words; a spoken command says them in its language. */
export class WrongValue extends InvalidArgumentError {
  constructor(readonly words: Bilingual) {
    super(words.en);
  }
}

const titles: Readonly<Record<string, Bilingual>> = {
  "Usage:": msg("cli.spokenCommand.usage"),
  "Arguments:": msg("cli.spokenCommand.arguments"),
  "Options:": msg("cli.spokenCommand.options"),
  "Global Options:": msg("cli.spokenCommand.globalOptions"),
  "Commands:": msg("cli.spokenCommand.commands"),
};

/** What commander writes of a call in places of words. */
const places: Readonly<Record<string, Bilingual>> = {
  "[options]": msg("cli.spokenCommand.optionsPlace"),
  "[command]": msg("cli.spokenCommand.commandPlace"),
};

/** What commander writes of each of its faults, and how it is said here; what it quotes are the arguments. */
const faults: Readonly<Record<string, readonly [form: RegExp, words: (found: readonly string[]) => Bilingual]>> = {
  "commander.missingArgument": [
    /argument '(.*)'$/,
    ([name = ""]) => msg("cli.spokenCommand.missingArgument", { name }),
  ],
  "commander.optionMissingArgument": [
    /option '(.*)' argument missing$/,
    ([option = ""]) => msg("cli.spokenCommand.optionMissingArgument", { option }),
  ],
  "commander.missingMandatoryOptionValue": [
    /option '(.*)' not specified$/,
    ([option = ""]) => msg("cli.spokenCommand.missingOption", { option }),
  ],
  "commander.unknownOption": [/option '(.*)'$/, ([option = ""]) => msg("cli.spokenCommand.unknownOption", { option })],
  "commander.unknownCommand": [/command '(.*)'$/, ([name = ""]) => msg("cli.spokenCommand.unknownCommand", { name })],
  "commander.excessArguments": [
    /Expected (\d+) arguments? but got (\d+)\.$/,
    ([expected, got]) => msg("cli.spokenCommand.excessArguments", { expected: Number(expected), got: Number(got) }),
  ],
};
const suggestion = /\n\(Did you mean (?:one of )?(.*)\?\)$/;
const wrongValue =
  /^error: (?:option '(.*?)' argument|command-argument value) '([\s\S]*)' is invalid(?: for argument '(.*)')?\. ([\s\S]*)$/;
const choices = /^Allowed choices are (.*)\.$/;

/** What commander wrote, in words; what this release of it does not know stays as it is. */
function wordsOf(written: string, code: string | undefined): readonly (Bilingual | string)[] {
  if (code === "commander.invalidArgument") {
    const [, option, value = "", argument, why = ""] = wrongValue.exec(written) ?? [];
    const [, allowed] = choices.exec(why) ?? [];
    const of = option ?? argument;
    if (of === undefined) return [written];
    return [
      msg("cli.spokenCommand.wrongValue", { option: of, value }),
      allowed === undefined ? why : msg("cli.arguments.choices", { choices: allowed }),
    ];
  }
  const [form, words] = faults[code ?? ""] ?? [];
  const [, meant] = suggestion.exec(written) ?? [];
  const found = form?.exec(written.replace(suggestion, ""));
  if (!found || words === undefined) return [written];
  const said = words(found.slice(1));
  return meant === undefined ? [said] : [said, msg("cli.spokenCommand.didYouMean", { meant })];
}

/** The reader of a value says its refusal in the language of the command. */
function speaking<Place extends Option | Argument>(place: Place, say: Say): Place {
  const set = place.argParser.bind(place) as (read: (value: string, previous: unknown) => unknown) => Place;
  const spoken = <T>(read: (value: string, previous: T) => T): Place =>
    set((value, previous) => {
      try {
        return read(value, previous as T);
      } catch (error) {
        throw error instanceof WrongValue ? new InvalidArgumentError(say(error.words)) : error;
      }
    });
  return Object.assign(place, { argParser: spoken });
}

/** A command, its groups and their options, all in one language. */
export class SpokenCommand extends Command {
  constructor(
    private readonly say: Say,
    name?: string,
  ) {
    super(name);
    this.helpOption("-h, --help", say(msg("cli.spokenCommand.help")));
    const place = (word: string): string => (places[word] === undefined ? word : say(places[word]));
    this.configureHelp({
      showGlobalOptions: true,
      styleTitle: (title) => (titles[title] === undefined ? title : say(titles[title])),
      styleOptionText: place,
      styleSubcommandText: place,
      styleArgumentText: place,
      optionDescription: (option) => this.describe(option, option.required || option.optional),
      argumentDescription: (argument) => this.describe(argument, true),
      displayWidth: columnsOf,
    } satisfies Partial<Help>);
  }

  /** With its choices, and with what it is where nothing is given. */
  private describe({ description, argChoices, defaultValue }: Option | Argument, withDefault: boolean): string {
    const more = [
      ...(argChoices === undefined ? [] : [msg("cli.spokenCommand.choices", { choices: argChoices.join(", ") })]),
      // A list that is empty to begin with is no default that anybody has to know.
      ...(withDefault && defaultValue !== undefined && typeof defaultValue !== "object"
        ? [msg("cli.spokenCommand.default", { value: String(defaultValue) })]
        : []),
    ];
    return [description, ...more.map((words) => `(${this.say(words)})`)].join(" ");
  }

  override createCommand(name?: string): Command {
    return new SpokenCommand(this.say, name);
  }
  override createOption(flags: string, description?: string): Option {
    return speaking(super.createOption(flags, description), this.say);
  }
  override createArgument(name: string, description?: string): Argument {
    return speaking(super.createArgument(name, description), this.say);
  }

  /** All that commander finds wrong with a call comes through here. */
  override error(message: string, options?: ErrorOptions): never {
    const [what = "", ...more] = wordsOf(message, options?.code).map((words) =>
      typeof words === "string" ? words : this.say(words),
    );
    const first = what === message ? message : this.say(msg("cli.runCli.error", { what }));
    return super.error([first, ...more].join("\n"), options);
  }
}
