/**
 * Tells screens that something changed, a moment after it was committed by whichever instance. Once a second, and only while
 * somebody listens, one statement asks what is new; what each listener may know of it is asked of the permission table with
 * the seats held at that very moment.
 *
 * A snapshot of PostgreSQL says exactly which transactions a look has seen: whatever one sees and the one before did not is
 * new, none is told twice and none is lost, also over a broken connection. A notification would need a lock that lets one
 * transaction commit at a time.
 */

import type { Logger } from "pino";
import sql from "sql-template-tag";
import { type Actor, type CaseSubject, can, type EntityTree } from "../../../engine/access/permissions.js";
import type { LiveNews } from "../../../engine/lifecycle/live-news.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { type Database, query, queryUnprepared } from "../../../platform/db/query.js";
import { errorSummary } from "../../../platform/error-summary.js";
import { liveSessions } from "../../people/accounts/session-store.js";
import { presentMs } from "./presence.js";

interface ChangedCaseRow extends CaseSubject {
  readonly reference: string;
  /** It was received since. */
  readonly opened: boolean;
  /** It was moved to another place since. */
  readonly moved: boolean;
  /** Where it was before that; null: in its sector's queue. */
  readonly before: string | null;
  /** Whose its news is, by number; 0: of all of its place. */
  readonly newsOf: readonly number[];
}

interface PresenceRow extends CaseSubject {
  readonly reference: string;
  /** Who has it open now. */
  readonly users: readonly number[];
}

interface LiveRow {
  /** What this look has seen; the next one begins there. */
  readonly snapshot: string;
  readonly cases: readonly ChangedCaseRow[];
  readonly presence: readonly PresenceRow[];
  /** There was more than is listed. */
  readonly more: boolean;
}

/** A screen that missed more than this reads everything again. */
const maxEvents = 5000;
const maxCases = 200;

/** The present moment, as a place to look from. */
async function liveSnapshot(db: Database): Promise<string> {
  return (
    (await query<{ snapshot: string }>(db, sql`select pg_current_snapshot()::text as snapshot`))[0]?.snapshot ?? ""
  );
}

const subject = sql`'reference', c.reference, 'programme', c.programme, 'entity', c.entity, 'sector', c.sector,
    'confidential', c.confidential`;

/** Each says which entity, if any, a case stands with from then on. */
const places = sql`('case.routed','case.assigned','case.transferred','case.taken-back')`;

/** What was committed since `snapshot`. `seenSince`: who has given no sign of life since then is not present. */
async function liveChanges(db: Database, a: { snapshot: string; seenSince: Date }): Promise<LiveRow> {
  const isSince = sql`tx >= pg_snapshot_xmin(${a.snapshot}::pg_snapshot)
        and not pg_visible_in_snapshot(tx, ${a.snapshot}::pg_snapshot)`;
  const statement = sql`with events as materialized (
      select case_id, seq, type from case_events where ${isSince} order by tx limit ${maxEvents + 1}),
    touched as (
      select case_id, bool_or(type = 'application.received') as opened, min(seq) filter (where type in ${places}) as moved_at
      from events group by case_id limit ${maxCases + 1}),
    present as (
      select case_id from case_presence where ${isSince} group by case_id limit ${maxCases})
    select pg_current_snapshot()::text as snapshot,
      (select count(*) > ${maxEvents} from events) or (select count(*) > ${maxCases} from touched) as more,
      coalesce((select json_agg(json_build_object(${subject}, 'opened', t.opened, 'moved', t.moved_at is not null and not t.opened,
          'before', (select p.data::jsonb->>'entity' from case_events p
            where p.case_id = c.id and p.seq < t.moved_at and p.type in ${places} order by p.seq desc limit 1),
          'newsOf', (select coalesce(json_agg(coalesce(n.holder, 0)), '[]') from case_news n
            where n.case_id = c.id and n.last_seq > n.read_to)))
        from touched t join cases c on c.id = t.case_id), '[]') as cases,
      coalesce((select json_agg(json_build_object(${subject}, 'users', (select coalesce(json_agg(p.user_id), '[]')
          from case_presence p where p.case_id = c.id and not p.gone and p.seen_at > ${a.seenSince})))
        from present t join cases c on c.id = t.case_id), '[]') as presence`;
  // Planned for its very snapshot, so that the index on transactions is taken whatever statistics say.
  const [row] = await queryUnprepared<LiveRow>(db, statement);
  if (row === undefined) throw new Error("no snapshot");
  return row;
}

type Person = Extract<Actor, { kind: "user" }>;

export interface LiveListener {
  readonly userId: number;
  readonly sessionId: string;
  tell(news: LiveNews): void;
  /** The session is over, or this instance stops: nothing more comes. */
  end(): void;
}

export interface Live {
  /** Resolves once nothing that happens from now on is missed, with how to stop. Problems: too-many-requests, unavailable. */
  listen(listener: LiveListener): Promise<() => void>;
  /** Ends all listeners. */
  stop(): void;
}

export interface LiveParts {
  readonly db: Database;
  readonly log: Logger;
  readonly now: () => Date;
  /** Whose session it is with the seats held now; null once it is over. */
  readonly official: (a: {
    userId: number;
    sessionId: string;
    now: Date;
  }) => Promise<{ readonly actor: Person } | null>;
  readonly entitiesOf: (programme: string) => Promise<EntityTree>;
}

const tickMs = 1000;
/** Windows of one session, of one person however often they signed in, and listeners of this instance. */
const maxOfSession = 6;
const maxOfPerson = 12;
const maxListeners = 1000;

const tooManyWindows = (): Problem =>
  new Problem("too-many-requests", msg("cases-live.createLive.youFollowChangesInAs"));
