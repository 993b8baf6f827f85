/**
 * Digests: which are due, what they tell, to look at and to try.
 *
 * A digest is figured out once a scope and stored as one message a receiver and period, all receivers of a programme in one
 * statement. Run twice, late or after a kill, it adds nothing: the key names receiver and period.
 */

import type { Actor } from "../../../engine/access/permissions.js";
import { workedOn } from "../../../engine/calendar/ordinary-day.js";
import type { WorkingCalendar } from "../../../engine/calendar/working-calendar.js";
import { morningAhead, wayOf } from "../../../engine/letters/choose-delivery.js";
import {
  askedUntil,
  type DueDigest,
  lastDue,
  lastWholePeriod,
  nextDue,
  periodKey,
} from "../../../engine/letters/digest-schedule.js";
import type { MessageIntent } from "../../../engine/letters/message-intent.js";
import { type DigestLetter, isFigureDigest, type MessageTemplate } from "../../../engine/letters/message-kinds.js";
import { orderTypes, seatsToAskFrom } from "../../../engine/lifecycle/orders.js";
import type { DigestOrders, OrderAct } from "../../../engine/measures/digest-orders.js";
import type { Seat, Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Language } from "../../../engine/text/text.js";
import type { Database } from "../../../platform/db/query.js";
import { insertMessages, type NewMessageState } from "../../../platform/mail/message-store.js";
import { sendTest } from "../../notifications/send-test.js";
import type { OrderServices } from "../../orders/orders.services.js";
import type { FigureAlerts } from "../alerts/figure-alerts.service.js";
import type { KpiSeries, ReceivedAcross } from "../kpi.js";
import { type CountedDigest, type CountingParts, countDigest } from "./count-digest.js";
import {
  type Digest,
  type DigestReceiver,
  digestHolders,
  digestReceivers,
  lookedAt,
  notTheirs,
  type ReaderScope,
  readerScope,
  type ShownFor,
  shownSeat,
} from "./digest-receivers.js";
import { addRun, type DigestRun, lastLetters, newestRuns } from "./digest-store.js";
import { escalatedTo } from "./escalated-to.js";
import { forReader, type ScopedDigest, scopedDigest } from "./figures-digests.js";
import { focalDigest, focalTold, focalWork, listedBefore } from "./focal-digests.js";
import { withUrgentCases } from "./name-urgent-cases.js";
import { plannedDigest } from "./planned-digest.js";

export interface DigestDependencies {
  readonly db: Database;
  readonly programmes: () => Promise<readonly string[]>;
  readonly setupOf: (programme: string) => Promise<Setup>;
  /** The calendar that a clock was started with. */
  readonly calendarOf: (versionId: number) => Promise<WorkingCalendar>;
  /** The same that `diwan kpi` prints. */
  readonly series: KpiSeries;
  readonly receivedAcross: ReceivedAcross;
  /** What alerts said of the figures of a scope. */
  readonly alertsOf: FigureAlerts["alertsOf"];
  readonly orders: Pick<OrderServices, "told">;
  /** State of a new message: `kept` in a simulation, whose letters never leave. By default `pending`. */
  readonly messages?: NewMessageState;
  readonly render: (
    message: { template: MessageTemplate; language: Language; data: Data },
    setup: Setup,
    options: { preview: boolean },
  ) => Rendered;
}

