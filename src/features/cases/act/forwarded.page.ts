/** What an official forwarded, transferred or assigned lately, and taking it back. */

import { rolesGranted } from "../../../engine/access/permissions.js";
import type { ForwardedView } from "../../../engine/lifecycle/views/forwarded-view.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { definePage } from "../../../platform/admin/define-page.js";
import { maxPage, numberOf } from "../news/news.page.js";
import { badAct } from "./composer-actions.js";

const readers = rolesGranted("case.read");
const actors = rolesGranted("case.act");

export const forwardedPage = definePage({
  name: "forwarded",
  label: msg("cases-act.forwarded.title"),
  group: "cases",
  icon: "forward",
  order: 35,
  component: "Forwarded",
  // Also who has no case any more may have forwarded some; an auditor or an agent never has.
  access: ({ actor }) => actor.seats.some(({ role }) => readers.has(role) && actors.has(role)),
  query: ["page"],
  async read({ services, official: { actor }, query, now }): Promise<ForwardedView> {
    const [forwarded, runs] = await Promise.all([
      services.cases.forwarded({ actor, now, page: numberOf(query.page, 1, 1, maxPage) }),
      services.work.bulk.list({ actor, now }),
    ]);
    const together = runs.flatMap(({ id, name, takeBack }) =>
      takeBack === null ? [] : { run: id, name, ...takeBack },
    );
    return { ...forwarded, together };
  },
  acts: {
    /** `{ reference, seq }`: the forward of this event. Problems: see `cases.takeBack`. */
    "take-back": async ({ services, official: { actor }, now, input }) => {
      const { reference, seq } = input;
      if (typeof reference !== "string") throw new Problem("not-found", msg("cases.caseParts.caseNotFound"));
      if (!Number.isSafeInteger(seq) || Number(seq) < 1 || Number(seq) >= 2 ** 31) {
        throw badAct("/seq", msg("cases-act.forwarded.whichForward"));
      }
      return services.cases.takeBack({ reference, seq: seq as number, actor, now });
    },
  },
});
