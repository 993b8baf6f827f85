/** Which keys are here, what each is still needed for, and which the database names that are not here. */

import sql from "sql-template-tag";
import { type KeyRing, keyLabelled, printOf } from "../../engine/text/key-ring.js";
import { type Database, query } from "../../platform/db/query.js";
import { wholeMs } from "../people/accounts/session-store.js";

// Which keys of SESSION_SECRET and SEAL_KEY the database needs, by the labels that are stored with what they made.

type MadeByKeys = "seals" | "second-factors" | "links";

interface KeyNeed {
  readonly what: MadeByKeys;
  /** Null for what was made before labels were noted. */
  readonly key: string | null;
  readonly count: number;
  /** When the last of them runs out; null for what never does. */
  readonly until: Date | null;
}

/** What was made and may still be read at `now`, a key and kind a row. */
function keyNeeds(db: Database, now: Date): Promise<KeyNeed[]> {
  const statement = sql`select 'seals' as what, key, count(*)::integer as count, null::timestamptz as until from seals
    group by key
    union all
    select 'second-factors', key, count(*)::integer, null from second_factors group by key
    union all
    select 'links', key, count(*)::integer, max(expires_at) from account_links
    where used_at is null and voided_at is null and expires_at > ${now} group by key
    union all
    select 'links', key, count(*)::integer, max(expires_at) from contact_proofs
    where proven_at is null and expires_at > ${now} group by key
    order by what, key`;
  return query<KeyNeed>(db, statement);
}

/** Sealed before labels were noted. */
function secondFactorsWithoutKey(db: Database): Promise<{ readonly userId: number; readonly secret: Buffer }[]> {
  return query(db, sql`select user_id as "userId", secret from second_factors where key is null order by user_id`);
}

interface CookieKey {
  readonly key: string;
  /** When an instance first and last noted that it signs cookies with it. */
  readonly firstAt: Date;
  readonly lastAt: Date;
}

function cookieKeys(db: Database): Promise<CookieKey[]> {
  return query<CookieKey>(
    db,
    sql`select key, first_at as "firstAt", last_at as "lastAt" from cookie_keys order by key`,
  );
}

/** An instance signs cookies with the key of this label at this moment. */
async function noteCookieKey(db: Database, a: { key: string; now: Date }): Promise<void> {
  const statement = sql`insert into cookie_keys as k (key, first_at, last_at) values (${a.key}, ${a.now}, ${a.now})
    on conflict (key) do update
      set first_at = least(k.first_at, excluded.first_at), last_at = greatest(k.last_at, excluded.last_at)`;
  await query(db, statement);
}

export type KeyVariable = "SESSION_SECRET" | "SEAL_KEY";

export interface KeyUse {
  readonly what: "seals" | "second-factors" | "links" | "cookies";
  /** Null for cookies, which nobody counts. */
  readonly count: number | null;
  /** From then on not any more; null for what never ends by itself. */
  readonly until: Date | null;
}

export interface ListedKey {
  readonly variable: KeyVariable;
  /** Null without one, or where nothing says which key it was. */
  readonly id: string | null;
  /** Eight hexadecimal digits; null where nothing says which key it was. */
  readonly fingerprint: string | null;
  /** `missing`: needed, and not among the keys here. */
  readonly state: "writes" | "reads" | "missing";
  readonly uses: readonly KeyUse[];
}

export interface KeyStatusParts {
  readonly db: Database;
  /** Null where a variable is not known. */
  readonly rings: { readonly session: KeyRing | null; readonly seal: KeyRing | null };
  /** Label of the key that opens a sealed second factor; null: none here does. */
  readonly keyOfFactor: (userId: number, sealed: Buffer) => string | null;
  /** How many seals that name no key hold with which of the keys; null: with none. Reads all of their entries. */
  readonly keysOfNamelessSeals: () => Promise<ReadonlyMap<string | null, number>>;
}