const tooManyHere = (): Problem => new Problem("unavailable", msg("cases-live.createLive.tooManyScreensFollowChanges"));

interface Known {
  readonly listener: LiveListener;
  /** As of the last look; only who may be told something is loaded anew. */
  actor: Person;
}

const nothing: LiveNews = { cases: [], presence: [], all: false };
const isNothing = ({ cases, presence, all }: LiveNews): boolean => cases.length + presence.length === 0 && !all;

/** What of all that is new this person may know. */
function newsFor(actor: Person, row: LiveRow, trees: ReadonlyMap<string, EntityTree>): LiveNews {
  if (actor.seats.length === 0) return nothing;
  const reads = (one: CaseSubject): boolean =>
    can(actor, "case.read", { case: one, entities: trees.get(one.programme) ?? new Map() });
  const theirs = row.cases.filter(reads);
  const left = row.cases.some((one) => one.moved && !theirs.includes(one) && reads({ ...one, entity: one.before }));
  return {
    cases: theirs.map(({ reference, opened, newsOf }) => ({
      ...{ reference, opened },
      ...((newsOf.includes(0) || newsOf.includes(actor.userId)) && { news: true as const }),
    })),
    presence: row.presence
      .filter((one) => one.users.includes(actor.userId) && reads(one))
      .map(({ reference }) => reference),
    all: left || row.more,
  };
}

export function createLive({ db, log, now, official, entitiesOf }: LiveParts): Live {
  const listeners = new Set<Known>();
  let snapshot: Promise<string> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let failing = false;

  const remove = (known: Known): void => {
    listeners.delete(known);
    if (listeners.size > 0) return;
    if (timer !== null) clearTimeout(timer);
    timer = null;
    snapshot = null;
  };
  const end = (known: Known): void => {
    remove(known);
    known.listener.end();
  };

  /** The actor as of now; null: the listener was ended. */
  async function anew(known: Known, at: Date): Promise<Person | null> {
    const { userId, sessionId } = known.listener;
    const found = await official({ userId, sessionId, now: at });
    if (found === null) {
      end(known);
      return null;
    }
    known.actor = found.actor;
    return found.actor;
  }

  async function treesOf(row: LiveRow): Promise<Map<string, EntityTree>> {
    const trees = new Map<string, EntityTree>();
    for (const { programme } of [...row.cases, ...row.presence]) {
      if (!trees.has(programme)) trees.set(programme, await entitiesOf(programme));
    }
    return trees;
  }

  async function endDeadSessions(at: Date): Promise<void> {
    // A listener that comes while it is asked was not asked for.
    const asked = [...listeners];
    const ids = [...new Set(asked.map(({ listener }) => listener.sessionId))];
    const alive = await liveSessions(db, { ids, now: at });
    for (const known of asked) if (!alive.has(known.listener.sessionId)) end(known);
  }

  async function look(from: string): Promise<string> {
    const at = now();
    const row = await liveChanges(db, { snapshot: from, seenSince: new Date(at.getTime() - presentMs) });
    await endDeadSessions(at);
    if (row.cases.length + row.presence.length === 0 && !row.more) return row.snapshot;
    const trees = await treesOf(row);
    for (const known of [...listeners]) {
      // Who seems to be told nothing is not asked for; seats that were gained meanwhile are found when they are loaded.
      if (isNothing(newsFor(known.actor, row, trees))) continue;
      const actor = await anew(known, at);
      if (actor === null || !listeners.has(known)) continue;
      const news = newsFor(actor, row, trees);
      if (!isNothing(news)) known.listener.tell(news);
    }
    return row.snapshot;
  }

  /** Who was given or lost a seat sees it without any change of a case. */
  const anewMs = 15_000;
  let lastAnew = 0;
  async function loadAnew(): Promise<void> {
    if (performance.now() - lastAnew < anewMs) return;
    lastAnew = performance.now();
    const at = now();
    for (const known of [...listeners]) {
      const before = JSON.stringify(known.actor.seats);
      const actor = await anew(known, at);
      if (actor !== null && JSON.stringify(actor.seats) !== before) known.listener.tell({ ...nothing, all: true });
    }
  }

  async function tick(): Promise<void> {
    const started = snapshot;
    if (started === null) return;
    let latest = started;
    try {
      const next = await look(await started);
      latest = Promise.resolve(next);
      await loadAnew();
      if (failing) log.info("changes are followed again");
      failing = false;
    } catch (error) {
      // What happens meanwhile is found by the next look that succeeds.
      if (!failing) log.warn({ error: errorSummary(error) }, "changes cannot be followed");
      failing = true;
    }
    // Everybody may have left meanwhile, and somebody come: then another round has begun already.
    if (snapshot !== started) return;
    snapshot = latest;
    arm();
  }
  function arm(): void {
    timer = setTimeout(() => void tick(), tickMs);
    timer.unref();
  }

  return {
    async listen(listener) {
      const ofPerson = [...listeners].filter((known) => known.listener.userId === listener.userId);
      const ofSession = ofPerson.filter((known) => known.listener.sessionId === listener.sessionId);
      if (ofSession.length >= maxOfSession || ofPerson.length >= maxOfPerson) throw tooManyWindows();
      if (listeners.size >= maxListeners) throw tooManyHere();
      const { userId } = listener;
      const known: Known = { listener, actor: { kind: "user", userId, name: "", seats: [] } };
      listeners.add(known);
      try {
        if (snapshot === null) {
          snapshot = liveSnapshot(db);
          arm();
        }
        await Promise.all([snapshot, anew(known, now())]);
      } catch (error) {
        snapshot = listeners.size > 1 ? snapshot : null;
        remove(known);
        throw error;
      }
      return () => remove(known);
    },
    stop() {
      for (const known of [...listeners]) end(known);
    },
  };
}
