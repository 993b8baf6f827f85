/**
 * The living population: ninety days of a national complaints office, lived through the real services.
 *
 * A simulated clock jumps from one due moment to the next: an application comes in, somebody acts, a deadline passes, a
 * job rings. Nothing is inserted as rows; what the demo shows is what the services made of it. The same seed lives the
 * same days.
 */

import { workedOn } from "../../engine/calendar/ordinary-day.js";
import { compileCalendar, type WorkingCalendar } from "../../engine/calendar/working-calendar.js";
import { nextDue } from "../../engine/letters/digest-schedule.js";
import type { Setup } from "../../engine/setup/setup.js";
import { Problem } from "../../engine/text/problems.js";
import type { WorkflowDefinition } from "../../engine/workflow/workflow-definition.js";
import type { AttachmentOwner } from "../../features/files/attachments.js";
import type { ChannelKey } from "../../features/people/channel-key-store.js";
import type { Services } from "../../platform/services.js";
import { writeApplication } from "./applicants.js";
import { type Arrival, arrivalsOf } from "./arrivals.js";
import { type DemoFiles, makeDemoFiles } from "./demo-files.js";
import { type Callers, makeCallers } from "./example-calls.js";
import type { Scheduled } from "./example-instructions.js";
import type { LivedCase, NextAct, World } from "./lived-case.js";
import { makeLooks } from "./looks.js";
import type { PopulationMaterial } from "./material.js";
import { nextAct } from "./next-act.js";
import type { SeededRandom } from "./seeded-random.js";
import { storyOf } from "./stories.js";

/** What happens next: a heap of moments; of two at the same moment the one planned first. */
interface Planned<T> {
  readonly at: number;
  readonly order: number;
  readonly what: T;
}

interface Agenda<T> {
  plan(at: Date, what: T): void;
  /** When the next thing happens; null when nothing is planned. */
  nextAt(): Date | null;
  take(): T | undefined;
}

function createAgenda<T>(): Agenda<T> {
  const heap: Planned<T>[] = [];
  let planned = 0;
  const before = (a: Planned<T>, b: Planned<T>): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);
  const swap = (i: number, j: number): void => {
    const [a, b] = [heap[i], heap[j]];
    if (a !== undefined && b !== undefined) {
      heap[i] = b;
      heap[j] = a;
    }
  };
  const earlier = (i: number, j: number): boolean => {
    const [a, b] = [heap[i], heap[j]];
    return a !== undefined && b !== undefined && before(a, b);
  };
  return {
    plan(at, what) {
      heap.push({ at: at.getTime(), order: planned++, what });
      for (let i = heap.length - 1, up = (i - 1) >> 1; i > 0 && earlier(i, up); i = up, up = (i - 1) >> 1) swap(i, up);
    },
    nextAt: () => (heap[0] === undefined ? null : new Date(heap[0].at)),
    take() {
      const first = heap[0];
      const last = heap.pop();
      if (first === undefined || last === undefined) return undefined;
      if (heap.length > 0) {
        heap[0] = last;
        for (let i = 0; ; ) {
          const left = 2 * i + 1;
          const child = left + 1 < heap.length && earlier(left + 1, left) ? left + 1 : left;
          if (child >= heap.length || !earlier(child, i)) break;
          swap(i, child);
          i = child;
        }
      }
      return first.what;
    },
  };
}

export interface Life {
  readonly services: Services;
  /** When the next deadline falls due, whatever case, and the first of the letters that wait is put together; null: none. */
  readonly nextDue: () => Promise<{ readonly deadline: Date | null; readonly letters: Date | null }>;
  /** Runs the jobs of a moment (digests, the seal), as the scheduler would. */
  readonly ring: (job: string, at: Date) => Promise<void>;
  /** In which state, where and in which sector a case is. */
  readonly placeOf: (reference: string) => Promise<Pick<LivedCase, "state" | "entity" | "sector">>;
  /** An applicant confirms the address, as by the link of the receipt. */
  readonly confirm: (a: { reference: string; now: Date }) => Promise<void>;
  /** What else happens, each at its moment. */
  readonly scheduled: readonly Scheduled[];
  /** Each channel's key. */
  readonly keys: ReadonlyMap<string, ChannelKey>;
  readonly programme: string;
  readonly random: SeededRandom;
  readonly material: PopulationMaterial;
  readonly from: Date;
  readonly to: Date;
  readonly applications: number;
  readonly progress: (done: { applications: number; acts: number; at: Date }) => void;
}

export interface LifeSummary {
  readonly applications: number;
  readonly acts: number;
  readonly refused: number;
  readonly enforcements: number;
}

type Happening =
  | { readonly kind: "application"; readonly arrival: Arrival }
  | { readonly kind: "act"; readonly lived: LivedCase; readonly act: NextAct }
  | { readonly kind: "look"; readonly lived: LivedCase }
  | {
      readonly kind: "job";
      readonly job: "seal-audit" | "figure-alerts" | "send-digests" | "gather-letters" | "count-words";
    }
  | { readonly kind: "scheduled"; readonly what: Scheduled };

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Applications between two lines of progress. */
const reportEach = 200;

