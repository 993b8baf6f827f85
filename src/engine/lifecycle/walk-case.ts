/**
 * A case that is made up, walked through a workflow that is being written: the same domain that moves real cases, in memory
 * alone. Its letters are told, never sent; its people are made up, one or two a role, wherever the case is.
 */

import type { Actor, HeldSeat } from "../access/permissions.js";
import { placeOfRole, type RoleCode } from "../access/roles.js";
import type { MessageIntent } from "../letters/message-intent.js";
import { messagesFor } from "../letters/messages-for.js";
import type { Policy } from "../setup/policy.js";
import { msg } from "../text/msg.js";
import { Problem } from "../text/problems.js";
import type { Performer } from "../workflow/performers.js";
import type { WorkflowDefinition } from "../workflow/workflow-definition.js";
import { carryOut, interpretAct } from "./carry-out.js";
import type { Application, Case } from "./case.js";
import { type CaseDraft, draftOf } from "./case-draft.js";
import type { CaseEvent, NewCaseEvent } from "./case-event.js";
import { makeReference } from "./case-reference.js";
import { nextMoment, whatIsDue } from "./due-moments.js";
import { enforceDue, enforcer } from "./enforce-due.js";
import { openCase } from "./open-case.js";

export interface WalkStart {
  readonly type: string;
  /** What the applicant wrote; empty: nothing is said of it. */
  readonly subject: string;
  readonly description: string;
  /** Null: it waits to be placed. */
  readonly entity: string | null;
  readonly sector: string | null;
  readonly importance: string | null;
  /** Answers to the extra fields of the type, by code. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export type WalkStep =
  /** `person`: 2 is somebody else of the same role than 1. */
  | {
      readonly by: Performer;
      readonly person: 1 | 2;
      readonly action: string;
      readonly fields: Readonly<Record<string, unknown>>;
    }
  /** Time passes until something falls due. */
  | { readonly by: "time" };

export interface Walk {
  readonly theCase: Case;
  readonly now: Date;
  readonly events: readonly CaseEvent[];
  readonly letters: readonly { readonly seq: number; readonly letter: MessageIntent }[];
}

/** Things that fall due at one moment; more would be a timer that rings for ever. */
const maxAtOnce = 50;
/** Between two acts, so that one is after the other. */
const stepMs = 60_000;
/** No account has such a number. */
const firstPerson = 2_000_000_000;

/** Somebody of this role whose reach has the case in it. */
export function walkActor(by: Performer, person: 1 | 2, { programme, entity, sector }: Case): Actor {
  if (by === "applicant") return { kind: "applicant" };
  if (by === "system") return enforcer;
  const role: RoleCode = by;
  const seat: HeldSeat = {
    role,
    programme,
    entity: placeOfRole[role] === "entity" ? entity : null,
    sector: placeOfRole[role] === "sector" ? sector : null,
  };
  const userId =
    firstPerson + ([...role].reduce((sum, letter) => sum * 7 + (letter.codePointAt(0) ?? 0), 0) % 1e8) * 2 + person;
  return { kind: "user", userId, name: person === 1 ? role : `${role} (2)`, seats: [seat] };
}

function withEvents(walk: Walk, draft: CaseDraft, workflow: WorkflowDefinition, policy: Policy): Walk {
  const { theCase } = draft;
  const stored = draft.events.map(
    (event: NewCaseEvent, i): CaseEvent => ({ ...event, caseId: theCase.id, seq: walk.theCase.lastSeq + i + 1 }),
  );
  const answers = [...walk.events, ...stored].flatMap(({ type, data }) =>
    type === "case.answered" && typeof data.answer === "string" ? [data.answer] : [],
  );
  const letters = messagesFor({
    theCase,
    events: stored,
    setup: policy.setup,
    workflow,
    now: draft.now,
    applicantWays: ["email"],
    lastAnswer: answers.at(-1) ?? null,
    // What is written only if nobody takes the case is not written yet.
  }).filter(({ afterHours }) => afterHours === undefined);
  const seq = walk.theCase.lastSeq + stored.length;
  return {
    theCase: { ...theCase, lastSeq: seq },
    now: draft.now,
    events: [...walk.events, ...stored],
    letters: [...walk.letters, ...letters.map((letter) => ({ seq, letter }))],
  };
}

interface Walking {
  readonly workflow: WorkflowDefinition;
  readonly policy: Policy;
}

async function act(walk: Walk, step: Exclude<WalkStep, { by: "time" }>, { workflow, policy }: Walking, now: Date) {
  const { theCase } = walk;
  const { action, fields } = step;
  const actor = walkActor(step.by, step.person, theCase);
  const acting = { workflow, policy, calendarOf: () => policy.calendar, action };
  const interpreted = await interpretAct({ ...acting, theCase, fields, actor, now });
  const { duplicateOf } = interpreted.fields;
  const draft = await carryOut(interpreted, {
    ...acting,
    original: typeof duplicateOf === "string" ? { id: 2, reference: duplicateOf } : null,
    splitInto: interpreted.effects.includes("split") ? makeReference(Buffer.alloc(8, 2)) : null,
  });
  return withEvents(walk, draft, workflow, policy);
}

/** Time goes on to the next moment of the case, and what falls due then happens. */
async function wait(walk: Walk, walking: Walking): Promise<Walk> {
  const { workflow, policy } = walking;
  const calendarOf = () => policy.calendar;
  const moment = nextMoment({ theCase: walk.theCase, workflow, calendarOf });
  if (moment === null) {
    throw new Problem("action-refused", msg("lifecycle.walkCase.nothingFallsDueAnyMore"));
  }
  const now = new Date(Math.max(moment.getTime(), walk.now.getTime()));
  let next: Walk = { ...walk, now };
  for (let i = 0; i < maxAtOnce; i++) {
    const due = whatIsDue({ theCase: next.theCase, workflow, calendarOf, now });
    const [first] = due;
    if (first === undefined) return next;
    if (first.kind === "timer") {
      next = await act(next, { by: "system", person: 1, action: first.timer.action, fields: {} }, walking, now);
      continue;
    }
    const timer = due.findIndex(({ kind }) => kind === "timer");
    const draft = enforceDue(
      draftOf(next.theCase, enforcer, now),
      timer === -1 ? due : due.slice(0, timer),
      policy.setup,
    );
    next = withEvents(next, draft, workflow, policy);
  }
  return next;
}

/**
 * Walks a made-up case through these steps, from its receipt at `now`. Throws the Problem with which a step is refused.
 * @param policy its set-up names the workflow for the type
 */
export async function walkCase(a: {
  workflow: WorkflowDefinition;
  policy: Policy;
  start: WalkStart;
  steps: readonly WalkStep[];
  now: Date;
}): Promise<Walk> {
  const { workflow, policy, start, steps, now } = a;
  const { setup } = policy;
  const walking = { workflow, policy };
  const channel = [...setup.channels.keys()][0] ?? "";
  const application: Application = {
    programme: setup.programme.code,
    type: start.type,
    channel,
    language: setup.programme.defaultLanguage,
    subject: start.subject || "…",
    description: start.description || "…",
    sector: start.sector ?? setup.entities.get(start.entity ?? "")?.sector ?? null,
    entity: start.entity,
    service: null,
    governorate: null,
    // The applicant names none: what rules make of the words is seen.
    pillar: null,
    importance: start.importance,
    category: null,
    anonymous: false,
    fields: start.fields,
    receivedAt: now,
    imported: false,
  };
  const reference = makeReference(Buffer.alloc(8, 1));
  const actor: Actor = { kind: "channel", channel };
  const { draft } = await openCase({ id: 1, reference, application, policy, actor, now });
  const empty: Walk = { theCase: { ...draft.theCase, lastSeq: 0 }, now, events: [], letters: [] };
  let walk = withEvents(empty, draft, workflow, policy);
  for (const step of steps) {
    walk =
      step.by === "time"
        ? await wait(walk, walking)
        : await act(walk, step, walking, new Date(walk.now.getTime() + stepMs));
  }
  return walk;
}
