/** What a focal point's digest says of a day's work: plain data, ready to be stored and shown in either language. */
import type { Bilingual } from "../text/text.js";

/** A case as a focal point's digest lists it. Confidential cases are named by their reference only: `subject` is null. */
export interface DigestCase {
  readonly reference: string;
  readonly subject: string | null;
  readonly importance: Bilingual | null;
  /** A more important case has a higher one; letters of earlier versions do not say it. */
  readonly rank?: number;
  readonly dueAt: string | null;
  /** Until it falls due; negative when late; null when no clock runs. Working seconds, or of the wall where `wall`. */
  readonly secondsLeft: number | null;
  readonly wall?: boolean;
  /** How many of these seconds make a day; letters of earlier versions say it once for all cases. */
  readonly daySeconds?: number | null;
  readonly reopened: boolean;
}

export interface FocalPointDigest {
  readonly programme: Bilingual;
  readonly date: string;
  readonly at: string;
  readonly entities: readonly Bilingual[];
  /** Only in letters of earlier versions: for all cases. */
  readonly daySeconds?: number;
  /** Groups without overlap: overdue, with a late first reply, due today, otherwise reopened. */
  readonly groups: readonly {
    readonly name: FocalGroup;
    readonly count: number;
    readonly cases: readonly DigestCase[];
  }[];
  /** Overdue cases of the highest importance level; letters of before say nothing of them. */
  readonly critical?: { readonly count: number; readonly level: Bilingual };
  /** What became of the cases that the receiver's last letter listed; left out: there was none. */
  readonly followed?: FollowedCases;
  /** What else waited for the morning of the receiver, as a gathered letter says it (`engine/letters/gather-letters.ts`). */
  readonly gathered?: Readonly<Record<string, unknown>>;
}
/** The references that a digest names. */
export const referencesIn = ({ groups = [] }: Partial<FocalPointDigest>): string[] =>
  groups.flatMap(({ cases }) => cases.map(({ reference }) => reference));

/** A digest without cases that are no longer its reader's; the very one where it names none, null where nothing is left to say. */
export function digestWithout(
  digest: Partial<FocalPointDigest>,
  gone: ReadonlySet<string>,
): Partial<FocalPointDigest> | null {
  const isGone = ({ reference }: DigestCase): boolean => gone.has(reference);
  const { critical, ...rest } = digest;
  if (!rest.groups?.some(({ cases }) => cases.some(isGone))) return digest;
  const groups = rest.groups.map((group) => {
    const cases = group.cases.filter((one) => !isGone(one));
    return { ...group, cases, count: group.count - (group.cases.length - cases.length) };
  });
  if (rest.gathered === undefined && groups.every(({ count }) => count === 0)) return null;
  const late = rest.groups.find(({ name }) => name === "late")?.cases ?? [];
  const most = late.filter((one) => isGone(one) && one.importance?.en === critical?.level.en);
  const count = (critical?.count ?? 0) - most.length;
  return { ...rest, groups, ...(critical !== undefined && count > 0 && { critical: { ...critical, count } }) };
}

/** Of the cases that a letter listed, each counted once. */
export interface FollowedCases {
  readonly named: number;
  readonly answered: number;
  /** Another entity has them now. */
  readonly elsewhere: number;
  readonly overdue: number;
  /** Open here, and not overdue. */
  readonly open: number;
}

/**
 * What became of the cases of a letter.
 * @param now how each of them is; one that is not there any more is not counted
 */
export function followedCases(
  now: readonly { readonly entity: string | null; readonly open: boolean; readonly late: boolean }[],
  entities: ReadonlySet<string>,
): FollowedCases {
  const kinds = now.map(({ entity, open, late }) =>
    !open ? "answered" : entity === null || !entities.has(entity) ? "elsewhere" : late ? "overdue" : "open",
  );
  const count = (kind: (typeof kinds)[number]) => kinds.filter((one) => one === kind).length;
  return {
    named: kinds.length,
    answered: count("answered"),
    elsewhere: count("elsewhere"),
    overdue: count("overdue"),
    open: count("open"),
  };
}

export const focalGroups = ["late", "replyLate", "dueToday", "reopened"] as const;
export type FocalGroup = (typeof focalGroups)[number];

/** Cases of a group that are listed; the rest is counted. */
export const maxListed = 8;

/** What one entity has in one group: how many, and the most pressing of them. */
export interface EntityGroup {
  readonly group: FocalGroup;
  readonly count: number;
  /** How many of those have the highest importance level. */
  readonly critical: number;
  readonly cases: readonly DigestCase[];
}

/** Null when there is nothing to say: nobody is written to for that. */
export function focalPointDigest(a: {
  programme: Bilingual;
  date: string;
  at: Date;
  entities: readonly Bilingual[];
  groups: readonly EntityGroup[];
  /** The highest importance level; null: there is none. */
  level: Bilingual | null;
}): FocalPointDigest | null {
  const groups = focalGroups.map((name) => {
    const parts = a.groups.filter(({ group }) => group === name);
    const cases = parts.flatMap((part) => part.cases).sort(byUrgency);
    return { name, count: parts.reduce((sum, { count }) => sum + count, 0), cases: cases.slice(0, maxListed) };
  });
  if (groups.every(({ count }) => count === 0)) return null;
  const critical = a.groups.reduce((sum, one) => sum + (one.group === "late" ? one.critical : 0), 0);
  return {
    programme: a.programme,
    date: a.date,
    at: a.at.toISOString(),
    entities: a.entities,
    groups,
    ...(critical > 0 && a.level !== null && { critical: { count: critical, level: a.level } }),
  };
}

/** The more important first, then what is due first. */
function byUrgency(a: DigestCase, b: DigestCase): number {
  const [rankOfA, rankOfB] = [a.rank ?? 0, b.rank ?? 0];
  if (rankOfA !== rankOfB) return rankOfB - rankOfA;
  const left = (theCase: DigestCase) => theCase.secondsLeft ?? Number.POSITIVE_INFINITY;
  return left(a) === left(b) ? (a.reference < b.reference ? -1 : 1) : left(a) - left(b);
}
