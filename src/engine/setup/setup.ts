/**
 * What the operation room sets up for one programme, as one immutable value.
 *
 * Rules, workflows, intake and notifications never read a table: they are given this. Everything in it is named by its
 * code, which never changes once it is in use; a retired record stays, so that old cases keep their words.
 */

import type { EscalationLevel } from "../access/permissions.js";
import type { RoleCode } from "../access/roles.js";
import type { CalendarDefinition } from "../calendar/calendar-definition.js";
import type { Attachment } from "../files/attachment.js";
import type { DigestDefinition, MessageDefinition } from "../letters/letter-definition.js";
import type { LetterWay } from "../letters/letter-ways.js";
import type { RuleSetDefinition, RuleSetName } from "../rules/rule-set.js";
import type { Bilingual, Language } from "../text/text.js";
import type { WorkflowDefinition } from "../workflow/workflow-definition.js";
import type { SetupColumn } from "./tables/define-setup-table.js";
import type { RowTable, SetupRegistry, SetupTableName } from "./tables/setup-registry.js";

export interface Labelled {
  readonly code: string;
  readonly name: Bilingual;
  /** True when it may no longer be chosen; it keeps naming what was decided with it. */
  readonly retired: boolean;
  readonly order: number;
}

type ValueOf<Column extends SetupColumn> = Column extends { readonly kind: "integer" }
  ? number
  : Column extends { readonly kind: "flag" }
    ? boolean
    : Column extends { readonly kind: "choice"; readonly choices: infer Choices }
      ? keyof Choices & string
      : Column extends { readonly kind: "choices"; readonly choices: infer Choices }
        ? readonly (keyof Choices & string)[]
        : Column extends { readonly kind: "references" | "words" }
          ? readonly string[]
          : Column extends { readonly kind: "bilingual" }
            ? Column extends { readonly nullable: true }
              ? { readonly ar: string | null; readonly en: string | null }
              : Bilingual
            : Column extends { readonly kind: "fields" }
              ? readonly ExtraField[]
              : Column extends { readonly kind: "ladder" }
                ? readonly EscalationLevel[]
                : Column extends { readonly kind: "file" }
                  ? FileOfInstruction
                  : string;

/** A value of a column; null where it may hold none. */
export type ColumnValue<Column extends SetupColumn> = Column extends { readonly kind: "bilingual" }
  ? ValueOf<Column>
  : ValueOf<Column> | (Column extends { readonly nullable: true } ? null : never);

type ColumnsOf<Table extends SetupTableName> = SetupRegistry[Table]["columns"];

/** A text in both languages of which neither has to be there may be left out whole. */
type LeftOut<Columns> = {
  [Name in keyof Columns]: Columns[Name] extends { readonly kind: "bilingual"; readonly nullable: true } ? Name : never;
}[keyof Columns];

/** A row of a table, as it is declared in `tables/`. */
export type SetupRow<Table extends SetupTableName> = Labelled & {
  readonly [Name in Exclude<
    keyof ColumnsOf<Table>,
    LeftOut<ColumnsOf<Table>>
  >]: ColumnsOf<Table>[Name] extends SetupColumn ? ColumnValue<ColumnsOf<Table>[Name]> : never;
} & {
  readonly [Name in LeftOut<ColumnsOf<Table>>]?:
    | (ColumnsOf<Table>[Name] extends SetupColumn ? ColumnValue<ColumnsOf<Table>[Name]> : never)
    | undefined;
};

type ProgrammeColumns = ColumnsOf<"programmes">;
type SettingName = {
  [Name in keyof ProgrammeColumns]: ProgrammeColumns[Name] extends { readonly storedIn: "settings" } ? Name : never;
}[keyof ProgrammeColumns];
type UsualSetting = {
  [Name in SettingName]: "fallback" extends keyof ProgrammeColumns[Name]
    ? Name
    : "nullable" extends keyof ProgrammeColumns[Name]
      ? Name
      : never;
}[SettingName];

/** As `tables/programmes.ts` declares them; what has a fallback there, or may be empty, may be left out. */
export type ProgrammeSettings = {
  readonly [Name in Exclude<SettingName, UsualSetting>]: ColumnValue<ProgrammeColumns[Name]>;
} & {
  readonly [Name in UsualSetting]?: ColumnValue<ProgrammeColumns[Name]> | undefined;
};

