/** What the homes show, by role. Moments are ISO strings: these go to a browser as they are. */

import type { DayLength } from "../formatting/durations.js";
import type { DeskGroup } from "../lifecycle/desk-groups.js";
import type { HeldSweepView, NamedCode } from "../lifecycle/held-sweep.js";
import type { PromiseTarget } from "../lifecycle/nearer-promise.js";
import type { NewsView } from "../lifecycle/views/news-view.js";
import type { OrdersView } from "../lifecycle/views/order-views.js";
import type { InstructionStanding, InstructionToAcknowledge } from "../setup/instruction-views.js";
import type { Bilingual } from "../text/text.js";
import type { ContactCounts } from "./contact-kpi.js";
import type { DeskRow } from "./desk-row.js";
import type { FigurePeriod } from "./figure-period.js";
import type { HomeFigure, ShownOnDesk } from "./home-figures.js";
import type { Ratio } from "./kpi-counts.js";
import type { Guarded } from "./small-cells.js";

/** A case as a line of a home. */
export interface HomeCase {
  readonly reference: string;
  readonly subject: string;
  readonly entity: NamedCode | null;
  readonly sector: NamedCode | null;
  readonly importance: NamedCode | null;
  /** Which promise the moments that follow are of. */
  readonly promise: PromiseTarget | null;
  readonly dueAt: string | null;
  /** Negative when late; null without a due time. Working seconds, or of the wall for a target in calendar time. */
  readonly secondsLeft: number | null;
  /** What the days of these seconds are. */
  readonly day: DayLength | null;
  /** Share of the budget that is used up; over 1 when late. */
  readonly share: number | null;
  readonly receivedAt: string;
  readonly escalationLevel: number;
}

/** A number of today beside what is usual by this hour of the same day of the week; null: too few weeks to tell. */
export interface TodayNumber {
  readonly today: number;
  readonly usual: number | null;
}

export interface EntityLine {
  readonly entity: NamedCode;
  readonly late: number;
  readonly open: number;
  readonly oldestDueAt: string | null;
}

/** What is late in one place, and since when. */
export interface TroubleLine {
  readonly entity: NamedCode;
  /** Null: all of the entity; of a branch with one entity in trouble its services. */
  readonly service: NamedCode | null;
  readonly late: number;
  readonly open: number;
  /** Late cases of the highest importance. */
  readonly critical: number;
  readonly oldestDueAt: string;
}

/** A case that climbed to the reader. */
export interface ClimbedCase extends HomeCase {
  readonly climbedAt: string;
  /** The step of the ladder that took it there, as its rule is called. */
  readonly reason: Bilingual;
}

export interface EscalationLine {
  readonly at: string;
  readonly reference: string;
  readonly level: number;
  readonly entity: NamedCode | null;
}

export interface QueueLine {
  /** Null: cases that name no sector. */
  readonly sector: NamedCode | null;
  readonly waiting: number;
  readonly late: number;
  readonly repliesLate: number;
  readonly oldestReceivedAt: string;
}

/** Something of the set-up that is missing; `link` leads to where it is corrected. */
export interface WarningLine {
  readonly kind: string;
  readonly severity: "error" | "warning" | "info";
  readonly words: Bilingual;
  readonly count: number;
  readonly link: string;
}

/** At least so many came to the programme so far and are in no figure of a desk, in full tens; null: fewer than ten. */
type ConfidentialCases = number | null;

interface Desk {
  readonly programme: NamedCode;
}

/** A draft of policy that waits for a second person. */
export interface WaitingDraft {
  readonly title: Bilingual;
  /** Where it is looked at, inside the back office. */
  readonly link: string;
  readonly submittedBy: string;
  readonly submittedAt: string;
  readonly reason: string;
  /** Whether whoever looks wrote anything of it: then somebody else has to approve it. */
  readonly mine: boolean;
}

export interface RoomDesk extends Desk {
  readonly kind: "room";
  readonly shown: ShownOnDesk;
  readonly day: DayLength;
  /** The sweep of deadlines holds, or was just released; null while it runs as ever. */
  readonly heldSweep: HeldSweepView | null;
  readonly received: TodayNumber;
  readonly resolved: TodayNumber;
  /** Resolution targets that fell due today and were not kept. */
  readonly becameLate: TodayNumber;
  /** As `diwan kpi` counts them. */
  readonly delayed: number;
  /** First replies that are late, of cases that are not overdue. */
  readonly repliesLate: number;
  readonly open: number;
  readonly confidentialCases: ConfidentialCases;
  readonly queue: readonly QueueLine[];
  readonly entities: readonly EntityLine[];
  /** `total`: how many cases; one may have climbed several levels. */
  readonly escalations: { readonly total: number; readonly lines: readonly EscalationLine[] };
  readonly reviews: number;
  /** Those among them that are past their deadline. */
  readonly reviewsLate: number;
  readonly failedMessages: number;
  /** Emails to officials and the like that waited too long and were dropped, and since when they are counted. */
  readonly lateLetters: { readonly count: number; readonly since: string };
  readonly drafts: readonly WaitingDraft[];
  /** Issued ones that not all have acknowledged. */
  readonly instructions: readonly InstructionStanding[];
  readonly warnings: readonly WarningLine[];
}

