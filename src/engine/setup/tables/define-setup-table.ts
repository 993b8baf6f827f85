/** A table of the set-up as one declaration: plain data, which browsers and the server both read. */

import type { Bilingual } from "../../text/text.js";

type Choices = Readonly<Record<string, Bilingual>>;

interface Common {
  /** As a form, a list and a history call it. */
  readonly label: Bilingual;
  readonly help?: Bilingual;
  /** In a sentence about a change; left out: the label in small letters. */
  readonly inWords?: Bilingual;
  /** Whether another value changes what is decided: where a programme wants a second person for policy, this takes one. */
  readonly decides: boolean;
  /** Another value moves the row: a history says from where to where. */
  readonly moves?: true;
  readonly list?: true;
  readonly filter?: true;
  readonly sort?: true;
  /** The search of the list looks into it. */
  readonly search?: true;
  /** Codes, addresses, numbers: left to right in Arabic too. */
  readonly ltr?: true;
  /** A form may not leave it empty. */
  readonly required?: true;
  /** A form that leaves it empty leaves it as it was, instead of giving it its fallback again. */
  readonly keptWhenEmpty?: true;
  /** The server says it; people read it. */
  readonly edit?: "never";
  /** Neither lists nor forms show it. */
  readonly hidden?: true;
  /** It stands in the table's column `settings`, together with others. */
  readonly storedIn?: "settings";
}

/** What a file or a form that leaves it out means. */
interface Absent<Value> {
  readonly fallback?: Value;
  /** Files, forms and the database may hold none. */
  readonly nullable?: true;
  /** Nullable, but a file has to say so. */
  readonly saidInFiles?: true;
}

/** The kind says how a column is checked in files, stored, and shown. */
export type SetupColumn =
  | (Common & Absent<string> & { readonly kind: "text" | "email" | "date" | "moment" })
  /** Where a place is on the map: see `engine/setup/outline.ts`. */
  | (Common & { readonly kind: "outline"; readonly nullable: true })
  /** A name of the tz database. */
  | (Common & { readonly kind: "timeZone" })
  | (Common & Absent<number> & { readonly kind: "integer"; readonly min: number; readonly max: number })
  /** A form that leaves it out means no; a file may do so where there is a fallback. */
  | (Common & Absent<boolean> & { readonly kind: "flag" })
  /** `byName`: a form lists them as the reader's language sorts their names. */
  | (Common & Absent<string> & { readonly kind: "choice"; readonly choices: Choices; readonly byName?: true })
  | (Common &
      Absent<readonly string[]> & { readonly kind: "choices"; readonly choices: Choices; readonly min?: number })
  /** The code of a row of another table, or of this one. */
  | (Common & Absent<string> & { readonly kind: "reference"; readonly to: string })
  | (Common & { readonly kind: "references"; readonly to: string; readonly max: number })
  /** The name of something published. */
  | (Common & { readonly kind: "published"; readonly what: "workflow" | "calendar" })
  /** In both languages: a line, paragraphs, a reply template, or a text of several pages. */
  | (Common & {
      readonly kind: "bilingual";
      readonly length: "line" | "paragraphs" | "template" | "pages";
      readonly nullable?: true;
    })
  | (Common & Absent<readonly string[]> & { readonly kind: "words"; readonly max: number })
  /** The extra questions of an application type. */
  | (Common & { readonly kind: "fields"; readonly max: number })
  /** Which role hears of a delay at which level. */
  | (Common & { readonly kind: "ladder" })
  /** A file that is known by its hash. */
  | (Common & { readonly kind: "file"; readonly nullable: true });

export type SetupColumns = Readonly<Record<string, SetupColumn>>;

export interface FormGroup<Name extends string = string> {
  readonly title: Bilingual;
  readonly columns: readonly Name[];
}

export interface SetupTable<Columns extends SetupColumns = SetupColumns> {
  /** Name in the database; in edits, the audit and change-sets too. */
  readonly table: string;
  /** The part of the files: `importanceLevels` is `importance-levels.json`. */
  readonly part: string;
  /** The property of `Setup`. */
  readonly setup: string;
  readonly many: Bilingual;
  readonly one: Bilingual;
  readonly icon: string;
  /** Its place in the navigation. */
  readonly order: number;
  /** Id of its list in the back office; left out: the table's name with hyphens. */
  readonly list?: string;
  readonly nameHelp?: Bilingual;
  readonly codeHelp?: Bilingual;
  readonly orderHelp?: Bilingual;
  /** Besides code, name, order and whether it is retired; in the order of files, history and words. */
  readonly columns: Columns;
  /** The order of lists and forms, where it is another; columns that are not named follow. */
  readonly formOrder?: readonly string[];
  /** Of a long form: its columns under headings, in this order. */
  readonly formGroups?: readonly FormGroup[];
  /** The column that lists are sorted by; left out: the order that people gave. */
  readonly sortedBy?: string;
  /** `cases.pillar`, `seats.entity`: columns outside the set-up that hold its codes. A code that stands there is never removed. */
  readonly heldBy: readonly `${string}.${string}`[];
  /** Facts of rules whose values are its codes. */
  readonly facts: readonly string[];
  /** The key by which a rule's outcome names a row, and what stands before the code there: `to: "entity:JFDA"`. */
  readonly outcome?: { readonly key: string; readonly prefix?: string };
  /** False: officials read or choose its rows while they write, and nothing is decided by one. */
  readonly decides?: false;
  /** False: its rows are changed and retired by acts of their own, never in a change-set. */
  readonly inChangeSets?: false;
  /** A programme's folder may leave the file out. */
  readonly optionalFile?: true;
}

/** Keeps the literal types of the declaration, from which the types of rows are made. */
export const defineSetupTable = <
  const Columns extends SetupColumns,
  const Name extends string,
  const Part extends string,
  const Key extends string,
>(
  table: Omit<SetupTable<Columns>, "table" | "part" | "setup" | "formOrder" | "formGroups" | "sortedBy"> & {
    readonly table: Name;
    readonly part: Part;
    readonly setup: Key;
    readonly formOrder?: readonly (keyof Columns & string)[];
    readonly formGroups?: readonly FormGroup<keyof Columns & string>[];
    readonly sortedBy?: keyof Columns & string;
  },
): typeof table => table;
