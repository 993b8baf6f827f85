/** Which of the overdue cases a letter names one by one, to those who may read them. Plain data. */

import type { Bilingual } from "../text/text.js";

/** An overdue case by its reference: what it is about, how late it is, and who has it. */
export interface UrgentCase {
  readonly reference: string;
  readonly subject: string;
  readonly importance: Bilingual | null;
  readonly entity: Bilingual;
  readonly state: Bilingual;
  /** Who has taken it; null: no one has. */
  readonly holder: string | null;
  /** Whole working days past its deadline. */
  readonly daysLate: number;
}

/** So many are named. */
export const mostUrgent = 5;

/** What of a case its place in the list is found by. */
interface Pressing {
  /** Of its importance level; a higher one is more important. */
  readonly rank: number;
  readonly dueAt: Date;
}

/** By importance, then by how long overdue; the one that has been overdue longest is always among them, in the last place if not before. */
export function urgentOf<Case extends Pressing>(overdue: readonly Case[]): Case[] {
  const older = (a: Case, b: Case) => a.dueAt.getTime() - b.dueAt.getTime();
  const sorted = [...overdue].sort((a, b) => b.rank - a.rank || older(a, b));
  const [oldest] = [...overdue].sort(older);
  const first = sorted.slice(0, mostUrgent);
  return oldest === undefined || first.includes(oldest) ? first : [...first.slice(0, mostUrgent - 1), oldest];
}