interface Rendered {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

type Data = Readonly<Record<string, unknown>>;

export interface DigestTold {
  readonly template: DigestLetter;
  readonly data: Data;
  /** Null: of a digest of everybody's own cases. */
  readonly shownFor: ShownFor | null;
}

/** Which digest, as of when. `name`: its code, or its letter's. */
export interface DigestAsked {
  readonly name: string;
  readonly at: Date;
  /** Left out: `at` is now. Of an earlier moment nothing is told that is known of now alone. */
  readonly now?: Date;
  readonly programme: string;
  /** Of a digest of everybody's own cases: whose; by default the entity with most to do. */
  readonly entity?: string | null;
  /** Of its audience, as who holds such a position gets it; by default the first that there is. */
  readonly role?: string | null;
  /** Whether who looks at it reads the cases of the programme; by default so. */
  readonly readsCases?: boolean;
}

/** A digest of a programme, and when it goes out. */
export interface DigestListed {
  readonly digest: Digest;
  readonly next: Date | null;
  readonly last: DigestRun | null;
  /** How many get it, of those who hold a position of its audience: the others chose to get their emails another way. */
  readonly receivers: number;
  readonly holders: number;
}

export interface Digests {
  /** Whether emails leave; else they are kept, to be read in the office. */
  readonly leaves: boolean;
  /**
   * Stores each digest whose moment has come, for every receiver. Returns how many letters are new. One that cannot be made keeps no other
   * from it: the first fault is thrown in the end.
   */
  sendDue(a: { now: Date }): Promise<{ queued: number }>;
  /** What there is in a programme. */
  list(a: { programme: string; now: Date }): Promise<readonly DigestListed[]>;
  /** What a digest would tell now, as it would be stored. Problems: as of `preview`. */
  told(a: DigestAsked): Promise<DigestTold>;
  /**
   * A digest to look at; nothing is stored or sent, and confidential cases are not in it, which a focal point's letter tells of.
   * Problems: invalid-input (unknown name), not-found.
   */
  preview(a: DigestAsked & { language: Language }): Promise<Rendered & Pick<DigestTold, "shownFor">>;
  /** Sends it to the person who asks, marked as a test. Problems: as of `preview`; too-many-requests, forbidden. */
  test(a: DigestAsked & { actor: Actor; language: Language }): Promise<{ readonly leaves: boolean }>;
}

/** Nobody is owed what was due before anybody looked: a digest that is new begins with its next moment. */
const firstLookMs = 3_600_000;

export function createDigests(d: DigestDependencies): Digests {
  const daysOf = async (setup: Setup): Promise<Days> => {
    const calendar = await d.calendarOf(setup.calendar.versionId);
    const { timeZone } = setup.programme;
    return { timeZone, calendar, isWorkingDay: (date: string) => workedOn(calendar, date) > 0 };
  };
  const state = d.messages ?? "pending";

  /** Counts once, and makes the letter of each scope once. */
  function figuresOf(parts: CountingParts, digest: Digest, counted: CountedDigest) {
    const scoped = new Map<string, Promise<ScopedDigest>>();
    const lettered = async (scope: ReaderScope) =>
      withUrgentCases(d, await scopedDigest(parts, counted, { digest, scope }), scope);
    return (scope: ReaderScope): Promise<ScopedDigest> => {
      const key = JSON.stringify([scope.entities, scope.scope.readsCases, scope.scope.insider ?? false]);
      const found = scoped.get(key) ?? lettered(scope);
      scoped.set(key, found);
      return found;
    };
  }

  /** Of the figures that a letter has: no confidential case is in them. @param userId whose own alerts are in it too; null: nobody's */
  async function alertsFor({ setup, steps }: CountedDigest, { scope }: ReaderScope, userId: number | null) {
    const period = steps.at(-1)?.period;
    if (scope.figures === null || period === undefined) return [];
    return d.alertsOf({
      ...{ programme: setup.programme.code, scope: { id: scope.figures, confidential: false } },
      ...{ from: period.from, to: period.to },
      ...(userId !== null && { userId }),
    });
  }

  /** What became of what these positions asked, since their last letter. */
  async function ordersFor(
    { setup, digest, due, now }: Pick<Sending, "setup" | "digest" | "due" | "now">,
    seats: readonly Pick<Seat, "id">[],
    last: Data | null,
  ): Promise<DigestOrders> {
    const since = typeof last?.at === "string" ? new Date(last.at) : previousAt(digest, due);
    return d.orders.told({ setup, seats: seats.map(({ id }) => id), since, now });
  }

  async function figureIntents(
    a: Sending,
    counted: CountedDigest,
    receivers: readonly DigestReceiver[],
  ): Promise<MessageIntent[]> {
    const { digest, setup } = a;
    const lasts = new Map(
      (await lastLetters(d.db, { ...keyOf(a), before: a.now })).map(({ receiver, data }) => [receiver, data]),
    );
    const figures = figuresOf(a.parts, digest, counted);
    const until = askedUntil(digest, a.now, await daysOf(setup));
    const intents: MessageIntent[] = [];
    for (const receiver of receivers) {
      const scope = readerScope(receiver.seats, digest, setup);
      if (scope === null) continue;
      const scoped = await figures(scope);
      const roles = receiver.seats.map(({ role }) => role);
      const escalated = await escalatedTo(d.db, { setup, seats: receiver.seats, now: a.now });
      const { userId } = receiver.holder;
      const alerts = await alertsFor(counted, scope, userId);
      const last = lasts.get(userId) ?? null;
      const orders = await ordersFor(a, receiver.seats, last);
      const acts = actsOf(setup, receiver);
      const reader = forReader(scoped, { scope, roles, escalated, last, alerts, until, orders, acts });
      intents.push(intentOf(a, receiver, { ...scoped.digest, reader }));
    }
    return intents;
  }

  async function focalIntents(a: Sending & { calendar: WorkingCalendar }, receivers: readonly DigestReceiver[]) {
    const { setup, now } = a;
    const entitiesOf = ({ seats }: DigestReceiver) => [...new Set(seats.flatMap(({ entity }) => entity ?? []))];
    const entities = [...new Set(receivers.flatMap(entitiesOf))];
    const work = await focalWork(d, { setup, entities, now, confidential: true });
    const lasts = new Map(
      (await lastLetters(d.db, { ...keyOf(a), before: now })).map(({ receiver, data }) => [receiver, data]),
    );
    const listed = await listedBefore(d, { programme: setup.programme.code, lasts: [...lasts.values()], now });
    const morning = morningAhead(now, a.calendar);
    return receivers.flatMap((receiver): MessageIntent[] => {
      const last = lasts.get(receiver.holder.userId) ?? null;
      const told = focalDigest({ setup, entities: entitiesOf(receiver), work, now, last, listed });
      if (told === null) return [];
      const made = intentOf(a, receiver, told);
      // Who hears once a day gets one letter in the morning: the list waits for what waits.
      const [seat] = receiver.seats;
      const isDaily = receiver.seats.every((one) => wayOf(one, setup) === "daily");
      return [isDaily && morning !== null ? { ...made, gather: { at: morning, seat: seat?.id ?? null } } : made];
    });
  }

  async function send(a: Sending & { calendar: WorkingCalendar }): Promise<number> {
    const { digest, setup, due, now } = a;
    const programme = setup.programme.code;
    const receivers = digestReceivers(digest, setup, now);
    let intents: readonly MessageIntent[] = [];
    let overdue: DigestRun["overdue"] = null;
    if (receivers.length > 0 && isFigureDigest(digest.letter)) {
      const counted = await countDigest(a.parts, a);
      overdue = Object.fromEntries(counted.steps.at(-1)?.overdue ?? []);
      intents = await figureIntents(a, counted, receivers);
    } else if (receivers.length > 0) intents = await focalIntents(a, receivers);
    const queued = await insertMessages(d.db, { programme, intents, now, state });
    await addRun(d.db, { programme, digest: digest.code, dueAt: due.at, ranAt: now, queued, overdue });
    return queued;
  }

  return {
    leaves: state === "pending",
    async sendDue({ now }) {
      let queued = 0;
      const failures: unknown[] = [];
      const attempt = (work: Promise<void>) => work.catch((error: unknown) => void failures.push(error));
      for (const programme of await d.programmes()) {
        const eachOf = async () => {
          const setup = await d.setupOf(programme);
          const days = await daysOf(setup);
          const runs = await newestRuns(d.db, programme);
          // On a Sunday several digests tell of the same week: what one of them asked, the others need not ask again.
          const parts = { ...d, series: answeredOnce(d.series) };
          for (const digest of setup.scheduledDigests.values())
            await attempt(sendWhenDue({ parts, setup, digest, now, days, last: runs.get(digest.code) }));
        };
        await attempt(eachOf());
      }
      if (failures.length > 0) throw failures[0];
      return { queued };

      async function sendWhenDue(a: Omit<Sending, "due"> & { days: Days; last: DigestRun | undefined }): Promise<void> {
        const { parts, setup, digest, days, last } = a;
        const due = digest.retired ? null : lastDue(digest, now, days);
        if (due === null || (last !== undefined && last.dueAt >= due.at)) return;
        if (last === undefined && now.getTime() - due.at.getTime() > firstLookMs) {
          const run = { programme: setup.programme.code, digest: digest.code, dueAt: due.at, ranAt: now };
          await addRun(d.db, { ...run, queued: 0, overdue: null });
        } else queued += await send({ parts, setup, digest, due, now, calendar: days.calendar });
      }
    },

    async list({ programme, now }) {
      const setup = await d.setupOf(programme);
      const [days, runs] = [await daysOf(setup), await newestRuns(d.db, programme)];
      return [...setup.scheduledDigests.values()].map((digest) => ({
        digest,
        next: digest.retired ? null : (nextDue(digest, now, days)?.at ?? null),
        last: runs.get(digest.code) ?? null,
        receivers: digestReceivers(digest, setup, now).length,
        holders: digestHolders(digest, setup, now).length,
      }));
    },

    async preview({ language, ...asked }) {
      const { template, data, shownFor } = await told(asked);
      const rendered = d.render({ template, language, data }, await d.setupOf(asked.programme), { preview: true });
      return { ...rendered, shownFor };
    },
    told,

    async test({ actor, language, ...asked }) {
      const { template, data } = await told(asked);
      const { programme, name, at } = asked;
      return sendTest(
        { db: d.db, messages: state },
        { actor, programme, kind: "digest", name, reference: null, template, data, language, now: at },
      );
    },
  };

  async function told({
    name,
    at,
    now = at,
    programme,
    entity = null,
    role = null,
    readsCases = true,
  }: DigestAsked): Promise<DigestTold> {
    const setup = await d.setupOf(programme);
    const digest = plannedDigest(setup, name);
    if (entity !== null && !setup.entities.has(entity)) {
      throw new Problem("not-found", msg("reports.digests.thereIsNoEntity", { entity }));
    }
    if (!readsCases && !isFigureDigest(digest.letter)) throw notTheirs();
    const past = at < now;
    // It is a list of what is open, and nothing else.
    if (past && !isFigureDigest(digest.letter)) throw new Problem("not-found", msg("reports.digests.noListOfThePast"));
    const told = isFigureDigest(digest.letter)
      ? await figuresTold(setup, digest, at, { entity, role, readsCases, past })
      : { data: await focalTold(d, { setup, now: at, entity }), shownFor: null };
    return { template: digest.letter, ...told };
  }

  /** As who holds a position of the audience there would get it: their targets, what came to them, what their last letter named. */
  async function figuresTold(
    setup: Setup,
    digest: Digest,
    at: Date,
    asked: { entity: string | null; role: string | null; readsCases: boolean; past: boolean },
  ): Promise<Omit<DigestTold, "template">> {
    const due = lastWholePeriod(digest, at, setup.programme);
    const counted = await countDigest(d, { setup, digest, due, now: at, past: asked.past });
    const { seat, receiver } = shownSeat(digest, { setup, now: at, ...asked });
    const seats = receiver?.seats ?? [seat];
    const own = readerScope(seats, digest, setup);
    if (own === null) throw new Problem("not-found", msg("reports.digests.nothingToTell"));
    const scope = lookedAt(own, asked.readsCases);
    const scoped = await figuresOf(d, digest, counted)(scope);
    const key = keyOf({ setup, digest, due });
    const letters = await lastLetters(d.db, { ...key, before: at });
    const last = letters.find((one) => scope === own && one.receiver === receiver?.holder.userId)?.data ?? null;
    const isTheirs = asked.readsCases && !asked.past && receiver !== null;
    const reader = forReader(scoped, {
      orders: await ordersFor({ setup, digest, due, now: at }, isTheirs ? receiver.seats : [], last),
      acts: receiver === null ? () => [] : actsOf(setup, receiver),
      ...{ scope, roles: seats.map(({ role }) => role) },
      escalated: asked.readsCases && !asked.past ? await escalatedTo(d.db, { setup, seats, now: at }) : [],
      last,
      alerts: await alertsFor(counted, scope, null),
      until: askedUntil(digest, at, await daysOf(setup)),
    });
    return {
      data: { ...scoped.digest, ...(asked.past && { past: true }), reader },
      shownFor: { role: seat.role, entity: seat.entity },
    };
  }
}

/** A first letter tells of what happened in a period like its own. */
const previousAt = ({ period }: Digest, due: DueDigest): Date =>
  new Date(due.at.getTime() - (period === "week" ? 7 : 31) * 86_400_000);

/** What who gets a digest may ask of an entity: the first types of orders, as many as a line of a letter has room for. */
function actsOf(setup: Setup, { holder, seats }: DigestReceiver): (entity: string) => readonly OrderAct[] {
  const programme = setup.programme.code;
  const held = seats.map(({ id, role, entity, sector }) => ({ id, role, entity, sector, programme }));
  const actor: Actor = { kind: "user", userId: holder.userId, name: holder.name, seats: held };
  const types = orderTypes(setup, "entities").slice(0, mostActs);
  return (entity) =>
    seatsToAskFrom(actor, setup, entity).length === 0 ? [] : types.map(({ code, name }) => ({ type: code, name }));
}
const mostActs = 3;

interface Days {
  readonly timeZone: string;
  readonly calendar: WorkingCalendar;
  readonly isWorkingDay: (date: string) => boolean;
}

interface Sending {
  readonly parts: CountingParts;
  readonly setup: Setup;
  readonly digest: Digest;
  readonly due: DueDigest;
  readonly now: Date;
}

/** The same question is asked once. @returns for one moment: what is counted later is another answer */
function answeredOnce(series: KpiSeries): KpiSeries {
  const answers = new Map<string, ReturnType<KpiSeries>>();
  return (request) => {
    const key = JSON.stringify(request);
    const answer = answers.get(key) ?? series(request);
    answers.set(key, answer);
    return answer;
  };
}

function keyOf({ setup, digest, due }: Pick<Sending, "setup" | "digest" | "due">) {
  const programme = setup.programme.code;
  return { programme, digest: digest.code, except: `digest/${digest.code}/${programme}/${periodKey(digest, due)}/` };
}

function intentOf(a: Sending, { holder }: DigestReceiver, data: object): MessageIntent {
  return {
    template: a.digest.letter,
    receiver: { kind: "user", userId: holder.userId },
    language: holder.language,
    data: { ...data },
    key: `${keyOf(a).except}user/${holder.userId}`,
  };
}
