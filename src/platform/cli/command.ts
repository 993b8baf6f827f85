/** What every command is made of: how it is declared, what it is given, how it says no. */

import type { Command } from "commander";
import type { Bilingual } from "../../engine/text/text.js";
import type { Standing } from "../db/folder-place.js";
import type { Services } from "../services.js";
import type { SpokenLanguage } from "./spoken-language.js";

/** Where a command reads and writes; tests give their own. */
export interface CommandIo {
  out(line: string): void;
  error(line: string): void;
  /** All that stands on standard input; asks for it with `question` on standard error when a person types. */
  readSecret(question: string): Promise<string>;
}

/** The services over an open database. */
export interface Opened {
  readonly services: Services;
  /** The data folder's own database, where things are tried out; false for one that was given with DATABASE_URL. */
  readonly embedded: boolean;
}

/** The data folder, without opening what is in it. */
export interface DataFolder {
  /** FolderProblem where it is not whole. */
  look(): {
    readonly path: string;
    /** Where it was when someone last said what it is. */
    readonly noted: string;
    readonly standing: Standing;
    /** Where its database is. */
    readonly database: string;
  };
  confirm(standing: Exclude<Standing, "unsure">): Promise<void>;
  /** Makes keys where they are lost; the file. Problem `not-now` where there are some. */
  makeKeys(): string;
}

/** What commands run over, whatever their language. */
export interface CommandHost {
  readonly io: CommandIo;
  /** Null or left out where the database is one that was given: then the folder says nothing of it. */
  readonly dataFolder?: DataFolder | null;
  /** Brings the database up to date as its owner; names of the migrations that ran now. */
  migrate(): Promise<readonly string[]>;
  /**
   * Runs `work` with services, composed only now: a command that needs no database opens none. Starts the embedded
   * database when it does not run, and releases it afterwards. Problem `not-now` while migrations are missing, or where the
   * data folder has no database: none is made in passing.
   */
  withServices<Result>(work: (opened: Opened) => Promise<Result>): Promise<Result>;
}

export interface CommandContext extends CommandHost, SpokenLanguage {
  /** Words in the language of the command line. */
  say(words: Bilingual): string;
}

/** Adds one command (or a group) to the program. */
export type AddCommand = (program: Command, context: CommandContext) => void;

/** The command was called wrongly in a way that commander cannot see: exit code 2. */
export class UsageError extends Error {
  constructor(readonly words: Bilingual) {
    super(words.en);
    this.name = "UsageError";
  }
}

/** It ran, and the answer is no (a check found faults, an audit is broken). What it found is already printed: exit code 1. */
export class Refused extends Error {
  constructor() {
    super("refused");
    this.name = "Refused";
  }
}
