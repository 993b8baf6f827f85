/**
 * Reminders of a case by officials above those who have it: who sent the last ones and from what height, how often each may, and which still
 * wait until something is done.
 */

import { type Actor, rolesFor } from "../access/permissions.js";
import { type RoleCode, roleOf } from "../access/roles.js";
import type { Setup } from "../setup/setup.js";
import type { Bilingual } from "../text/text.js";
import type { Case, Reminder } from "./case.js";

/** So many people are remembered. */
const most = 20;

/** What a role is called that a reminder names, perhaps one that a later build has. */
export const roleTitle = (role: string): Bilingual =>
  Object.hasOwn(roleOf, role) ? roleOf[role as RoleCode].title : { en: role, ar: role };

type Ladder = Pick<Setup, "entities" | "programme">;

/** As what someone reminds, by the highest of their positions that reach the case; null: no one in the office. A role that is not on the ladder counts as its first level. */
function askerOf(
  actor: Actor,
  theCase: Case,
  { entities, programme }: Ladder,
): Pick<Reminder, "by" | "role" | "level"> | null {
  if (actor.kind !== "user") return null;
  const { ladder } = programme.settings;
  const lowest = Math.min(...ladder.map(({ level }) => level), Number.POSITIVE_INFINITY);
  const levelOf = (role: RoleCode) =>
    ladder.find((step) => step.role === role)?.level ?? (Number.isFinite(lowest) ? lowest : 1);
  const held = [...rolesFor(actor, "case.act", { case: theCase, entities })].map((role) => ({
    role,
    level: levelOf(role),
  }));
  const [first, ...others] = held;
  if (first === undefined) return null;
  return { by: actor.userId, ...others.reduce((a, b) => (b.level > a.level ? b : a), first) };
}

const newestFirst = (reminders: readonly Reminder[]): Reminder[] =>
  [...reminders].sort((a, b) => b.at.getTime() - a.at.getTime());

/** The same with one more, in the place of the last by this person; and that one's place among those that wait. */
export function withReminder(
  theCase: Case,
  a: { readonly actor: Actor; readonly setup: Ladder; readonly now: Date; readonly seq: number },
): { readonly reminders: readonly Reminder[]; readonly own: Reminder | null; readonly lower: Reminder | null } {
  const asker = askerOf(a.actor, theCase, a.setup);
  if (asker === null) return { reminders: theCase.reminders, own: null, lower: null };
  const own: Reminder = { ...asker, at: a.now, seq: a.seq, open: true };
  const others = theCase.reminders.filter(({ by }) => by !== own.by);
  const lower = newestFirst(others).find(({ open, level }) => open && level < own.level) ?? null;
  return { reminders: newestFirst([own, ...others]).slice(0, most), own, lower };
}

/** After those whom they reminded acted, or the case left their hands. An act of the one who reminded settles nothing of their own. */
export const settled = (reminders: readonly Reminder[], actor: number | null): readonly Reminder[] =>
  reminders.some(({ open, by }) => open && by !== actor)
    ? reminders.map((one) => (one.by === actor ? one : { ...one, open: false }))
    : reminders;

/** The last one after which this person has to wait: their own, or one from a position as high or higher. */
export function lastThatBinds(theCase: Case, actor: Actor, setup: Ladder): Date | null {
  const asker = askerOf(actor, theCase, setup);
  if (asker === null) return theCase.remindedAt;
  const binds = theCase.reminders.filter(({ by, level }) => by === asker.by || level >= asker.level);
  return newestFirst(binds)[0]?.at ?? null;
}

/** The one that a reader is shown first: the highest that waits, of the same height the newest. Their own is none. */
function openReminder(reminders: readonly Reminder[], reader: Actor): Reminder | null {
  const userId = reader.kind === "user" ? reader.userId : null;
  const open = newestFirst(reminders).filter((one) => one.open && one.by !== userId);
  return open.reduce<Reminder | null>((a, b) => (a === null || b.level > a.level ? b : a), null);
}

/** A reminder as screens show it. */
export interface ShownReminder {
  /** As what it was sent. */
  readonly as: Bilingual;
  /** Who sent it. */
  readonly by: string;
  readonly at: Date;
  /** The number of its event. */
  readonly seq: number;
}

/** What of a case's reminders a reader is shown; null: none waits, or it is the reader's own. */
export function shownReminder(
  reminders: readonly Reminder[],
  reader: Actor,
  { seats }: Pick<Setup, "seats">,
): ShownReminder | null {
  const found = openReminder(reminders, reader);
  if (found === null) return null;
  const holders = seats.flatMap((seat) => seat.holders);
  const by = holders.find(({ userId }) => userId === found.by)?.name ?? `#${found.by}`;
  return { as: roleTitle(found.role), by, at: found.at, seq: found.seq };
}