export interface KeyRings {
  /**
   * Keys here in their order, then those that are missing.
   * @param everySeal also seals of before labels were noted are tried with each key, which reads all that they cover
   */
  status(a: { now: Date; everySeal: boolean }): Promise<readonly ListedKey[]>;
  /** An instance signs cookies now: see `notedEachMs`. */
  note(a: { now: Date }): Promise<void>;
}

/** How often a running instance notes with which key it signs cookies. */
export const notedEachMs = 5 * 60_000;

/** Sessions and the applicants' cookies are renewed with each request, and are over after this long whatever happens. */
const cookieLifeMs = wholeMs + notedEachMs;

/** What is listed of one variable. */
class Listing {
  private readonly keys: { label: string | null; state: ListedKey["state"]; uses: KeyUse[] }[];

  constructor(
    private readonly variable: KeyVariable,
    private readonly ring: KeyRing | null,
  ) {
    this.keys = (ring ?? []).map(({ label }, i) => ({ label, state: i === 0 ? "writes" : "reads", uses: [] }));
  }

  /** @param label null: of a key that nothing names and that is not here */
  add(label: string | null, use: KeyUse): void {
    const here = label === null || this.ring === null ? null : keyLabelled(this.ring, label);
    const known = here?.label ?? label;
    let listed = this.keys.find((key) => key.label === known);
    if (listed === undefined) {
      listed = { label: known, state: "missing", uses: [] };
      this.keys.push(listed);
    }
    const at = listed.uses.findIndex(({ what }) => what === use.what);
    const before = listed.uses[at];
    if (before === undefined) listed.uses.push(use);
    else listed.uses[at] = { ...use, count: (before.count ?? 0) + (use.count ?? 0), until: later(before, use) };
  }

  list(): ListedKey[] {
    return this.keys.map(({ label, state, uses }) => ({
      variable: this.variable,
      id: label?.slice(0, -printOf(label).length) || null,
      fingerprint: label === null ? null : printOf(label).slice(1),
      state,
      uses,
    }));
  }
}

const later = (a: KeyUse, b: KeyUse): Date | null =>
  a.until && b.until && new Date(Math.max(a.until.getTime(), b.until.getTime()));

export function createKeyStatus({ db, rings, keyOfFactor, keysOfNamelessSeals }: KeyStatusParts): KeyRings {
  /** What the rows say by their labels, and who signs cookies. */
  async function addNamed(session: Listing, seal: Listing, now: Date): Promise<void> {
    for (const { what, key, count, until } of await keyNeeds(db, now)) {
      if (key !== null) (what === "seals" ? seal : session).add(key, { what, count, until });
      // A letter of before names no key: any may have made its token.
      else if (what === "links")
        for (const { label } of rings.session ?? []) session.add(label, { what, count, until });
    }
    const noted = await cookieKeys(db);
    const signed = (label: string, from: number) => {
      const until = new Date(from + cookieLifeMs);
      if (until > now) session.add(label, { what: "cookies", count: null, until });
    };
    for (const { key, lastAt } of noted) signed(key, lastAt.getTime());
    // What a key signed before that was noted at all is over as long after the first note.
    const begin = Math.min(now.getTime(), ...noted.map(({ firstAt }) => firstAt.getTime()));
    const isNoted = (label: string) => noted.some(({ key }) => printOf(key) === printOf(label));
    for (const { label } of rings.session ?? []) if (!isNoted(label)) signed(label, begin);
  }

  return {
    async status({ now, everySeal }) {
      const session = new Listing("SESSION_SECRET", rings.session);
      const seal = new Listing("SEAL_KEY", rings.seal);
      await addNamed(session, seal, now);
      for (const { userId, secret } of await secondFactorsWithoutKey(db)) {
        session.add(keyOfFactor(userId, secret), { what: "second-factors", count: 1, until: null });
      }
      if (everySeal) {
        for (const [label, count] of await keysOfNamelessSeals()) {
          seal.add(label, { what: "seals", count, until: null });
        }
      }
      return [...session.list(), ...seal.list()];
    },
    async note({ now }) {
      if (rings.session !== null) await noteCookieKey(db, { key: rings.session[0].label, now });
    },
  };
}
