/** What is news to the person signed in: behind the bell, and on the home of those who work on cases. */

import type { NewsView } from "../../../engine/lifecycle/views/news-view.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { definePage } from "../../../platform/admin/define-page.js";
import { caseNotShown } from "../case-parts.js";

const usualRows = 25;
const maxRows = 100;
/** Nobody reads on beyond; what is older comes up as the newer is opened. */
const maxPage = 400;

/** A whole number in an address; Problem malformed-request for anything else. */
function numberOf(text: string | undefined, usual: number, from: number, to: number): number {
  if (text === undefined) return usual;
  const number = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= from && number <= to) return number;
  throw new Problem("malformed-request", msg("cases-news.newsPage.badNumber", { from, to }));
}

export const newsPage = definePage({
  name: "news",
  label: msg("cases-news.newsPage.news"),
  group: "cases",
  icon: "bell",
  order: 5,
  hidden: true,
  component: "NewsScreen",
  access: "case.read",
  query: ["page", "rows"],
  read: ({ services, official, query }): Promise<NewsView> =>
    services.news.read({
      actor: official.actor,
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
  },
});
