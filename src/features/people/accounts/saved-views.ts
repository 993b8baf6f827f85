/** Views of the desk and of lists that an official keeps under a name: filters as an address has them, nothing else. */

import sql from "sql-template-tag";
import { isFigureSetting } from "../../../engine/measures/figure-settings.js";
import { isViewScreen, type ViewScreen, viewAddress } from "../../../engine/search/view-address.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { unreadableText } from "../../../engine/text/unreadable-text.js";
import { uniqueViolation } from "../../../platform/db/errors.js";
import { type Database, query } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";

interface SavedViewRow {
  readonly id: number;
  readonly screen: string;
  readonly name: string;
  readonly query: string;
  readonly opensHome: boolean;
}

/** Views that officials keep: nobody reads or changes another's. */
const viewsOf = (db: Database, userId: number): Promise<SavedViewRow[]> =>
  query(
    db,
    sql`select id, screen, name, query, opens_home as "opensHome" from saved_views where user_id = ${userId} order by created_at, id`,
  );

/** False when there are as many as there may be. */
async function saveView(
  db: Database,
  a: { userId: number; screen: string; name: string; query: string; now: Date; most: number },
): Promise<boolean> {
  // A name that is taken gets the new address.
  const statement = sql`insert into saved_views (user_id, screen, name, query, created_at)
    select ${a.userId}, ${a.screen}, ${a.name}, ${a.query}, ${a.now}
      where (select count(*) from saved_views where user_id = ${a.userId}) < ${a.most}
      or exists (select from saved_views where user_id = ${a.userId} and screen = ${a.screen} and name = ${a.name})
    on conflict (user_id, screen, name) do update set query = ${a.query} returning id`;
  return (await query(db, statement)).length > 0;
}

/** False when this person has none of that number. */
async function renameView(db: Database, a: { userId: number; id: number; name: string }): Promise<boolean> {
  const statement = sql`update saved_views set name = ${a.name} where id = ${a.id} and user_id = ${a.userId}
    returning id`;
  return (await query(db, statement)).length > 0;
}

/** False when this person has none of that number. */
async function removeView(db: Database, a: { userId: number; id: number }): Promise<boolean> {
  const statement = sql`delete from saved_views where id = ${a.id} and user_id = ${a.userId} returning id`;
  return (await query(db, statement)).length > 0;
}

/** One a person at most. @param id null: none of them. Problem not-found when this person has none of that number */
function openAtHome(db: Database, { userId, id }: { userId: number; id: number | null }): Promise<void> {
  return inTransaction(db, async (tx) => {
    await query(db, sql`update saved_views set opens_home = false where user_id = ${userId} and opens_home`, tx);
    if (id === null) return;
    const statement = sql`update saved_views set opens_home = true where id = ${id} and user_id = ${userId} returning id`;
    if ((await query(db, statement, tx)).length === 0) throw noView();
  });
}

export interface SavedView {
  readonly id: number;
  readonly screen: ViewScreen;
  readonly name: string;
  /** `filters.importance=high&filters.assignee=me` */
  readonly query: string;
  /** The home of this person opens it. */
  readonly opensHome: boolean;
}

export interface SavedViews {
  /** Views of this person, the oldest first. */
  list(a: { userId: number }): Promise<readonly SavedView[]>;
  /** Under a name that is taken on that screen it takes the place of the old one. Problems: invalid-input, not-now (too many). */
  save(a: { userId: number; screen: string; name: string; query: string; now: Date }): Promise<void>;
  /** Problems: invalid-input, conflict (taken), not-found. */
  rename(a: { userId: number; id: number; name: string }): Promise<void>;
  /** What the home opens from now on; `id` null: the desk. Problem not-found: then it stays as it was. */
  openAtHome(a: { userId: number; id: number | null }): Promise<void>;
  /** The address of what the home opens; null: the desk. */
  homeOf(a: { userId: number }): Promise<string | null>;
  /** Problem not-found. */
  remove(a: { userId: number; id: number }): Promise<void>;
}

const maxViews = 30;
const longestName = 60;
const longestQuery = 1500;
/** What lists are narrowed down and sorted by, and what the figures page is set to. Where somebody was on the pages is no part of a view. */
const nameForm = /^(filters\.[A-Za-z][A-Za-z0-9]{0,39}(~~(from|to))?|search|sortBy|direction)$/;
const isKept = (name: string): boolean => nameForm.test(name) || isFigureSetting(name);

function bad(field: string, reason: Bilingual): Problem {
  return new Problem("invalid-input", reason, [{ field, reason }]);
}

function nameOf(written: string): string {
  const name = written.trim().normalize("NFC");
  if (name === "") throw bad("/name", msg("people.savedViews.giveItAName"));
  if ([...name].length > longestName) {
    throw bad("/name", msg("people.savedViews.aNameHasAtMost", { longestName }));
  }
  const unreadable = unreadableText(name, { lines: false });
  if (unreadable !== null) throw new Problem("invalid-input", unreadable, [{ field: "/name", reason: unreadable }]);
  return name;
}

/** In one form, whoever wrote it. */
function queryOf(written: string): string {
  const kept = [...new URLSearchParams(written)].filter(([name, value]) => isKept(name) && value !== "");
  const query = new URLSearchParams([...new Map(kept)].sort(([a], [b]) => (a < b ? -1 : 1))).toString();
  if (query === "") throw bad("/query", msg("people.savedViews.setAFilterFirst"));
  if (query.length > longestQuery || query.includes("%00")) {
    throw bad("/query", msg("people.savedViews.theseFiltersAreTooLong"));
  }
  return query;
}

const noView = (): Problem => new Problem("not-found", msg("people.savedViews.youHaveNoSuchView"));

const screenOf = (row: SavedViewRow): SavedView => ({ ...row, screen: row.screen as ViewScreen });

export function createSavedViews(db: Database): SavedViews {
  return {
    list: async ({ userId }) => (await viewsOf(db, userId)).map(screenOf),
    async save({ userId, screen, name, query, now }) {
      if (!isViewScreen(screen)) {
        throw bad("/screen", msg("people.savedViews.viewsAreKeptOfThe"));
      }
      const view = { userId, screen, name: nameOf(name), query: queryOf(query), now, most: maxViews };
      if (await saveView(db, view)) return;
      throw new Problem("not-now", msg("people.savedViews.youKeepViewsWhichIs", { maxViews }));
    },
    async rename({ userId, id, name }) {
      try {
        if (!(await renameView(db, { userId, id, name: nameOf(name) }))) throw noView();
      } catch (error) {
        if (uniqueViolation(error) === null || error instanceof Problem) throw error;
        const reason = msg("people.savedViews.youHaveAViewOf");
        throw new Problem("conflict", reason, [{ field: "/name", reason }]);
      }
    },
    openAtHome: (asked) => openAtHome(db, asked),
    async homeOf({ userId }) {
      const view = (await viewsOf(db, userId)).find(({ opensHome }) => opensHome);
      return view === undefined ? null : viewAddress(screenOf(view).screen, view.query);
    },
    async remove({ userId, id }) {
      if (!(await removeView(db, { userId, id }))) throw noView();
    },
  };
}
