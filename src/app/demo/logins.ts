/** Accounts and keys to try the demo with, made once and written to `demo-logins.json` in the data folder. */

import { readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import sql from "sql-template-tag";
import type { Actor } from "../../engine/access/permissions.js";
import { type RoleCode, roleCodes } from "../../engine/access/roles.js";
import { isKeylessKind } from "../../engine/setup/channel-kinds.js";
import type { Seat, Setup } from "../../engine/setup/setup.js";
import { superiorSeat } from "../../engine/setup/setup-references.js";
import type { ChannelKey } from "../../features/people/channel-key-store.js";
import { issueChannelKey } from "../../features/people/channel-key-store.js";
import { setPassword } from "../../features/people/user-store.js";
import { type Database, query } from "../../platform/db/query.js";
import type { Random } from "../../platform/unguessable.js";

export type DemoLogin =
  | { readonly role: RoleCode; readonly email: string; readonly password: string; readonly entity: string | null }
  | { readonly role: "api"; readonly channel: string; readonly key: string };

const demo: Actor = { kind: "system", job: "demo" };

/** Others have one of each role. */
const several: Readonly<Partial<Record<RoleCode, number>>> = { operation_room: 2, main_focal_point: 2, focal_point: 4 };

/** Offices that have much to do first: those with most services. */
function seatsFor(setup: Setup, role: RoleCode, count: number): Setup["seats"] {
  const places = new Set<string>();
  const services = (entity: string | null): number =>
    [...setup.services.values()].filter((service) => service.entity === entity).length;
  return setup.seats
    .filter((seat) => seat.role === role && seat.holders.length > 0)
    .map((seat) => ({ seat, busy: services(seat.entity) }))
    .sort((a, b) => b.busy - a.busy || a.seat.id - b.seat.id)
    .map(({ seat }) => seat)
    .filter((seat) => {
      const place = seat.entity ?? seat.sector ?? String(seat.id);
      return !places.has(place) && places.add(place);
    })
    .slice(0, count);
}

export const loginsFile = (home: string): string => path.join(home, "demo-logins.json");
const readLogins = (home: string): DemoLogin[] => JSON.parse(readFileSync(loginsFile(home), "utf8")) as DemoLogin[];
/** Whole or not at all: of half a list the next start could make nothing. */
function writeLogins(home: string, logins: readonly DemoLogin[]): void {
  const file = loginsFile(home);
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, `${JSON.stringify(logins, null, 2)}\n`, { mode: 0o600 });
  renameSync(fresh, file);
}
/** Whether there is a list that can be read. */
export function hasLogins(home: string): boolean {
  try {
    return readLogins(home).length > 0;
  } catch {
    return false;
  }
}

/**
 * Gives passwords to one person of each role and a key to each channel, and writes them down. The file is for its owner's
 * eyes only. Gives the keys, for whoever sends applications next.
 */
export async function makeLogins(
  db: Database,
  setup: Setup,
  a: { home: string; random: Random; now: Date },
): Promise<Map<string, ChannelKey>> {
  const { home, random, now } = a;
  const logins: DemoLogin[] = [];
  for (const role of roleCodes) {
    for (const seat of seatsFor(setup, role, several[role] ?? 1)) {
      const email = seat.holders[0]?.email ?? "";
      const password = random.bytes(9).toString("base64url");
      await setPassword(db, { email, password, by: demo, now });
      logins.push({ role, email, password, entity: seat.entity });
    }
  }
  const keys = new Map<string, ChannelKey>();
  const programme = setup.programme.code;
  for (const { code, retired, kind } of setup.channels.values()) {
    if (retired || isKeylessKind(kind)) continue;
    const { id, key } = await issueChannelKey(db, { programme, channel: code, label: "demo", random, by: demo, now });
    keys.set(code, { id, programme, channel: code });
    logins.push({ role: "api", channel: code, key });
  }
  writeLogins(home, logins);
  return keys;
}

/** Open cases of one's own, news that is not seen yet, and answers given: the first person to sign in sees a desk at work. */
const work = (emails: readonly string[]) => sql`
  select u.email,
    (select count(*) from cases c where c.assignee = u.id and c.urgency in (0, 1))::integer as open,
    (select count(*) from case_news n where n.holder = u.id and n.last_seq > n.read_to)::integer as news,
    (select count(*) from cases c where c.answered_by = u.id)::integer as answered
  from users u where u.email = any(${emails}::text[])`;

interface Busy {
  readonly role: RoleCode;
  readonly email: string;
  readonly entity: string | null;
}

