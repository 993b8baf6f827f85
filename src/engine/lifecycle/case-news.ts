/**
 * Which events of a case are news to somebody in the office, and to whom. News is what a person has to learn who did not do it:
 * the applicant replied, an answer came back, a colleague asks. What the desk shows by its groups (a new case, a deadline)
 * is none. Who acted gets none of it.
 */

import type { Actor } from "../access/permissions.js";
import type { CallBackEnd } from "../contact-centre/call-backs.js";
import { attachmentsIn } from "../files/attachment.js";
import { lowRatingMost } from "../letters/low-rating.js";
import { codesOf } from "../registry.js";
import type { Setup } from "../setup/setup.js";
import { asksFrom, seatHoldersAt } from "../setup/setup-references.js";
import { ownTable } from "../text/inherited-names.js";
import type { WorkflowDefinition } from "../workflow/workflow-definition.js";
import type { Case } from "./case.js";
import type { CaseEventType, NewCaseEvent } from "./case-event.js";

/** Each with the members of its event's data of which the first that is there is shown by its first words. */
const kinds = {
  // to a question of the office
  replied: ["reply"],
  // something that nobody asked for
  added: ["reply"],
  // files, with a word or without one
  files: [],
  reopened: ["reason"],
  // by a low mark, or by itself
  appealed: ["reason", "comment"],
  // a low mark
  rated: ["comment"],
  withdrawn: ["reason"],
  // quality review sent the answer back
  returned: ["reason"],
  transferred: ["reason"],
  given: ["reason"],
  reminded: ["note"],
  mentioned: ["note"],
  // an executive wrote a note
  noted: ["note"],
  // no way was left by which a message to the applicant could be delivered
  notReached: [],
  // how a call to them ended that did not serve
  callNotReached: [],
  callRefused: [],
  callWrongNumber: [],
  // an official asks something of the entity, or of the operation room
  ordered: [],
  // to who asked it
  orderAnswered: ["answer"],
  orderAsked: ["question"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type NewsKind = keyof typeof kinds;
export const newsKinds = codesOf(kinds);

/** One event that is news, and to whom. */
export interface CaseNews {
  readonly seq: number;
  /** What it is before all, then what it is besides. */
  readonly kinds: readonly NewsKind[];
  readonly at: Date;
  /** By number; null: the person who has the case, the place where it waits while nobody does. */
  readonly userId: number | null;
  /** Who has the case that it is news to; null: all of its place. */
  readonly holder: number | null;
  /** Who did it, and knows; null: none of the office. */
  readonly knownTo: number | null;
}

interface About {
  readonly theCase: Case;
  readonly setup: Pick<Setup, "programme" | "seats">;
  readonly workflow: WorkflowDefinition;
  /** Types of all events of the act. */
  readonly happened: ReadonlySet<CaseEventType>;
}

type Told = { readonly kinds: readonly NewsKind[]; readonly to: "holder" | "place" | readonly number[] };
type NewsOf = (event: NewCaseEvent, about: About) => Told | null;

const toHolder =
  (kind: NewsKind): NewsOf =>
  () => ({ kinds: [kind], to: "holder" });

const text = (value: unknown): boolean => typeof value === "string" && value.trim() !== "";

/** Answers a question that the office asked, or adds something of themselves. */
const replied: NewsOf = ({ data }, { workflow }) => {
  const asked = typeof data.from === "string" && workflow.states[data.from]?.kind === "waiting";
  const files: readonly NewsKind[] = attachmentsIn(data).length > 0 ? ["files"] : [];
  if (!text(data.reply) && files.length > 0) return { kinds: files, to: "holder" };
  return { kinds: [asked ? "replied" : "added", ...files], to: "holder" };
};

/** Who answered may not handle the appeal: then it is news to all of the place. */
const appeal = ({ answeredBy, assignee }: Case): Told => ({
  kinds: ["appealed"],
  to: answeredBy === assignee ? "place" : "holder",
});

/** A good mark is no news. A mark that opened an appeal is the appeal: what is new begins with the mark. */
const rated: NewsOf = ({ data }, { theCase, happened, setup }) => {
  if (happened.has("case.appealed")) return appeal(theCase);
  return Number(data.rating) > lowRatingMost(setup.programme.settings) ? null : { kinds: ["rated"], to: "holder" };
};

const appealed: NewsOf = (_event, { theCase, happened }) => (happened.has("case.rated") ? null : appeal(theCase));

/** All cases of an entity that is no more move at once: no news of each. */
const transferred: NewsOf = ({ data }) =>
  data.changeSet === undefined ? { kinds: ["transferred"], to: "holder" } : null;

/** What an executive writes is for whoever has the case; what colleagues write, for those whom they name. */
const noted: NewsOf = ({ data }) => {
  if (typeof data.role === "string") return { kinds: ["noted"], to: "holder" };
  const people = Array.isArray(data.mentions) ? data.mentions.map(Number).filter(Number.isSafeInteger) : [];
  return people.length === 0 ? null : { kinds: ["mentioned"], to: people };
};

/** While another way is left, nobody has to do anything. */
const notReached: NewsOf = ({ data }) => (data.next === null ? { kinds: ["notReached"], to: "holder" } : null);

const callEnds = {
  notReached: "callNotReached",
  refused: "callRefused",
  wrongNumber: "callWrongNumber",
} as const satisfies Partial<Record<CallBackEnd, NewsKind>>;
const endedCalls = ownTable<NewsKind>(callEnds);

/** What is no news any more once the applicant knows what was written to them (`applicant-heard.ts`): that a message failed, and how calls about it ended. */
export const settledNews: { readonly always: readonly NewsKind[]; readonly ofAnswer: readonly NewsKind[] } = {
  always: ["notReached"],
  ofAnswer: Object.values(callEnds),
};

/** The office owes something to who is called back; a survey is a favour. */
const calledBack: NewsOf = ({ data }) => {
  const kind = data.reason === "survey" ? undefined : endedCalls[String(data.outcome)];
  return kind === undefined ? null : { kinds: [kind], to: "holder" };
};

/** An order is news to all of the place that is asked. */
const ordered: NewsOf = (_event, { theCase }) =>
  theCase.requestedBy === null ? null : { kinds: ["ordered"], to: "place" };

/** To who holds the position that asked. */
const toRequester =
  (kind: NewsKind): NewsOf =>
  ({ at }, { theCase, setup }) => {
    if (theCase.requestedBy === null) return null;
    const people = seatHoldersAt(setup, asksFrom(theCase.requestedBy), at);
    return people.length === 0 ? null : { kinds: [kind], to: people.map(({ userId }) => userId) };
  };

/** A type of event says here whether it is news; null: it never is. */
const newsOf: Readonly<Record<CaseEventType, NewsOf | null>> = {
  "application.received": ordered,
  "application.imported": null,
  "case.classified": null,
  "case.routed": null,
  // the desk has it under what is new
  "case.assigned": null,
  "case.taken": null,
  // the news that waited there goes along
  "case.handed-over": null,
  "case.given": toHolder("given"),
  // what the act was to others is withdrawn
  "case.taken-back": null,
  "case.split": null,
  "case.merged": null,
  "case.reminded": toHolder("reminded"),
  "case.moved": null,
  "case.noted": noted,
  "case.transferred": transferred,
  "applicant.asked": toRequester("orderAsked"),
  "applicant.replied": replied,
  "case.answered": toRequester("orderAnswered"),
  "case.returned": toHolder("returned"),
  "case.resolved": null,
  "case.rated": rated,
  "case.appealed": appealed,
  "case.reopened": toHolder("reopened"),
  "case.withdrawn": toHolder("withdrawn"),
  "case.rejected": null,
  "case.linked": null,
  "case.closed": null,
  "case.retimed": null,
  "case.workflow-migrated": null,
  "clock.started": null,
  "clock.paused": null,
  "clock.resumed": null,
  "clock.met": null,
  "clock.breached": null,
  "clock.cancelled": null,
  "deadline.warned": null,
  "case.escalated": null,
  "rule.faulted": null,
  "applicant.not-reached": notReached,
  "applicant.ways-changed": null,
  "applicant.invited": null,
  "personal.read": null,
  "attachment.read": null,
  "caller.served": null,
  "call-back.asked": null,
  "call-back.done": calledBack,
  "contact.code-sent": null,
  "contact.proven": null,
  "link.asked": null,
  "links.revoked": null,
};

const userOf = (actor: Actor): number | null => (actor.kind === "user" ? actor.userId : null);

/** What of one act's events is news, `theCase` being the case after them. Imported history is none. */
export function caseNews(a: {
  readonly theCase: Case;
  readonly events: readonly (NewCaseEvent & { readonly seq: number })[];
  readonly setup: Pick<Setup, "programme" | "seats">;
  readonly workflow: WorkflowDefinition;
}): CaseNews[] {
  const { theCase, events, setup, workflow } = a;
  if (theCase.application.imported) return [];
  const about: About = { theCase, setup, workflow, happened: new Set(events.map(({ type }) => type)) };
  return events.flatMap((event): CaseNews[] => {
    const told = newsOf[event.type]?.(event, about) ?? null;
    if (told === null) return [];
    const { kinds: what, to } = told;
    const knownTo = userOf(event.actor);
    const one = { seq: event.seq, kinds: what, at: event.at, knownTo };
    if (to === "holder" || to === "place") {
      const holder = to === "place" ? null : theCase.assignee;
      return holder !== null && holder === knownTo ? [] : [{ ...one, userId: null, holder }];
    }
    return [...new Set(to)]
      .filter((userId) => userId !== knownTo)
      .map((userId) =>
        // The person who has the case has all its news in one place.
        userId === theCase.assignee ? { ...one, userId: null, holder: userId } : { ...one, userId, holder: userId },
      );
  });
}

const longestWords = 160;

/** The first words of what was written with an event; null: nothing was. */
export function newsWords(kind: NewsKind, data: Readonly<Record<string, unknown>>): string | null {
  const written = kinds[kind].map((member) => data[member]).find((value) => typeof value === "string");
  if (typeof written !== "string") return null;
  const words = written.replace(/\s+/g, " ").trim();
  if (words === "") return null;
  const [...letters] = words;
  return letters.length <= longestWords
    ? words
    : `${letters
        .slice(0, longestWords - 1)
        .join("")
        .trimEnd()}…`;
}