export interface FocalDesk extends Desk {
  readonly kind: "focal";
  readonly shown: ShownOnDesk;
  readonly day: DayLength;
  readonly entities: readonly NamedCode[];
  readonly groups: readonly {
    readonly group: DeskGroup;
    /** Counted within what the desk is narrowed down to. */
    readonly count: number;
    readonly cases: readonly DeskRow[];
  }[];
  /** These are of the whole desk, whatever it is narrowed down to. */
  readonly open: number;
  /** Overdue; with a late first reply and not overdue; in review and past their deadline. */
  readonly late: number;
  readonly repliesLate: number;
  readonly reviewsLate: number;
  /** `resolved` of `diwan kpi` from the week's first day on, of all the entities whose cases are on the desk. */
  readonly answeredThisWeek: number;
  /** `onTimeResolution` over the last thirty days, of what this person had when it was due. */
  readonly onTime: Ratio;
  /** The same of all that the entities handle, by `diwan kpi`, as it was a few minutes ago at most; null while it is counted. */
  readonly entityOnTime: Ratio | null;
}

export interface TriageDesk extends Desk {
  readonly kind: "triage";
  readonly sectors: readonly NamedCode[];
  readonly queue: readonly QueueLine[];
  readonly waiting: number;
  readonly late: number;
  readonly repliesLate: number;
  /** The first of the queue: late ones first, of these and of the others the most important. */
  readonly cases: readonly DeskRow[];
}

/** Key figures of a period, each with its line. */
interface PeriodFigures {
  readonly period: FigurePeriod;
  /** What of it has been, as dates, where it goes on; `to` is no part of it. */
  readonly from: string;
  readonly to: string;
  /** Today, as the programme has it. */
  readonly today: string;
  /** When they were counted, a few minutes ago at most. */
  readonly countedAt: string;
  readonly figures: readonly HomeFigure[];
  /** The steps of their lines. */
  readonly steps: readonly FigurePeriod[];
  /** How many of the invited rated. */
  readonly ratedOfInvited: Ratio;
  readonly day: DayLength;
  readonly confidentialCases: ConfidentialCases;
}

export interface ExecutiveDesk extends Desk, PeriodFigures {
  readonly kind: "executive";
  readonly entity: NamedCode;
  readonly open: number;
  readonly delayed: number;
  /** Open cases that reached a level of the ladder. */
  readonly escalated: number;
  /** Those among them that reached the level of this person's position; null: the ladder has none for it. */
  readonly toMe: { readonly level: number; readonly count: number } | null;
  /** The entities below where most is amiss; the worst first. */
  readonly troubles: readonly TroubleLine[];
  /** The first of those that climbed to the reader: what is critical first, then what is late for longest. */
  readonly climbed: readonly ClimbedCase[];
  /** Where none did: what is late for longest. */
  readonly cases: readonly HomeCase[];
}

export interface CommitteeDesk extends Desk, PeriodFigures {
  readonly kind: "committee";
  /** The entities with most overdue cases, the most first. Their numbers are counts that oversight sees; how many are critical is no such count. */
  readonly troubles: readonly Omit<TroubleLine, "service" | "critical">[];
}

export interface AuditorDesk extends Desk {
  readonly kind: "auditor";
  readonly lastSeal: { readonly number: number; readonly sealedAt: string } | null;
  readonly verification: { readonly state: string; readonly finishedAt: string | null; readonly ok: boolean | null };
  readonly changes: readonly {
    readonly id: string;
    readonly at: string;
    readonly who: string;
    /** What that part of the system is called; null for people. */
    readonly part: Bilingual | null;
    readonly sentence: Bilingual;
  }[];
}

/** Received today, of one that may be shown. */
export interface ShownLine {
  readonly named: NamedCode;
  readonly received: number;
}

export interface AgentDesk extends Desk {
  readonly kind: "agent";
  /** The contact centre reads no cases: small numbers are left out, and what they could be reckoned from. */
  readonly receivedToday: Guarded;
  readonly channels: readonly ShownLine[];
  readonly types: readonly ShownLine[];
  /** Something is left out. */
  readonly hides: boolean;
  readonly confidentialCases: ConfidentialCases;
  /** Calls that may be made now, and all that are overdue, at night too; of an agent, those that are for this agent. */
  readonly callBacks: { readonly ready: number; readonly overdue: number };
  /** What the reader did today, and calls that they have not saved; null: they take no calls. */
  readonly own: {
    readonly today: ContactCounts;
    readonly drafts: readonly { readonly id: number; readonly label: string | null; readonly updatedAt: string }[];
  } | null;
  /** The figures of all agents; null: the reader does not lead them. */
  readonly lead: {
    readonly calls: TodayNumber;
    readonly atWork: readonly {
      readonly name: string;
      /** Today. */
      readonly calls: number;
      readonly lastAt: string;
      readonly inCall: boolean;
    }[];
  } | null;
}

export type HomeDesk = RoomDesk | FocalDesk | TriageDesk | ExecutiveDesk | CommitteeDesk | AuditorDesk | AgentDesk;

export interface HomeView {
  readonly at: string;
  /** Instructions that whoever looks may acknowledge and nobody of the entity has, of all their programmes. */
  readonly toAcknowledge: readonly InstructionToAcknowledge[];
  readonly desks: readonly HomeDesk[];
}

/** The first page: the desks, and what is news to the reader. */
export interface HomePage extends HomeView {
  readonly news: NewsView;
  /** What is asked of the reader, and what became of what they asked; the first of each. */
  readonly orders: Omit<OrdersView, "form">;
}
