/** Open cases on their way to another version of their workflow, or to another due date, as people see it. */
import type { FieldFault } from "../../text/problems.js";
import type { Bilingual } from "../../text/text.js";
import type { StateKind } from "../../workflow/workflow-definition.js";

export interface StandingCases {
  readonly versionId: number;
  readonly version: number;
  readonly state: string;
  readonly kind: StateKind;
  /** Confidential ones not counted: 0 where there are none but those. */
  readonly cases: number;
}

export interface WorkflowStanding {
  /** Open, waiting and answered cases, by version and state as that version names it; newest version first. */
  readonly standing: readonly (StandingCases & { readonly name: Bilingual })[];
  /** Codes of the application types that follow it. */
  readonly types: readonly string[];
  /** Null where no version is in force. */
  readonly inForce: { readonly versionId: number; readonly version: number } | null;
}

/** One state of older versions, with the cases in it, confidential ones not counted. */
export interface MigrationRow {
  readonly state: string;
  readonly name: Bilingual;
  readonly kind: StateKind;
  readonly version: number;
  readonly cases: number;
  /** The same state of the new version, where it fits; null: a person has to say. */
  readonly proposed: string | null;
  /** Where they would go; null: they cannot yet. */
  readonly to: string | null;
}

export interface MigrationPreview {
  readonly target: {
    readonly versionId: number;
    readonly version: number;
    readonly states: readonly { readonly code: string; readonly name: Bilingual; readonly kind: StateKind }[];
  };
  readonly rows: readonly MigrationRow[];
  readonly cases: number;
  /** At `/map/STATE`; empty: it can be started. */
  readonly faults: readonly FieldFault[];
  /** What would become of the cases that were looked at. */
  readonly effects: {
    readonly looked: number;
    /** Whose clock would stand still from now on, or run again. */
    readonly pauses: number;
    readonly resumes: number;
    /** Whose next moment (a deadline, an escalation, a timer) would come sooner or later, or fall away. */
    readonly sooner: number;
    readonly later: number;
    readonly never: number;
    /** Among them those on which the system would act within the minute. */
    readonly atOnce: number;
    /** Drafts of officials for actions that the new version does not have. */
    readonly drafts: number;
  };
}

export interface MigrationView {
  readonly id: string;
  readonly version: number;
  readonly reason: string;
  /** Null: at the machine itself. */
  readonly by: string | null;
  /** The second person; null: it takes none, or waits for one. */
  readonly confirmedBy: string | null;
  /** It waits for a second person, and the reader may be that one. */
  readonly mayConfirm: boolean;
  /** `asked`: it waits for a second person. */
  readonly state: "asked" | "waiting" | "running" | "done" | "failed" | "cancelled";
  readonly failure: Bilingual | null;
  /** Confidential cases move too, and are in none of the three. */
  readonly total: number;
  readonly moved: number;
  readonly stayed: number;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** `calendar`: by the published calendar; `rules`: the SLA and escalation rules decide again. */
export type RecalculateBy = "calendar" | "rules";

/** Confidential cases move as the others do, and are in none of these numbers. */
export interface RecalculatedDueDates {
  readonly cases: number;
  /** Cases of which at least one deadline moved (or would). */
  readonly moved: number;
  readonly earlier: number;
  readonly later: number;
  /** Letters that leave because deadlines that come earlier have passed, or are near, already. Counted before, not when it is done. */
  readonly letters: number;
}
