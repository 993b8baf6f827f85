/** What is news to the person signed in: behind the bell, and on the home of those who work on cases. */

import { isRecord } from "../../../engine/is-record.js";
import { parseReference } from "../../../engine/lifecycle/case-reference.js";
import {
  type NewsShown,
  type NewsView,
  type SeenMark,
  type ShownNews,
  shownNews,
} from "../../../engine/lifecycle/views/news-view.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { definePage } from "../../../platform/admin/define-page.js";
import { readsCases } from "../../../platform/admin/may.js";
import { caseNotShown } from "../case-parts.js";

const usualRows = 25;
const maxRows = 100;
/** Nobody reads on beyond; what is older comes up as the newer is opened. */
export const maxPage = 400;

/** A whole number in an address; Problem malformed-request for anything else. */
export function numberOf(text: string | undefined, usual: number, from: number, to: number): number {
  if (text === undefined) return usual;
  const number = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= from && number <= to) return number;
  throw new Problem("malformed-request", msg("cases-news.newsPage.badNumber", { from, to }));
}

/** What is unseen where nothing is said. */
function shownOf(text: string | undefined): NewsShown {
  const found = shownNews.find((one) => one === (text ?? "unseen"));
  if (found !== undefined) return found;
  throw new Problem("malformed-request", msg("cases-news.newsPage.badShown"));
}

const isReference = (value: unknown): value is string => typeof value === "string" && parseReference(value) === value;
const isEvent = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 2 ** 31;

/** A list that was sent, at most as long as a page; Problem `invalid-input` where anything of it is none. */
function listOf<One>(
  name: string,
  input: Readonly<Record<string, unknown>>,
  read: (row: Readonly<Record<string, unknown>>) => One | null,
): One[] {
  const sent = input[name];
  const rows = Array.isArray(sent) ? sent.map((row) => (isRecord(row) ? read(row) : null)) : [];
  const good = rows.filter((row) => row !== null);
  if (good.length > 0 && good.length === rows.length && rows.length <= maxRows) return good;
  const reason = msg("cases-news.newsPage.badList", { most: maxRows });
  throw new Problem("invalid-input", reason, [{ field: `/${name}`, reason }]);
}

/** What the list says of itself when it was seen as a whole. */
export interface SeenTogether {
  readonly marks: readonly SeenMark[];
}

export const newsPage = definePage({
  name: "news",
  label: msg("cases-news.newsPage.news"),
  group: "cases",
  icon: "bell",
  order: 5,
  hidden: true,
  component: "NewsScreen",
  access: readsCases,
  query: ["page", "rows", "shown", "search"],
  read: ({ services, official, query, now }): Promise<NewsView> =>
    services.news.read({
      actor: official.actor,
      now,
      shown: shownOf(query.shown),
      search: query.search ?? "",
      page: numberOf(query.page, 1, 1, maxPage),
      rows: numberOf(query.rows, usualRows, 0, maxRows),
    }),
  acts: {
    /** `{ reference }`: show me the newest of this case again. */
    unseen: async ({ services, official, input }): Promise<{ unseen: boolean }> => {
      const { actor, userId } = official;
      const { reference } = input;
      const found = typeof reference === "string" ? await services.cases.inReach({ reference, actor }) : null;
      if (found === null) throw caseNotShown();
      return { unseen: await services.news.unseen({ caseId: found.caseId, userId }) };
    },
    /** `{ rows: [{ reference, seq }] }`: what is listed was seen, each up to this event. */
    seen: async ({ services, official, input }): Promise<SeenTogether> => {
      const shown = listOf("rows", input, ({ reference, seq }): ShownNews | null =>
        isReference(reference) && isEvent(seq) ? { reference, seq } : null,
      );
      return { marks: await services.news.seenTogether({ actor: official.actor, shown }) };
    },
    /** `{ marks }`, as `seen` gave them: it is all news again. */
    takeBack: async ({ services, official, input }): Promise<{ takenBack: number }> => {
      const marks = listOf("marks", input, ({ reference, named, was }): SeenMark | null =>
        isReference(reference) && typeof named === "boolean" && isEvent(was) ? { reference, named, was } : null,
      );
      return { takenBack: await services.news.takeBack({ actor: official.actor, marks }) };
    },
  },
});