/** The focal point with open cases, news and answers of their own: of those who have all of it the one with most news. */
async function busiestFocalPoint(db: Database, setup: Setup): Promise<Busy | null> {
  const seats = setup.seats.filter(({ role, holders }) => role === "focal_point" && holders.length > 0);
  const seatOf = new Map(seats.flatMap((seat) => seat.holders.map(({ email }) => [email, seat] as const)));
  type Row = { email: string; open: number; news: number; answered: number };
  const rows = await query<Row>(db, work([...seatOf.keys()]));
  const whole = ({ open, news, answered }: Row): number => [open, news, answered].filter((n) => n > 0).length;
  const [first] = rows
    .filter((row) => whole(row) > 0)
    .sort((one, two) => whole(two) - whole(one) || two.news - one.news || two.open - one.open);
  if (first === undefined) return null;
  return { role: "focal_point", email: first.email, entity: seatOf.get(first.email)?.entity ?? null };
}

/** The main focal point of the sector in which most cases wait for an entity. */
async function busiestPlacer(db: Database, setup: Setup): Promise<Busy | null> {
  const sectors = await query<{ sector: string }>(
    db,
    sql`select sector from cases where entity is null and sector is not null and urgency in (0, 1) group by sector order by count(*) desc, sector`,
  );
  const seats = sectors.flatMap(({ sector }) =>
    setup.seats.filter((seat) => seat.role === "main_focal_point" && seat.sector === sector),
  );
  const email = seats.flatMap(({ holders }) => holders.map((holder) => holder.email))[0];
  return email === undefined ? null : { role: "main_focal_point", email, entity: null };
}

/** For each step of the ladder the position to which most open cases climbed. */
async function busiestSuperiors(db: Database, setup: Setup): Promise<Busy[]> {
  type Row = { entity: string; level: number; cases: number };
  const climbed = await query<Row>(
    db,
    sql`select entity, escalation_level as level, count(*)::integer as cases from cases
      where programme = ${setup.programme.code} and entity is not null and escalation_level > 0 and urgency in (0, 1) and not confidential
      group by entity, escalation_level`,
  );
  return setup.programme.settings.ladder.flatMap(({ level, role }): Busy[] => {
    const bySeat = new Map<Seat, number>();
    for (const { entity, cases } of climbed.filter((row) => row.level >= level)) {
      const seat = superiorSeat(setup, entity, level);
      if (seat !== null) bySeat.set(seat, (bySeat.get(seat) ?? 0) + cases);
    }
    const [busiest] = [...bySeat].sort(([one, a], [two, b]) => b - a || one.id - two.id);
    const email = busiest?.[0].holders[0]?.email;
    return email === undefined ? [] : [{ role, email, entity: busiest?.[0].entity ?? null }];
  });
}

/** Puts those with most to do first of their role in the file; they get a login where they have none. */
export async function showBusiest(
  db: Database,
  setup: Setup,
  a: { home: string; random: Random; now: Date },
): Promise<void> {
  const superiors = await busiestSuperiors(db, setup);
  for (const busy of [await busiestFocalPoint(db, setup), await busiestPlacer(db, setup), ...superiors])
    if (busy !== null) await putFirst(db, busy, a);
}

async function putFirst(
  db: Database,
  { role, email, entity }: Busy,
  { home, random, now }: { home: string; random: Random; now: Date },
): Promise<void> {
  const logins = readLogins(home);
  const isFirst = (login: DemoLogin): boolean => login.role === role && login.email === email;
  let login = logins.find(isFirst);
  if (login === undefined) {
    const password = random.bytes(9).toString("base64url");
    await setPassword(db, { email, password, by: demo, now });
    login = { role, email, password, entity };
  }
  const others = logins.filter((one) => !isFirst(one));
  const at = others.findIndex((one) => one.role === role);
  const place = at === -1 ? others.length : at;
  writeLogins(home, [...others.slice(0, place), login, ...others.slice(place)]);
}

/** A line for some of them, for whoever starts the demo: role, entity, e-mail, password; and one channel's key. */
export function loginLines(home: string): string[] {
  const logins = readLogins(home);
  const shown = ["operation_room", "focal_point", "steering_committee", "api"] as const;
  return shown.flatMap((role) => {
    const login = logins.find((one) => one.role === role);
    if (login === undefined) return [];
    const what =
      login.role === "api"
        ? `channel ${login.channel}, key ${login.key}`
        : `${login.email}  ${login.password}${login.entity === null ? "" : `  (${login.entity})`}`;
    return [`${role.replaceAll("_", " ").padEnd(20)} ${what}`];
  });
}