/** So many of the newest cases are remembered together. */
const mostRecent = 60;

async function apply(
  { life, world, files, callers }: { life: Life; world: World; files: DemoFiles; callers: Callers },
  arrival: Arrival,
): Promise<LivedCase> {
  const now = arrival.at;
  const written = writeApplication(life.random, life.material, world.setup, arrival);
  const { channel, input } = written;
  const { told } = arrival;
  const of = { story: storyOf(life.material, told, input.service ?? null), nth: told?.nth ?? null };
  const byCall = world.setup.channels.get(channel)?.kind === "contactCentre" ? await callers.take(written, now) : null;
  if (byCall !== null) {
    const { type, language = "ar" } = input;
    return remember(world, asNew({ ...byCall, ...(await life.placeOf(byCall.reference)), type, language, ...of }));
  }
  const key = life.keys.get(channel);
  if (key === undefined) throw new Error(`the channel ${channel} has no key`);
  const { language = "ar", sector = null } = input;
  const attachments = await files.attach({ owner: { kind: "channel", key }, language, sector, now });
  const received = await life.services.intake.receive({ input, key, idempotencyKey: null, now, attachments });
  const { code } = received;
  return remember(world, asNew({ ...received, code, type: input.type, language, sector, ...of }));
}

function remember({ recent }: World, lived: LivedCase): LivedCase {
  recent.unshift(lived);
  recent.length = Math.min(recent.length, mostRecent);
  return lived;
}

function asNew(
  a: Pick<
    LivedCase,
    "reference" | "code" | "type" | "language" | "sector" | "story" | "nth" | "state" | "entity" | "dueAt"
  >,
): LivedCase {
  const { reference, code, type, language, sector, story, nth, state, entity, dueAt } = a;
  return {
    ...{ reference, code, type, language, sector, story, nth, state, entity, dueAt },
    takenIn: null,
    asked: false,
    transferred: false,
    among: new Set(),
    answerAt: null,
    taker: null,
    answerer: null,
    refused: 0,
  };
}

/** The state of a case that was linked to another. */
function linkedState(workflow: WorkflowDefinition | undefined): string | null {
  const linking = Object.values(workflow?.actions ?? {}).find(({ effects }) => effects.includes("link"));
  return typeof linking?.to === "string" ? linking.to : null;
}

/** Does it, or finds that the case has moved on meanwhile (a timer closed it). The cases that go on. */
async function perform(
  life: Life,
  a: { setup: Setup; files: DemoFiles; lived: LivedCase; act: NextAct; now: Date },
): Promise<LivedCase[]> {
  const { setup, files, lived, act, now } = a;
  const { action, fields, actor } = act;
  const workflow = setup.workflows.get(setup.types.get(lived.type)?.workflow ?? "")?.definition;
  const { effects = [], attachments: carries = false } = workflow?.actions[action] ?? {};
  const { reference, code } = lived;
  const owner: AttachmentOwner =
    actor === null ? { kind: "applicant", reference, code, from: null } : { kind: "official", actor, reference };
  const { cases } = life.services;
  try {
    const attachments = carries ? await files.attach({ ...lived, owner, now }) : [];
    const done =
      actor === null
        ? await cases.performAsApplicant({ reference, code, action, fields, now, attachments })
        : await cases.perform({ reference, action, fields, actor, now, attachments });
    Object.assign(lived, { state: done.state, entity: done.entity, dueAt: done.dueAt });
    if (actor === null && effects.some((effect) => effect === "reply" || effect === "rate"))
      await life.confirm({ reference, now });
    if (effects.includes("take")) lived.taker = actor;
    if (act.receiver !== undefined) Object.assign(lived, { taker: act.receiver, takenIn: done.state });
    // Whoever lives those finds out when they come to act.
    for (const other of act.merged ?? []) other.state = linkedState(workflow) ?? other.state;
    if (effects.includes("answer")) lived.answerer = actor?.kind === "user" ? actor.userId : null;
    return done.opened === undefined ? [lived] : [lived, asNew({ ...lived, ...done.opened, story: null, nth: null })];
  } catch (error) {
    if (error instanceof Problem && error.status < 500) return [];
    throw error;
  }
}

/** So often people look again at a case that refused what they wanted. */
const mostLooks = 3;

/** A case that refused an act has moved on, or one that it was to be merged with: its people see how it is now. */
async function lookedAtAgain({ placeOf }: Life, lived: LivedCase): Promise<LivedCase[]> {
  lived.refused += 1;
  const { state, entity } = await placeOf(lived.reference);
  return lived.refused > mostLooks ? [] : [Object.assign(lived, { state, entity })];
}

