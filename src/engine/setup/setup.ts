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
import type { AttachmentKind } from "../files/attachment-types.js";
import type { DigestDefinition, MessageDefinition } from "../letters/letter-definition.js";
import type { TemplateField } from "../letters/reply-template.js";
import type { RuleSetDefinition, RuleSetName } from "../rules/rule-set.js";
import type { Bilingual, Language } from "../text/text.js";
import type { WorkflowDefinition } from "../workflow/workflow-definition.js";
import type { ChannelKind } from "./channel-kinds.js";

export interface Labelled {
  readonly code: string;
  readonly name: Bilingual;
  /** True when it may no longer be chosen; it keeps naming what was decided with it. */
  readonly retired: boolean;
  readonly order: number;
}

export interface ProgrammeSettings {
  /** `rules`: rules decide first and triage gets the rest; `manual`: a main focal point forwards everything by hand. */
  readonly triage: "rules" | "manual";
  /** Calendar days after the first resolution in which the applicant may reopen. */
  readonly reopenWindowDays: number;
  /** Of answers that no quality rule names, the percentage that is reviewed (0–100). */
  readonly reviewSamplePercent: number;
  /** Ladder of escalation: which role is told at which level, from the nearest. */
  readonly ladder: readonly EscalationLevel[];
  /** Whether classification rules may raise an importance that came with the application; left out: what came with it holds. */
  readonly raiseStatedImportance?: boolean | undefined;
  /** Roles that sign in with a second factor; left out: nobody has to. */
  readonly secondFactor?: readonly RoleCode[] | undefined;
  /** Files of one application or act; 0: none can be attached. These three left out: as in `defaultAttachments`. */
  readonly attachmentsMost?: number | undefined;
  /** Of one file. */
  readonly attachmentMegabytes?: number | undefined;
  readonly attachmentKinds?: readonly AttachmentKind[] | undefined;
  /** Whether files are taken while the virus scanner is away, marked so; left out: they have to wait. */
  readonly takeUnscanned?: boolean | undefined;
  /** Receipts a day to one address that somebody typed at the public pages; see `receiptsMost`. */
  readonly receiptsMost?: number | undefined;
  /** The highest rating of which the office gets a letter; 0: of none. See `low-rating.ts` for what holds where it is left out. */
  readonly lowRatingMost?: number | undefined;
  /** Whether applicants may submit at the public pages; left out: not. */
  readonly publicPages?: boolean | undefined;
  /** How much one person may ask for at once; see `work-limits.ts` for what holds where they are left out. */
  readonly bulkMostCases?: number | undefined;
  readonly exportMostRows?: number | undefined;
  /** Of files that say who applicants are. */
  readonly exportMostPersonal?: number | undefined;
  readonly replayMostCases?: number | undefined;
  /** How much a rule set and a keyword list may hold; see `policy-limits.ts` for what holds where they are left out. */
  readonly rulesMost?: number | undefined;
  readonly ruleConditionsMost?: number | undefined;
  readonly nestingMost?: number | undefined;
  readonly listWordsMost?: number | undefined;
  /** How alike two cases have to be, in per cent, to be shown beside each other; left out: as in `related-cases.ts`. */
  readonly similarFromPercent?: number | undefined;
  /** When a sweep of deadlines asks before it acts; see `held-sweep.ts` for what holds where they are left out. */
  readonly sweepHoldPercent?: number | undefined;
  readonly sweepHoldLeast?: number | undefined;
  /** Whether policy is published only by somebody who wrote nothing of it; left out: its author publishes it. */
  readonly secondPerson?: boolean | undefined;
}

export interface Programme extends Labelled {
  /** IANA zone: `Asia/Amman`. */
  readonly timeZone: string;
  readonly defaultLanguage: Language;
  readonly settings: ProgrammeSettings;
}

export interface Sector extends Labelled {}

/** State of joining: in scope → instructed → trained → live. Only a live entity receives cases. */
export type JoiningState = "inScope" | "instructed" | "trained" | "live";

export interface Entity extends Labelled {
  /** One of `entityKinds`; older databases may hold words of their own until the entity is edited. */
  readonly kind: string;
  readonly sector: string;
  /** Code of the entity above; null for the root. */
  readonly parent: string | null;
  /** Distance from the root: 0 is the Prime Ministry. */
  readonly level: number;
  /** Civil dates `YYYY-MM-DD`; `validTo` is exclusive, null while it exists. */
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly joining: JoiningState;
  readonly email: string | null;
  readonly phone: string | null;
}

