/** Orders: what became of what one asked for, what waits for one to answer, and asking. */

import type { OrdersView } from "../../engine/lifecycle/views/order-views.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import { definePage } from "../../platform/admin/define-page.js";
import type { Call } from "../../platform/admin/resource-definition.js";
import { maybeText, textOf } from "../setup/chosen-programme.page.js";
import { figureSeen } from "./what-was-seen.js";

const mostLines = 200;

const wrong = (field: string): Problem => {
  const reason = msg("setup.chosenProgrammePage.fillThisIn");
  return new Problem("invalid-input", reason, [{ field, reason }]);
};

/** A text of any length that is typed; how long it may be says the service. */
function typed({ input }: Call, name: string): string {
  const value = input[name];
  return typeof value === "string" ? value : "";
}

function entitiesOf({ input }: Call): string[] {
  const { entities = [] } = input;
  if (!Array.isArray(entities) || !entities.every((one) => typeof one === "string")) throw wrong("/entities");
  return entities;
}

export const ordersPage = definePage({
  name: "orders",
  label: msg("orders.ordersPage.title"),
  group: "cases",
  icon: "escalate",
  order: 38,
  component: "Orders",
  // Who holds a position may be asked, or ask the operation room; each sees what is theirs.
  access: ({ actor }) => actor.seats.length > 0,
  query: ["new", "programme", "type", "to", "entity", "about", "page", "error", "figure", "from", "until"],
  async read({ services, official: { actor }, now, query }): Promise<OrdersView> {
    const { programme, type, to, entity, about, figure, from, until } = query;
    const seen = figureSeen({ figure, from, to: until });
    const [view, form] = await Promise.all([
      services.orders.read({ actor, now, limit: mostLines }),
      query.new === undefined ? null : services.orders.form({ actor, now, programme, type, to, entity, about, seen }),
    ]);
    return { ...view, form };
  },
  acts: {
    /** `{ programme, type, seat, entities, subject, text, until, about, figure, figureFrom, figureTo, page, error, key }`. */
    issue: async (call) => {
      const { services, official, now, input } = call;
      const { seat } = input;
      if (seat !== undefined && !Number.isSafeInteger(seat)) throw wrong("/seat");
      return services.orders.issue({
        actor: official.actor,
        now,
        programme: textOf(call, "programme"),
        type: textOf(call, "type"),
        seat: seat as number | undefined,
        entities: entitiesOf(call),
        subject: typed(call, "subject"),
        text: typed(call, "text"),
        until: maybeText(call, "until"),
        about: maybeText(call, "about"),
        seen: figureSeen({
          figure: maybeText(call, "figure") ?? undefined,
          from: maybeText(call, "figureFrom") ?? undefined,
          to: maybeText(call, "figureTo") ?? undefined,
        }),
        page: maybeText(call, "page"),
        error: maybeText(call, "error"),
        actKey: textOf(call, "key").slice(0, 100),
      });
    },
  },
});