/** Lives from `from` to `to`. Throws what a service throws, other than a refusal. */
export async function liveThrough(life: Life): Promise<LifeSummary> {
  const { services, from, to } = life;
  const setup = await services.setup.of(life.programme);
  const world: World = {
    setup,
    calendar: compileCalendar(setup.calendar.definition),
    random: life.random,
    material: life.material,
    newestFrom: new Date(Math.max(from.getTime(), to.getTime() - life.material.newest.days * dayMs)),
    to,
    recent: [],
  };
  const files = await makeDemoFiles(services.attachments, life.material);
  const looks = makeLooks(services, world);
  const callers = makeCallers({ services, setup, seed: life.material.seed, to });
  const agenda = createAgenda<Happening>();
  for (const arrival of arrivalsOf({ ...life, ...world })) agenda.plan(arrival.at, { kind: "application", arrival });
  for (const { job, at } of jobMoments(setup, world.calendar, life)) agenda.plan(at, { kind: "job", job });

  const later = (what: Scheduled): void => agenda.plan(what.at, { kind: "scheduled", what });
  life.scheduled.forEach(later);

  const summary = { applications: 0, acts: 0, refused: 0, enforcements: 0 };
  const planNext = (lived: LivedCase, now: Date): void => {
    const act = nextAct(world, lived, now);
    if (act !== null && act.at < to) agenda.plan(act.at, { kind: "act", lived, act });
  };
  for (;;) {
    const { deadline, letters } = await life.nextDue();
    const next = agenda.nextAt();
    if (deadline !== null && deadline < to && (next === null || deadline <= next)) {
      const swept = await services.deadlines.enforce({ now: deadline });
      summary.enforcements += swept.breaches + swept.warnings + swept.escalations + swept.timers;
      continue;
    }
    const happening = agenda.take();
    if (next === null || happening === undefined) return summary;
    if (happening.kind === "job") {
      const idle = happening.job === "gather-letters" && (letters === null || letters > next);
      if (!idle) await life.ring(happening.job, next);
    } else if (happening.kind === "scheduled") await happening.what.run(later);
    else if (happening.kind === "look") await looks.look(happening.lived, next);
    else if (happening.kind === "application") {
      planNext(await apply({ life, world, files, callers }, happening.arrival), next);
      summary.applications += 1;
    } else {
      const { lived, act } = happening;
      if (act.actor?.kind === "user") await looks.acted(lived, act.actor);
      const goOn = await perform(life, { setup, files, lived, act, now: next });
      if (goOn.length > 0 && act.actor?.kind === "user") await callers.acted(lived, act.actor, next);
      const look = looks.next(next);
      if (look !== null && look < to) agenda.plan(look, { kind: "look", lived });
      summary[goOn.length > 0 ? "acts" : "refused"] += 1;
      for (const one of goOn.length > 0 ? goOn : await lookedAtAgain(life, lived)) planNext(one, next);
    }
    if (happening.kind === "application" && summary.applications % reportEach === 0)
      life.progress({ ...summary, at: next });
  }
}

/** When the demo's jobs run, as far as they have something to do: the seal after midnight, alerts, each digest when it is due. */
function jobMoments(
  setup: Setup,
  calendar: WorkingCalendar,
  { from, to }: Pick<Life, "from" | "to">,
): { job: Extract<Happening, { kind: "job" }>["job"]; at: Date }[] {
  const { timeZone } = setup.programme;
  const moments: ReturnType<typeof jobMoments> = [];
  // Before letters are put together at the same moment: in the morning they are one.
  const days = { timeZone, isWorkingDay: (date: string) => workedOn(calendar, date) > 0 };
  for (const digest of setup.scheduledDigests.values()) {
    for (let due = nextDue(digest, from, days); due !== null && due.at < to; due = nextDue(digest, due.at, days))
      if (!digest.retired) moments.push({ job: "send-digests", at: due.at });
  }
  const half = hourMs / 2;
  const local = new Intl.DateTimeFormat("en", {
    timeZone,
    weekday: "short",
    day: "numeric",
    hour: "numeric",
    hourCycle: "h23",
  });
  for (let t = Math.ceil(from.getTime() / hourMs) * hourMs; t < to.getTime(); t += hourMs) {
    const at = new Date(t);
    const parts = Object.fromEntries(local.formatToParts(at).map((part) => [part.type, part.value]));
    if (parts.hour === "00") moments.push({ job: "seal-audit", at });
    // Alerts are judged by whole weeks and months.
    if (parts.hour === "06" && (parts.weekday === "Sun" || parts.day === "1"))
      moments.push({ job: "figure-alerts", at });
    // Letters are put together in working time, some of which begins at half past.
    const hourOfDay = Number(parts.hour);
    if (hourOfDay >= 8 && hourOfDay <= 16) {
      moments.push({ job: "gather-letters", at }, { job: "gather-letters", at: new Date(t + half) });
    }
    // What the public pages suggest need not be newer than a week.
    if (parts.hour === "03" && parts.weekday === "Sun") moments.push({ job: "count-words", at });
  }
  return moments;
}