export interface Service extends Labelled {
  readonly entity: string;
}
export interface Pillar extends Labelled {}
export interface ImportanceLevel extends Labelled {
  /** 1 is the lowest. */
  readonly rank: number;
}
export interface Channel extends Labelled {
  /** How answers may be sent back to who came this way. */
  readonly kind: ChannelKind;
}
export interface ApplicantCategory extends Labelled {}
export interface Governorate extends Labelled {}

export interface KeywordList extends Labelled {
  /** Words and phrases in either language; matched on normalised text. */
  readonly words: readonly string[];
}

/** Why a case may be closed without the answer that was asked for. A transfer is the way for what is another entity's. */
export interface ClosingReason extends Labelled {
  /** What the applicant reads, in the letter and where the application is followed. */
  readonly text: Bilingual;
}

/** A text that officials begin an answer or a question with; its places are filled in by the case. */
export interface ReplyTemplate extends Labelled {
  /** Codes of the application types that it is for; empty: all. */
  readonly types: readonly string[];
  readonly field: TemplateField;
  readonly body: Bilingual;
}

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

export interface ApplicationType extends Labelled {
  /** Name of the workflow that its cases follow. */
  readonly workflow: string;
  readonly fields: readonly ExtraField[];
  /** Whether someone may send it without saying who they are. */
  readonly anonymousAllowed: boolean;
  /** What it is for, in the words of an applicant who chooses; left out where the name says enough. */
  readonly purpose?: { readonly ar: string | null; readonly en: string | null } | undefined;
  /** Whether only the handlers of the case may see it (a report of corruption). */
  readonly confidential: boolean;
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

export interface Setup {
  /** Rises with every change of set-up data or configuration, in every programme. */
  readonly revision: number;
  readonly programme: Programme;
  readonly sectors: ReadonlyMap<string, Sector>;
  readonly entities: ReadonlyMap<string, Entity>;
  readonly services: ReadonlyMap<string, Service>;
  readonly pillars: ReadonlyMap<string, Pillar>;
  readonly importanceLevels: ReadonlyMap<string, ImportanceLevel>;
  readonly types: ReadonlyMap<string, ApplicationType>;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly categories: ReadonlyMap<string, ApplicantCategory>;
  readonly governorates: ReadonlyMap<string, Governorate>;
  readonly keywordLists: ReadonlyMap<string, KeywordList>;
  readonly closingReasons: ReadonlyMap<string, ClosingReason>;
  readonly replyTemplates: ReadonlyMap<string, ReplyTemplate>;
  readonly instructions: ReadonlyMap<string, Instruction>;
  readonly seats: readonly Seat[];
  /** The published versions that decide the next application. */
  readonly calendar: Published<CalendarDefinition>;
  readonly ruleSets: ReadonlyMap<RuleSetName, Published<RuleSetDefinition>>;
  readonly workflows: ReadonlyMap<string, Published<WorkflowDefinition>>;
  /** Letters and digests in the programme's own words; what is not here reads as it ships. */
  readonly messages: ReadonlyMap<string, Published<MessageDefinition>>;
  readonly digests: ReadonlyMap<string, Published<DigestDefinition>>;
}

export interface Instruction extends Labelled {
  /** As it stands on the paper: “5/2026”. */
  readonly number: string;
  /** Civil dates, `YYYY-MM-DD`. */
  readonly issuedOn: string;
  readonly inForceFrom: string;
  readonly text: Bilingual;
  /** To every entity, those to come too. Otherwise to those of the sectors, to those at or below the subtrees, to the entities. */
  readonly toAll: boolean;
  readonly toSectors: readonly string[];
  readonly toSubtrees: readonly string[];
  readonly toEntities: readonly string[];
  /** Code of the instruction in whose place it comes. */
  readonly replaces: string | null;
  /** When it was issued here, ISO in UTC; null while it is a draft. From then on its words stay. */
  readonly issuedAt: string | null;
  /** The paper itself; the bytes are found by the hash, if they are here. */
  readonly file: FileOfInstruction | null;
}

export type FileOfInstruction = Pick<Attachment, "name" | "type" | "bytes" | "sha256">;