export type Programme = Labelled & {
  readonly timeZone: string;
  readonly defaultLanguage: Language;
  readonly settings: ProgrammeSettings;
};

export type Entity = SetupRow<"entities">;
export type Service = SetupRow<"services">;
export type Pillar = SetupRow<"pillars">;
export type ApplicationType = SetupRow<"application_types">;
export type Channel = SetupRow<"channels">;
export type KeywordList = SetupRow<"keyword_lists">;
export type ReplyTemplate = SetupRow<"reply_templates">;
export type Instruction = SetupRow<"instructions">;
export type KpiAlert = SetupRow<"kpi_alerts">;
/** State of joining: in scope → instructed → trained → live. Only a live entity receives cases. */
export type JoiningState = Entity["joining"];

/** Where something is: the governorate, the place in words, and the point on the map (degrees, WGS 84), where they are known. */
export interface LocationAnswer {
  readonly governorate: string;
  readonly place: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
}

/** An extra question of an application type; the answer becomes a fact named `field.<code>`. */
export interface ExtraField {
  readonly code: string;
  readonly name: Bilingual;
  /** `entity`: a live one, by its code. `location`: see `LocationAnswer`. `file`: one that came with the application, by its id. */
  readonly type: "text" | "number" | "boolean" | "date" | "choice" | "entity" | "location" | "file";
  readonly required: boolean;
  readonly choices?: readonly { readonly code: string; readonly name: Bilingual }[];
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
}

/** What somebody holds from–to: focal point of, secretary general of … */
export interface Seat {
  readonly id: number;
  /** What edits call it by; left out where a set-up does not come from a database. */
  readonly code?: string | undefined;
  readonly role: RoleCode;
  readonly title: Bilingual;
  /** The entity it belongs to; null for seats of the whole programme. */
  readonly entity: string | null;
  /** The sector of a main focal point. */
  readonly sector: string | null;
  readonly holders: readonly SeatHolder[];
  /** The position that it is the office of: it issues and follows the orders of that one. Null or left out: of none. */
  readonly officeOf?: number | null | undefined;
  /** How its holder wants letters; null or left out: as the programme says. */
  readonly letters?: LetterWay | null | undefined;
  /** The days on which it is on duty by its entity's rota; left out: none. */
  readonly duties?: readonly DutyDays[] | undefined;
}
/** From a day to a day, civil dates `YYYY-MM-DD`; both are of it. */
export interface DutyDays {
  readonly from: string;
  readonly to: string;
}
export interface SeatHolder {
  readonly userId: number;
  readonly name: string;
  readonly email: string;
  readonly language: Language;
  readonly from: Date;
  /** Exclusive; null while it lasts. */
  readonly to: Date | null;
  /** A disabled account holds its seats in name only. */
  readonly disabled: boolean;
}

/** One published, immutable version of something that the operation room edits. */
export interface Published<Definition> {
  readonly versionId: number;
  readonly version: number;
  readonly definition: Definition;
}

/** The rows of all tables but the programme's own, each under its name in the set-up. */
export type SetupTables = {
  readonly [Table in RowTable as SetupRegistry[Table]["setup"]]: ReadonlyMap<string, SetupRow<Table>>;
};

export interface Setup extends SetupTables {
  /** Rises with every change of set-up data or configuration, in every programme. */
  readonly revision: number;
  readonly programme: Programme;
  readonly seats: readonly Seat[];
  /** Entities that were retired, each with the one that its cases went to; null: to none. Left out: none was retired so. */
  readonly successors?: ReadonlyMap<string, string | null> | undefined;
  /** The published versions that decide the next application. */
  readonly calendar: Published<CalendarDefinition>;
  readonly ruleSets: ReadonlyMap<RuleSetName, Published<RuleSetDefinition>>;
  readonly workflows: ReadonlyMap<string, Published<WorkflowDefinition>>;
  /** Letters and digests in the programme's own words; what is not here reads as it ships. */
  readonly messages: ReadonlyMap<string, Published<MessageDefinition>>;
  readonly digests: ReadonlyMap<string, Published<DigestDefinition>>;
}

/** What an applicant can choose: not what officials ask of each other. */
export const applicantTypes = ({ types }: Pick<Setup, "types">): ReadonlyMap<string, ApplicationType> =>
  new Map([...types].filter(([, { internal }]) => !internal));

export type FileOfInstruction = Pick<Attachment, "name" | "type" | "bytes" | "sha256">;
