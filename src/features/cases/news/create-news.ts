/** News of cases, as the one whom it concerns reads it: how much there is, what it is, and that it was seen. */

import { type Actor, can, caseReach } from "../../../engine/access/permissions.js";
import { type NewsKind, newsWords } from "../../../engine/lifecycle/case-news.js";
import { roleTitle } from "../../../engine/lifecycle/reminders.js";
import type { NewsRow, NewsShown, NewsView, SeenMark, ShownNews } from "../../../engine/lifecycle/views/news-view.js";
import { textQuery } from "../../../engine/search/search-query.js";
import { TookTooLong } from "../../../platform/db/bounded-query.js";
import type { Database } from "../../../platform/db/query.js";
import { parsedSearch } from "../list/search-cases.js";
import { tooManyFound } from "../list/search-refusals.js";
import { markListSeen, markSeen, markUnseen, takeBackSeen } from "./news-marks.js";
import { countNews, type FoundNews, findNews, type NewsAsked, type NewsSearch } from "./news-queries.js";

export interface News {
  /**
   * One page of the actor's news, and how many cases have some. `rows`: how many a page, 0 for the number alone; `search` as it was typed.
   * Problem `invalid-input` at `/search` where hardly any of it says that.
   */
  read(a: {
    actor: Actor;
    now: Date;
    page: number;
    rows: number;
    shown?: NewsShown;
    search?: string;
  }): Promise<NewsView>;
  /** They have the case before them as it was after event `upTo`; the door found it in reach. Whether that was news. */
  seen(a: { caseId: number; userId: number; upTo: number }): Promise<boolean>;
  /** They want to be shown the newest again; the door found the case in reach. False: nothing of it was ever news to them. */
  unseen(a: { caseId: number; userId: number }): Promise<boolean>;
  /** They have seen what is listed, up to what was on their screen; nothing of what is out of their reach. By what it is taken back. */
  seenTogether(a: { actor: Actor; shown: readonly ShownNews[] }): Promise<readonly SeenMark[]>;
  /** Takes that back. How many changed. */
  takeBack(a: { actor: Actor; marks: readonly SeenMark[] }): Promise<number>;
}

/** What is more is said to be more. */
const most = 99;

/** A call can do what these could not. */
const callable: ReadonlySet<NewsKind> = new Set<NewsKind>(["notReached", "callNotReached"]);

/** As the page of the case decides it: agents learn nothing of a confidential case. */
const mayAskCall = (found: FoundNews, reader: Actor): boolean =>
  found.kinds.some((kind) => callable.has(kind)) && found.callable && can(reader, "callBack.ask", found);

function rowOf(found: FoundNews, reader: Actor): NewsRow {
  const { reference, confidential, subject, seq, firstSeq, mine, taken, data, actor, reminder } = found;
  const kinds =
    reminder !== null
      ? (["reminded", ...found.kinds] as const)
      : found.kinds.length === 0
        ? found.allKinds
        : found.kinds;
  const [newest] = kinds;
  const open = !confidential;
  return {
    ...{ reference, confidential, at: reminder?.at ?? found.at, seq, firstSeq, taken },
    reminder: reminder && { as: open ? roleTitle(reminder.role) : null, at: reminder.at },
    seen: found.kinds.length === 0,
    kinds: [...new Set(kinds)],
    subject: open ? subject : null,
    words: open && newest !== undefined ? newsWords(newest, data) : null,
    by: open && actor.kind === "user" ? (actor.name ?? null) : null,
    whose: mine ? "mine" : "shared",
    mayAskCall: mayAskCall(found, reader),
  };
}

/** Null: nothing is looked for; undefined: what was typed can find nothing. */
function searchOf(typed: string): NewsSearch | null | undefined {
  const { reference, terms } = parsedSearch(typed);
  if (reference !== null) return { reference };
  if (terms.length > 0) return { says: textQuery(terms) };
  return typed.trim() === "" ? null : undefined;
}

export function createNews(db: Database): News {
  return {
    async read({ actor, now, page, rows, shown = "unseen", search: typed = "" }) {
      if (actor.kind !== "user" || actor.seats.length === 0)
        return { count: 0, older: 0, reminded: 0, most, rows: [], page: 1, more: false };
      const asked: NewsAsked = { userId: actor.userId, reach: caseReach(actor), now };
      const search = searchOf(typed);
      const [{ count, older, reminded }, found] = await Promise.all([
        countNews(db, asked, most + 1),
        rows === 0 || search === undefined
          ? []
          : findNews(db, asked, { shown, search, offset: (page - 1) * rows, limit: rows + 1 }).catch(
              (error: unknown) => {
                throw error instanceof TookTooLong ? tooManyFound("/search") : error;
              },
            ),
      ]);
      return {
        count,
        older,
        reminded,
        most,
        rows: found.slice(0, rows).map((one) => rowOf(one, actor)),
        page,
        more: found.length > rows,
      };
    },
    seen: async (a) => (await markSeen(db, a)) > 0,
    unseen: async (a) => (await markUnseen(db, a)) > 0,
    seenTogether: async ({ actor, shown }) =>
      actor.kind === "user" ? markListSeen(db, { userId: actor.userId, reach: caseReach(actor), shown }) : [],
    takeBack: async ({ actor, marks }) =>
      actor.kind === "user" ? takeBackSeen(db, { userId: actor.userId, reach: caseReach(actor), marks }) : 0,
  };
}
