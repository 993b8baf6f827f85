/** The first page: what each of somebody's seats has to do. A focal point's desk takes filters, which stand in its address. */

import { type DeskGroup, deskGroups } from "../../engine/lifecycle/desk-groups.js";
import { isLastPeriod } from "../../engine/measures/figure-period.js";
import type { HomePage } from "../../engine/measures/home-view.js";
import { msg } from "../../engine/text/msg.js";
import { definePage } from "../../platform/admin/define-page.js";
import type { Call } from "../../platform/admin/resource-definition.js";

/** `overdue.40,new.20`: how many rows of these groups are in sight. Whatever else stands there is none. */
function rowsOf(text = ""): Partial<Record<DeskGroup, number>> {
  const asked = new Map(
    text.split(",").map((one): [string, string | undefined] => {
      const [group = "", rows] = one.split(".");
      return [group, rows];
    }),
  );
  return Object.fromEntries(
    deskGroups.flatMap((group) => {
      const rows = Number(asked.get(group));
      return Number.isInteger(rows) && rows > 0 && rows < 1000 ? [[group, rows]] : [];
    }),
  );
}

/** How many are on the home; the rest is a link away. */
const newsRows = 5;
const orderLines = 5;

const settingOf = ({ query, official }: Call) => {
  const code = (name: string) => query[`filters.${name}`]?.trim() || undefined;
  return {
    narrowing: {
      // The own ones, or all of the office: a desk is not for looking over shoulders.
      assignee: code("assignee") === "me" ? official.userId : undefined,
      importance: code("importance"),
      sector: code("sector"),
      pillar: code("pillar"),
      type: code("type"),
    },
    rows: rowsOf(query.rows),
    period: isLastPeriod(query.period) ? query.period : null,
  };
};

export const homePage = definePage({
  name: "home",
  label: msg("home.homePage.home"),
  group: "home",
  icon: "home",
  order: 0,
  component: "Home",
  // All who are signed in have one: it shows nothing but what their seats may read.
  access: () => true,
  query: [
    "filters.assignee",
    "filters.importance",
    "filters.sector",
    "filters.pillar",
    "filters.type",
    "rows",
    "period",
  ],
  read: async (call): Promise<HomePage> => {
    const { services, official, now } = call;
    const { actor } = official;
    const [home, news, orders] = await Promise.all([
      services.home({ actor, now, setting: settingOf(call) }),
      services.news.read({ actor, now, shown: "new", page: 1, rows: newsRows }),
      services.orders.read({ actor, now, limit: orderLines }),
    ]);
    return { ...home, news, orders };
  },
});
